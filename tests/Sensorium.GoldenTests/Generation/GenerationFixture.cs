using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;
using Sensorium.Testing.Shared.Decoding;
using Sensorium.Testing.Shared.Models;
using Sensorium.Tokenization;

namespace Sensorium.GoldenTests.Generation;

/// <summary>The bundled pack's decoder, and what its own encoders make of drawn pictures and synthetic sounds.</summary>
public sealed class GenerationFixture : IAsyncDisposable
{
    private readonly OnnxSessionFactory _sessions = new(Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance);
    private readonly OnnxOptions _options = new();
    private readonly PlainDecoderGraph _plain;

    public GenerationFixture()
    {
        var pack = BundledPack.Instance;
        Decoder = new OnnxDecoderFactory(_sessions).Create(pack, _options);
        Model = GenerationModelReader.Read(pack);
        _plain = new PlainDecoderGraph(_sessions.Create(pack.Decoder!.GetGraph(pack.Decoder.PlainGraph!, _options.VariantOf(pack.Decoder.PlainGraph!)), _options), pack.Decoder);
        Tokenizer = TokenizerLoader.Load(pack.Decoder);
        Pictures = Encode(Modality.Image, 6);
        Sounds = Encode(Modality.Audio, 3);
        Generator = new CaptionGenerator(
            modality => new KnownFeatures(modality, this), Tokenizer, Decoder, Model, new GenerationOptions(), TimeProvider.System, NullLoggerFactory.Instance);
    }

    public IDecoderBackend Decoder { get; }

    public GenerationModel Model { get; }

    public Tokenizer Tokenizer { get; }

    public CaptionGenerator Generator { get; }

    public IReadOnlyList<FeatureSequence> Pictures { get; }

    public IReadOnlyList<FeatureSequence> Sounds { get; }

    public int Start => Model.Defaults.StartTokenId;

    public PlainDecoding Plain(params FeatureSequence[] media)
    {
        var joined = new FeatureSequence(
            media.Sum(one => one.Tokens), media[0].Width, media.SelectMany(one => one.Data.ToArray()).ToArray());
        return new PlainDecoding(tokens => _plain.Logits(joined, tokens), Model.Defaults.EndTokenIds[0]);
    }

    public async Task<List<CaptionEvent>> CaptionAsync(CaptionJob job)
    {
        var events = new List<CaptionEvent>();
        await foreach (var next in Generator.GenerateAsync(job, CancellationToken.None))
        {
            events.Add(next);
        }

        return events;
    }

    public static CaptionJob Job(GenerationParameters parameters, string? prompt, params (Modality Modality, int Index)[] media) => new(
        "golden",
        [.. media.Select(one => new MediaItem($"{one.Modality}-{one.Index}", new InlineSource(new byte[1]), one.Modality))],
        prompt,
        parameters);

    public async ValueTask DisposeAsync()
    {
        await Generator.DisposeAsync();
        _plain.Dispose();
        Decoder.Dispose();
    }

    // Waves of several lengths and directions: no photographs, but what the encoders make of them differs from one to the next.
    private FeatureSequence[] Encode(Modality modality, int count)
    {
        var part = BundledPack.Instance.Encoders[modality];
        using var session = _sessions.Create(part.GetModel(_options.VariantOf(part.Graph)), _options);
        var (name, spec) = session.Inputs.Single();
        long[] shape = [.. spec.Dimensions.Select(size => (long)Math.Max(1, size))];
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var data = new float[shape.Aggregate(1L, (product, size) => product * size)];
            for (var i = 0; i < data.Length; i++)
            {
                data[i] = MathF.Sin(i * 0.003f * (index + 1)) + MathF.Cos(i % shape[^1] * 0.07f * (index + 2));
            }

            using var input = OrtValue.CreateTensorValueFromMemory(data, shape);
            using var options = new RunOptions();
            using var outputs = session.Session.Run(options, [name], [input], ["last_hidden_state"]);
            var dimensions = outputs[0].GetTensorTypeAndShape().Shape;
            return new FeatureSequence((int)dimensions[1], (int)dimensions[2], outputs[0].GetTensorDataAsSpan<float>().ToArray());
        })];
    }
}
