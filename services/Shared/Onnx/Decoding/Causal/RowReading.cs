namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>What a row makes of the tokens of one run: which of them stand for vectors of its media, and where they all stand.</summary>
internal sealed class RowReading
{
    private const int Word = -1;
    private readonly int[] _vectors;
    private readonly GridPlace[] _places;

    /// <param name="mediaToken">The token in whose places vectors of media stand; null if it reads none.</param>
    /// <param name="placesPerSecond">How far apart frames of clips stand; 0 if one stands beside the other.</param>
    public RowReading(CausalRow row, ReadOnlySpan<int> ids, int? mediaToken, int placesPerSecond)
    {
        (_vectors, _places) = (new int[ids.Length], new GridPlace[ids.Length]);
        var (walk, read, media) = (row.Walk, row.MediaRead, row.Media);
        for (var i = 0; i < ids.Length; i++)
        {
            // A model may write that token itself: behind the last vector it is a word.
            var isVector = ids[i] == mediaToken && read < media.Tokens;
            _vectors[i] = isVector ? read++ : Word;
            _places[i] = isVector && media.Grids.Count > 0 ? walk.Vector(media.Grids, placesPerSecond) : walk.Word();
        }

        (MediaRead, Walk) = (read, walk);
    }

    public int Tokens => _vectors.Length;

    /// <summary>Vectors of the media that the row has been fed with them.</summary>
    public int MediaRead { get; }

    /// <summary>Goes on behind them.</summary>
    public GridWalk Walk { get; }

    /// <summary>Of each token.</summary>
    public IReadOnlyList<GridPlace> Places => _places;

    /// <summary>Places of tokens and the vectors that stand in them.</summary>
    public IEnumerable<(int Place, int Vector)> Vectors => _vectors.Index().Where(entry => entry.Item != Word);
}
