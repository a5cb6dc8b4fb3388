using System.Numerics.Tensors;

namespace Sensorium.Bench.Retrieval;

/// <summary>
/// Vectors of length 1 that lie as embeddings do: all in one cone, in clusters of about a hundred, of different sizes. Queries are as
/// near to a vector as two pictures of one thing are. Always the same for the same sizes.
/// </summary>
internal sealed class ClusteredVectors
{
    private const int Seed = 20;
    private const int OfOneCluster = 100;

    // A cosine of about 0.25 between any two, 0.7 within a cluster, 0.85 to a query.
    private const float Cone = 0.5f;
    private const float Within = 0.6f;
    private const float Aside = 0.6f;

    private readonly Random _random = new(Seed);

    public ClusteredVectors(int count, int queries, int width)
    {
        var cone = Direction(width);
        var centres = Enumerable.Range(0, Math.Max(1, count / OfOneCluster)).Select(_ => Near(cone, 1 / Cone)).ToArray();
        Items = [.. Enumerable.Range(0, count).Select(_ => Near(centres[Skewed(centres.Length)], Within))];
        Queries = [.. Enumerable.Range(0, queries).Select(_ => Near(Items[_random.Next(count)], Aside))];
    }

    public IReadOnlyList<float[]> Items { get; }

    public IReadOnlyList<float[]> Queries { get; }

    /// <summary>Indices of the nearest, best first, among the first so many.</summary>
    public int[] Nearest(float[] query, int among, int count)
    {
        var scores = new float[among];
        Parallel.For(0, among, i => scores[i] = TensorPrimitives.Dot<float>(query, Items[i]));
        return [.. Enumerable.Range(0, among).OrderByDescending(i => scores[i]).Take(count)];
    }

    // Some clusters have many members, most have few.
    private int Skewed(int count) => (int)(count * Math.Pow(_random.NextDouble(), 1.5));

    private float[] Near(float[] centre, float distance)
    {
        var vector = Direction(centre.Length);
        TensorPrimitives.MultiplyAdd<float>(vector, distance, centre, vector);
        TensorPrimitives.Divide<float>(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private float[] Direction(int width)
    {
        var vector = new float[width];
        for (var i = 0; i < width; i++)
        {
            // Two numbers of even spread make one of a normal one.
            vector[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));
        }

        TensorPrimitives.Divide<float>(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
