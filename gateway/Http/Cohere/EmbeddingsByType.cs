namespace Sensorium.Gateway.Http.Cohere;

/// <summary>
/// The same vectors in the forms that were asked for; null where one was not. Numbers of one byte are the components, which lie in
/// [-1, 1], times 127; bits are one where a component is over zero, the first of each byte the highest.
/// </summary>
internal sealed record EmbeddingsByType
{
    public static IReadOnlyList<string> Known { get; } = ["float", "int8", "uint8", "binary", "ubinary", "base64"];

    public IReadOnlyList<ReadOnlyMemory<float>>? Float { get; init; }

    public IReadOnlyList<int[]>? Int8 { get; init; }

    public IReadOnlyList<int[]>? Uint8 { get; init; }

    public IReadOnlyList<int[]>? Binary { get; init; }

    public IReadOnlyList<int[]>? Ubinary { get; init; }

    public IReadOnlyList<string>? Base64 { get; init; }

    public static EmbeddingsByType Of(IReadOnlyList<ReadOnlyMemory<float>> vectors, IReadOnlyList<string> types)
    {
        return new EmbeddingsByType
        {
            Float = types.Contains("float") ? vectors : null,
            Int8 = Each("int8", vector => Bytes(vector.Span, 0)),
            Uint8 = Each("uint8", vector => Bytes(vector.Span, 128)),
            Binary = Each("binary", vector => Bits(vector.Span, 128)),
            Ubinary = Each("ubinary", vector => Bits(vector.Span, 0)),
            Base64 = types.Contains("base64") ? [.. vectors.Select(vector => Convert.ToBase64String(VectorBytes.Of(vector.Span)))] : null,
        };

        IReadOnlyList<int[]>? Each(string type, Func<ReadOnlyMemory<float>, int[]> form) => types.Contains(type) ? [.. vectors.Select(form)] : null;
    }

    private static int[] Bytes(ReadOnlySpan<float> vector, int offset)
    {
        var bytes = new int[vector.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (int)Math.Clamp(MathF.Round(vector[i] * 127), -128, 127) + offset;
        }

        return bytes;
    }

    private static int[] Bits(ReadOnlySpan<float> vector, int offset)
    {
        var bytes = new int[(vector.Length + 7) / 8];
        for (var i = 0; i < vector.Length; i++)
        {
            bytes[i / 8] |= vector[i] > 0 ? 0x80 >> (i % 8) : 0;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] -= offset;
        }

        return bytes;
    }
}
