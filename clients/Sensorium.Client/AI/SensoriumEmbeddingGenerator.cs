using Grpc.Core;
using Microsoft.Extensions.AI;

namespace Sensorium.Client.AI;

/// <summary>Embeds through SensoriumService.Embed.</summary>
/// <typeparam name="TInput">What is embedded.</typeparam>
/// <param name="client">The connection.</param>
/// <param name="modelId">Null for the default model.</param>
/// <param name="toMedia">From an input to a medium.</param>
internal sealed class SensoriumEmbeddingGenerator<TInput>(SensoriumClient client, string? modelId, Func<TInput, V1.Media> toMedia)
    : IEmbeddingGenerator<TInput, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("sensorium", client.Address, modelId);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var request = options?.RawRepresentationFactory?.Invoke(this) as V1.EmbedRequest ?? new V1.EmbedRequest();
        request.Items.AddRange(values.Select(toMedia));
        request.Dimensions = options?.Dimensions ?? request.Dimensions;
        if (MediaContents.Select(options?.ModelId ?? modelId) is { } model)
        {
            (request.Options ??= new V1.EncodeOptions()).Model ??= model;
        }

        if (request.Items.Count == 0)
        {
            return [];
        }

        var response = await client.EmbedAsync(request, cancellationToken).ConfigureAwait(false);
        var read = response.Results.Sum(result => result.Usage?.InputUnits ?? 0);
        return new GeneratedEmbeddings<Embedding<float>>(response.Results.Select(result => ToEmbedding(result, response)))
        {
            Usage = new UsageDetails { InputTokenCount = read, TotalTokenCount = read },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(SensoriumClient) ? client
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>The connection is its owner's.</summary>
    public void Dispose()
    {
    }

    private static Embedding<float> ToEmbedding(V1.EncodeResult result, V1.EmbedResponse response) => result.Encoded is { } encoded
        ? new Embedding<float>(encoded.Embedding.ToFloats()) { ModelId = response.Models.Count > 0 ? response.Models[0].Id : null, CreatedAt = TimeProvider.System.GetUtcNow() }
        : throw new SensoriumCallException((StatusCode)result.Error.Code, result.Error.Reason, $"{result.ItemId}: {result.Error.Message}");
}
