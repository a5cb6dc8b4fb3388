namespace Sensorium.Core.Diffusion.Scheduling;

/// <summary>Which pictures share a run.</summary>
internal static class PictureBatches
{
    /// <summary>Those of one size, and of one timestep where the model asks for that, as many as there are rows for.</summary>
    public static IReadOnlyList<IReadOnlyList<Picture>> Of(IEnumerable<Picture> pictures, int maxRows, bool joinsTimesteps)
    {
        var batches = new List<IReadOnlyList<Picture>>();
        foreach (var alike in pictures.GroupBy(picture => (picture.Size, joinsTimesteps ? -1 : picture.Sampler.TimestepOf(picture.Step))))
        {
            var (batch, rows) = (new List<Picture>(), 0);
            foreach (var picture in alike)
            {
                if (rows + picture.Rows > maxRows && batch.Count > 0)
                {
                    batches.Add(batch);
                    (batch, rows) = ([], 0);
                }

                batch.Add(picture);
                rows += picture.Rows;
            }

            batches.Add(batch);
        }

        return batches;
    }
}
