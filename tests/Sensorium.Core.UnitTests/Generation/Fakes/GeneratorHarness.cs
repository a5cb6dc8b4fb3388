using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;

namespace Sensorium.Core.UnitTests.Generation.Fakes;

/// <summary>A generator over <see cref="HashDecoder"/>. Pictures are named by the value of their features: "3x5" is 5 tokens of 3.</summary>
internal sealed class GeneratorHarness : IAsyncDisposable
{
    public GeneratorHarness(GenerationOptions? options = null, HashDecoder? decoder = null, Func<GenerationModel, GenerationModel>? model = null)
    {
        Decoder = decoder ?? new HashDecoder();
        Encoders = Enum.GetValues<Modality>().ToDictionary(modality => modality, modality => new ScriptedEncoder(modality, item => Answer(item)));
        Generator = new CaptionGenerator(
            modality => Encoders.GetValueOrDefault(modality),
            new LetterTokenizer(),
            Decoder,
            model is null ? DefaultModel : model(DefaultModel),
            options ?? new GenerationOptions { PrefillChunkTokens = 3 },
            Time,
            NullLoggerFactory.Instance);
    }

    public static GenerationModel DefaultModel { get; } = new(
        [Modality.Text, Modality.Image, Modality.Audio, Modality.Video],
        [[Modality.Image], [Modality.Video], [Modality.Image, Modality.Audio]],
        MaxTrainedPromptTokens: 4,
        new Dictionary<Modality, int> { [Modality.Image] = 2, [Modality.Audio] = 2, [Modality.Video] = 2, [Modality.Text] = 0 },
        ["en"],
        new GenerationDefaults { StartTokenId = HashDecoder.Start, EndTokenIds = [HashDecoder.End], SuppressedTokenIds = [0, 1], MaxLength = 24 });

    public FakeTimeProvider Time { get; } = new();

    public HashDecoder Decoder { get; }

    public Dictionary<Modality, ScriptedEncoder> Encoders { get; }

    public Func<MediaItem, EncodeOutcome> Answer { get; set; } = Encode;

    public CaptionGenerator Generator { get; }

    public static CaptionJob Job(string picture, GenerationParameters? parameters = null, string? prompt = null) =>
        new("request", [Item(picture, Modality.Image)], prompt, parameters ?? new GenerationParameters());

    public static MediaItem Item(string id, Modality modality, MediaTrack track = MediaTrack.Default) =>
        new(id, new InlineSource(new byte[1]), modality, Track: track);

    /// <summary>"3x5" is one segment of 5 tokens, "3x5x7" seven of them.</summary>
    public static EncodeOutcome Encode(MediaItem item)
    {
        int[] numbers = [.. item.ItemId.Split('x').Select(int.Parse)];
        var (tokens, segments) = (numbers.ElementAtOrDefault(1), numbers.Length > 2 ? numbers[2] : 1);
        var identity = new ModelIdentity("encoder", "r", "fp32", "space", "d", "cpu", "none");
        return new EncodeOutcome(item.ItemId)
        {
            Encoded = new EncodedMedia(
                new float[1],
                [.. Enumerable.Range(0, segments).Select(i => new EncodedSegment(null, new float[1], Sequence(numbers[0] + i, Math.Max(1, tokens))))],
                segments,
                Truncated: false,
                identity),
        };
    }

    public async Task<List<CaptionEvent>> RunAsync(CaptionJob job, CancellationToken cancellationToken = default)
    {
        var events = new List<CaptionEvent>();
        await foreach (var next in Generator.GenerateAsync(job, cancellationToken))
        {
            events.Add(next);
        }

        return events;
    }

    public async ValueTask DisposeAsync() => await Generator.DisposeAsync();

    private static FeatureSequence Sequence(float value, int tokens) => new(tokens, 1, Enumerable.Repeat(value, tokens).ToArray());
}
