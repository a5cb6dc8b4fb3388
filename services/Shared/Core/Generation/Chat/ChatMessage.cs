namespace Sensorium.Core.Generation.Chat;

/// <summary>One message of a conversation.</summary>
/// <param name="Parts">In the order in which they are read; at least one.</param>
public sealed record ChatMessage(ChatRole Role, IReadOnlyList<ChatPart> Parts);

public enum ChatRole
{
    System = 1,
    User = 2,
    Assistant = 3,
}

/// <summary>What a message is made of: words, or a medium.</summary>
public abstract record ChatPart;

/// <summary>Words. Special tokens of a model that are written out in them are words too.</summary>
public sealed record ChatText(string Text) : ChatPart;

/// <param name="Index">Of the medium in <see cref="CaptionJob.Media"/>, which holds each once, in the order of the messages.</param>
public sealed record ChatMedium(int Index) : ChatPart;
