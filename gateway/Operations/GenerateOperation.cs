using System.Runtime.CompilerServices;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Chat;

namespace Sensorium.Gateway.Operations;

/// <summary>Answers a conversation of words and media.</summary>
internal sealed class GenerateOperation(MediaIntake intake, ICaptionGenerator generator)
{
    private const string Field = "messages";

    /// <summary>The generator's events: <see cref="CaptionStarted"/>, deltas, one <see cref="CaptionFinished"/> per choice.</summary>
    /// <param name="messages">Of the field "messages"; the last is answered.</param>
    /// <param name="template">Everything of the job but its media and messages.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <exception cref="SensoriumException">The conversation is wrong, a medium cannot be used, or the model cannot read it.</exception>
    public async IAsyncEnumerable<CaptionEvent> RunAsync(
        IReadOnlyList<ChatInput> messages,
        CaptionJob template,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(messages);
        MediaInput[] inputs = [.. messages.SelectMany(message => message.Parts).OfType<ChatInputMedium>().Select(part => part.Medium)];
        await using var media = inputs.Length == 0 ? new ReceivedBatch([]) : await intake.ReceiveAsync(inputs, Field, cancellationToken);
        media.ThrowIfAnyFailed();
        var job = template with { Media = [.. media.Good.Select(medium => medium.Item!)], Messages = Count(messages) };
        await foreach (var said in generator.GenerateAsync(job, cancellationToken))
        {
            yield return said;
        }
    }

    private static ChatMessage[] Count(IReadOnlyList<ChatInput> messages)
    {
        var count = 0;
        return
        [
            .. messages.Select(message => new ChatMessage(
                message.Role, [.. message.Parts.Select(ChatPart (part) => part is ChatInputText words ? new ChatText(words.Text) : new ChatMedium(count++))])),
        ];
    }

    private static void Check(IReadOnlyList<ChatInput> messages)
    {
        if (messages.Count == 0)
        {
            throw Invalid(Field, "is empty; give at least one");
        }

        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Parts.Count == 0)
            {
                throw Invalid($"{Field}[{i}].parts", "is empty; give at least one");
            }
        }

        if (messages[^1].Role != ChatRole.User)
        {
            throw Invalid($"{Field}[{messages.Count - 1}].role", $"is {messages[^1].Role.ToString().ToLowerInvariant()}; the last message is the one that is answered, and must be the user's");
        }
    }

    private static SensoriumException Invalid(string field, string fault) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} {fault}.", field);
}
