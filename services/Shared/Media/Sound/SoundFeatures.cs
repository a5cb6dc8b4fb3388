using System.Text.Json;

namespace Sensorium.Media.Sound;

/// <summary>The kinds of feature extractors that are known, by the name that preprocessor_config.json has for them.</summary>
public static class SoundFeatures
{
    private const string Kind = "feature_extractor_type";

    private static readonly (string Name, Func<JsonElement, ISoundFeatures> Create)[] Kinds =
    [
        (LogMelConfig.Whisper, element => new LogMelExtractor(LogMelConfig.From(element))),
        (LogMelConfig.Clap, element => new LogMelExtractor(LogMelConfig.From(element))),
        ("ASTFeatureExtractor", element => new FilterBankExtractor(SoundProcessorFile.Parse<FilterBankConfig>(element))),
        ("Wav2Vec2FeatureExtractor", element => new WaveformExtractor(SoundProcessorFile.Parse<WaveformConfig>(element))),
        ("MoonshineFeatureExtractor", element => new WaveformExtractor(SoundProcessorFile.Parse<WaveformConfig>(element) with { DoNormalize = false, LeastSamples = 1024 })),
    ];

    /// <summary>
    /// What a file asks for; one that names no kind means that of Whisper. Throws <see cref="InvalidDataException"/> that names the kind or
    /// the field that cannot be followed exactly.
    /// </summary>
    public static ISoundFeatures Load(string path) => SoundProcessorFile.Read(path, element =>
    {
        var kind = element.TryGetProperty(Kind, out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : LogMelConfig.Whisper;
        var found = Array.Find(Kinds, known => known.Name == kind);
        return found.Create is { } create
            ? create(element)
            : throw new InvalidDataException($"feature extractors of kind '{kind}' are not known; known are {string.Join(", ", Kinds.Select(known => known.Name))}");
    });
}
