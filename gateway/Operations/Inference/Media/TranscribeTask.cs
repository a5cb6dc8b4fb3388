using System.Runtime.CompilerServices;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Models;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Operations.Inference.Media;

/// <summary>One sound, or clip with sound, to the words in it.</summary>
internal sealed class TranscribeTask(TranscribeOperation transcribe, MediaTensors tensors) : MediaTask
{
    public override ModelTask Task => ModelTask.Transcribe;

    public override IReadOnlyList<TensorPort> Outputs { get; } = [Port(MediaTensors.Text)];

    public override bool IsPiecewise => true;

    public override async Task<IReadOnlyList<Tensor>> RunAsync(ServedModel model, InferCall call, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        await foreach (var said in SaidAsync(model, call, cancellationToken))
        {
            texts.Add(said);
        }

        return Texts(string.Join(' ', texts));
    }

    public override async IAsyncEnumerable<IReadOnlyList<Tensor>> StreamAsync(
        ServedModel model, InferCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var said in SaidAsync(model, call, cancellationToken))
        {
            yield return Texts(said);
        }
    }

    private async IAsyncEnumerable<string> SaidAsync(ServedModel model, InferCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var media = tensors.Read(call, InputsOf(model), told: true);
        if (media.Count > 1)
        {
            throw SensoriumException.Invalid(ErrorReasons.TooManyItems, $"The request has {media.Count} sounds; one is written down at a time.", "inputs");
        }

        var task = call.Parameters.FindFlag("translate") ? TranscriptionTask.Translate : TranscriptionTask.Transcribe;
        var said = transcribe.RunAsync(
            media,
            item => new TranscriptionJob(call.RequestId, item, call.Parameters.FindText("language"), task, Model: Selector(model), Deadline: call.Deadline),
            cancellationToken);
        await foreach (var next in said)
        {
            if (next is TranscriptSegment { Text.Length: > 0 } segment)
            {
                yield return segment.Text;
            }
        }
    }

    private static Tensor[] Texts(string text) => [MediaTensors.OfTexts(MediaTensors.Text, [text], 1)];
}
