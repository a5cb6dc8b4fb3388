using System.Text.Json;

namespace Sensorium.GoldenTests.Sound;

/// <summary>What whisper_reference.mjs wrote.</summary>
internal sealed record WhisperReference(string Transformers, IReadOnlyList<WhisperCase> Cases)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static WhisperReference Instance { get; } = JsonSerializer.Deserialize<WhisperReference>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Sound", "whisper_reference.json")), Json)!;
}

/// <param name="Values">Every <paramref name="Stride"/>th number of [Mels, Frames].</param>
internal sealed record WhisperCase(string Name, int Length, int Mels, int Frames, int NSamples, int Stride, IReadOnlyList<float> Values);
