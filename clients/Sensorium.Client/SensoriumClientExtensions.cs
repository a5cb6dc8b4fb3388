using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Sensorium.Client.AI;

namespace Sensorium.Client;

/// <summary>A <see cref="SensoriumClient"/> as the interfaces of Microsoft.Extensions.AI. Each shares the client's connection and does not close it.</summary>
public static class SensoriumClientExtensions
{
    internal const string OfSpeech = "MEAI001";

    /// <summary>Conversations of words and media.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="modelId">Id, alias or "id@revision"; null for the default model.</param>
    public static IChatClient AsChatClient(this SensoriumClient client, string? modelId = null) =>
        new SensoriumChatClient(client ?? throw new ArgumentNullException(nameof(client)), modelId);

    /// <summary>Vectors of texts.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="modelId">Id, alias or "id@revision"; null for the default model.</param>
    public static IEmbeddingGenerator<string, Embedding<float>> AsEmbeddingGenerator(this SensoriumClient client, string? modelId = null) =>
        new SensoriumEmbeddingGenerator<string>(client ?? throw new ArgumentNullException(nameof(client)), modelId, text => new V1.Media { Text = text });

    /// <summary>
    /// Vectors of texts, pictures, sounds and clips in one space, from <see cref="TextContent"/>, <see cref="DataContent"/> and
    /// <see cref="UriContent"/>. It is a generator of each of these alone too.
    /// </summary>
    /// <param name="client">The connection.</param>
    /// <param name="modelId">Id, alias or "id@revision"; null for the default model.</param>
    public static IEmbeddingGenerator<AIContent, Embedding<float>> AsContentEmbeddingGenerator(this SensoriumClient client, string? modelId = null) =>
        new SensoriumEmbeddingGenerator<AIContent>(client ?? throw new ArgumentNullException(nameof(client)), modelId, MediaContents.ToMedia);

    /// <summary>Words of what is said.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="modelId">Id, alias or "id@revision"; null for the default model.</param>
    [Experimental(OfSpeech)]
    public static ISpeechToTextClient AsSpeechToTextClient(this SensoriumClient client, string? modelId = null) =>
        new SensoriumSpeechToTextClient(client ?? throw new ArgumentNullException(nameof(client)), modelId);
}
