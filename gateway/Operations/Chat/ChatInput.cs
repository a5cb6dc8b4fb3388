using Sensorium.Core.Generation.Chat;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Chat;

/// <summary>One message as a face read it from its request.</summary>
internal sealed record ChatInput(ChatRole Role, IReadOnlyList<ChatInputPart> Parts)
{
    /// <summary>Words alone.</summary>
    public static ChatInput OfText(ChatRole role, string text) => new(role, [new ChatInputText(text)]);
}

/// <summary>What a message is made of: words, or a medium.</summary>
internal abstract record ChatInputPart;

internal sealed record ChatInputText(string Text) : ChatInputPart;

internal sealed record ChatInputMedium(MediaInput Medium) : ChatInputPart;
