using System.Diagnostics;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Media.Sources;
using Sensorium.Vision.Preprocessing;

namespace Sensorium.Bench.Bare;

/// <summary>
/// Pictures to pixels with the product's own preprocessor, called directly: the ceiling does the same work, to the same
/// bits, with nothing around it.
/// </summary>
internal sealed class BarePreprocessor
{
    private readonly IMediaPreprocessor _preprocessor;

    public BarePreprocessor(string pack)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddVisionPreprocessing();
        _preprocessor = VisionPreprocessing.Create(builder.Build().Services, ModelPack.Load(pack));
    }

    public void Prepare(byte[] jpeg, Span<float> output)
    {
        var segments = _preprocessor.PrepareAsync(
            new MediaItem("picture", new InlineSource(jpeg)),
            new MemoryMediaContent(jpeg),
            new PreprocessingRequest(1, new PreprocessingSummary()),
            CancellationToken.None).GetAsyncEnumerator();

        // A picture is prepared before its first segment is handed out, and there is no other: nothing is waited for.
        var first = segments.MoveNextAsync();
        Debug.Assert(first.IsCompletedSuccessfully, "The preprocessor of pictures works synchronously.");
        var input = (FloatInput)(first.GetAwaiter().GetResult() ? segments.Current.Input : throw new InvalidDataException("No picture."));
        input.Data.Span.CopyTo(output);
        input.Owner?.Dispose();
    }
}
