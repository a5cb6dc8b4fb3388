using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation;

/// <summary>Encodes the media of a request, joins them, and decodes text from them in batches shared by all requests.</summary>
/// <param name="encoders">The encoder of a modality; null if none is configured.</param>
public sealed class CaptionGenerator(
    Func<Modality, IEncoder?> encoders,
    ITokenizer tokenizer,
    IDecoderBackend backend,
    GenerationModel model,
    GenerationOptions options,
    TimeProvider time,
    ILoggerFactory loggers) : ICaptionGenerator, IAsyncDisposable
{
    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new GenerationDescription(
            backend.Identity,
            model.Fusions,
            model.MaxTrainedPromptTokens,
            backend.Shape.Capacity,
            Math.Min(options.MaxFusedTokens, backend.Shape.MaxMemoryTokens),
            options.MaxBeams,
            model.Languages,
            backend.Shape.Explains));

    public IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, CancellationToken cancellationToken)
    {
        _ = (encoders, tokenizer, time, loggers);
        throw new SensoriumException(ErrorCode.Unimplemented, ErrorReasons.NotReady, "Generation is not there yet.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
