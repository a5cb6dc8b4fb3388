using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Chat;

/// <summary>
/// A conversation as a decoder reads it that describes media and holds no conversations: one message of the user, whose words the
/// description continues.
/// </summary>
internal static class ChatAsCaption
{
    /// <exception cref="SensoriumException">FAILED_PRECONDITION that names what the model cannot do.</exception>
    public static CaptionJob Reduce(CaptionJob job, ModelIdentity model)
    {
        if (job.Messages.Count == 0)
        {
            return job;
        }

        if (job.Messages is not [{ Role: ChatRole.User, Parts: var parts }])
        {
            throw Mismatch(model, "reads one message of the user alone, without instructions or earlier answers");
        }

        if (job.Media.Count == 0)
        {
            throw Mismatch(model, "describes media, and the message brings none");
        }

        ChatText[] words = [.. parts.OfType<ChatText>()];
        return words.Length <= 1
            ? job with { Messages = [], Prompt = words.FirstOrDefault()?.Text }
            : throw Mismatch(model, $"continues one text, and the message brings {words.Length}");
    }

    private static SensoriumException Mismatch(ModelIdentity model, string fault) => new(
        ErrorCode.FailedPrecondition, ErrorReasons.TaskMismatch, $"Model '{model.Id}' holds no conversations: it {fault}.");
}
