using System.Runtime.CompilerServices;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Chat;

namespace Sensorium.Gateway.Operations.Inference.Media;

/// <summary>Media and words to a text: all inputs, in their order, are one message of the user's.</summary>
internal sealed class GenerateTask(GenerateOperation generate, MediaTensors tensors) : MediaTask
{
    private const float MaxTemperature = 100;

    public override ModelTask Task => ModelTask.Generate;

    public override IReadOnlyList<TensorPort> Outputs { get; } = [Port(MediaTensors.Text)];

    public override bool IsPiecewise => true;

    public override IReadOnlyList<TensorPort> InputsOf(ServedModel model) => [.. model.Reads.Append(MediaTensors.Text).Distinct().Select(Port)];

    public override async Task<IReadOnlyList<Tensor>> RunAsync(ServedModel model, InferCall call, CancellationToken cancellationToken)
    {
        var text = "";
        await foreach (var said in AnswerAsync(model, call, cancellationToken))
        {
            text = said is CaptionFinished finished ? finished.Text : text;
        }

        return Texts(text);
    }

    public override async IAsyncEnumerable<IReadOnlyList<Tensor>> StreamAsync(
        ServedModel model, InferCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var said in AnswerAsync(model, call, cancellationToken))
        {
            if (said is CaptionDelta { Text.Length: > 0 } delta)
            {
                yield return Texts(delta.Text);
            }
        }
    }

    private IAsyncEnumerable<CaptionEvent> AnswerAsync(ServedModel model, InferCall call, CancellationToken cancellationToken)
    {
        var message = new ChatInput(ChatRole.User, [.. tensors.Read(call, InputsOf(model), told: true).Select(PartOf)]);
        var job = new CaptionJob(call.RequestId, [], null, ParametersOf(call.Parameters), Model: Selector(model), Deadline: call.Deadline);
        return generate.RunAsync([message], job, cancellationToken);
    }

    private static ChatInputPart PartOf(MediaInput input) =>
        input.Item?.Source is TextSource words ? new ChatInputText(words.Text) : new ChatInputMedium(input);

    private static GenerationParameters ParametersOf(InferParameters parameters) => new()
    {
        Temperature = parameters.FindNumber("temperature", 0, MaxTemperature),
        TopP = parameters.FindNumber("top_p", 0, 1),
        TopK = parameters.FindCount("top_k", 0),
        MaxNewTokens = parameters.FindCount("max_tokens", 1),
        MinNewTokens = parameters.FindCount("min_tokens", 0),
        RepetitionPenalty = parameters.FindNumber("repetition_penalty", 0, MaxTemperature),
        NumBeams = parameters.FindCount("num_beams", 1),
        Seed = unchecked((ulong?)parameters.FindWhole("seed", long.MinValue, long.MaxValue)),
        Stop = parameters.FindText("stop") is { } stop ? [stop] : [],
    };

    private static Tensor[] Texts(string text) => [MediaTensors.OfTexts(MediaTensors.Text, [text], 1)];
}
