namespace Sensorium.Core.Generation.Chat;

/// <summary>Writes a conversation out as a model was trained to read it. Safe for concurrent use.</summary>
public interface IChatTemplate
{
    /// <summary>The conversation, up to where the answer begins.</summary>
    /// <exception cref="ChatTemplateException">The template refuses it, or fails on it.</exception>
    string Render(IReadOnlyList<ChatMessage> messages);
}

/// <summary>A chat template did not write a conversation out.</summary>
public sealed class ChatTemplateException(string message, Exception inner) : Exception(message, inner);
