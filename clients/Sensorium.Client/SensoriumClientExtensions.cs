using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Sensorium.Client.AI;
using Sensorium.Client.VectorData;

namespace Sensorium.Client;

/// <summary>A <see cref="SensoriumClient"/> as the interfaces of Microsoft.Extensions.AI and VectorData. Each shares the client's connection and does not close it.</summary>
public static class SensoriumClientExtensions
{
    internal const string OfSpeech = "MEAI001";
    internal const string OfImages = "MEAI001";

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

    /// <summary>
    /// Collections as a store of Microsoft.Extensions.VectorData. The vector property of a record is a vector, or words or a medium that the
    /// collection's model encodes: a string, <see cref="DataContent"/>, <see cref="UriContent"/>. Searched by each of these.
    /// </summary>
    /// <param name="client">The connection.</param>
    /// <param name="options">Of collections that are made; null for the default model.</param>
    public static VectorStore AsVectorStore(this SensoriumClient client, SensoriumVectorStoreOptions? options = null) =>
        new SensoriumVectorStore(client ?? throw new ArgumentNullException(nameof(client)), options ?? new SensoriumVectorStoreOptions());

    /// <summary>Words of what is said.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="modelId">Id, alias or "id@revision"; null for the default model.</param>
    [Experimental(OfSpeech)]
    public static ISpeechToTextClient AsSpeechToTextClient(this SensoriumClient client, string? modelId = null) =>
        new SensoriumSpeechToTextClient(client ?? throw new ArgumentNullException(nameof(client)), modelId);

    /// <summary>Pictures of words, and pictures changed by words.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="modelId">Id, alias or "id@revision"; null for the default model.</param>
    [Experimental(OfImages)]
    public static IImageGenerator AsImageGenerator(this SensoriumClient client, string? modelId = null) =>
        new SensoriumImageGenerator(client ?? throw new ArgumentNullException(nameof(client)), modelId);
}
