using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Sensorium.Client.AI;

/// <summary>Makes and changes pictures through SensoriumService.GenerateImage.</summary>
[Experimental(SensoriumClientExtensions.OfImages)]
internal sealed class SensoriumImageGenerator(SensoriumClient client, string? modelId) : IImageGenerator
{
    private const string Png = "image/png";

    private readonly ImageGeneratorMetadata _metadata = new("sensorium", client.Address, modelId);

    public async Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var made = new SortedDictionary<int, AIContent>();
        await foreach (var next in client.GenerateImageAsync(ToProto(request, options), cancellationToken).ConfigureAwait(false))
        {
            if (next.Finished is { } finished)
            {
                made[finished.Index] = new DataContent(finished.Png.Memory, Png) { RawRepresentation = finished };
            }
        }

        return new ImageGenerationResponse([.. made.Values]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ImageGeneratorMetadata) ? _metadata
            : serviceType == typeof(SensoriumClient) ? client
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>The connection is its owner's.</summary>
    public void Dispose()
    {
    }

    private V1.GenerateImageRequest ToProto(ImageGenerationRequest asked, ImageGenerationOptions? options)
    {
        if (options?.MediaType is { } type && type != Png)
        {
            throw new NotSupportedException($"Pictures are {Png}, not {type}.");
        }

        if (options?.ResponseFormat is { } format && format != ImageGenerationResponseFormat.Data)
        {
            throw new NotSupportedException("Pictures are answered as data.");
        }

        var request = options?.RawRepresentationFactory?.Invoke(this) as V1.GenerateImageRequest ?? new V1.GenerateImageRequest();
        request.Prompt = asked.Prompt ?? request.Prompt;
        request.Model ??= MediaContents.Select(options?.ModelId ?? modelId);
        request.Count = options?.Count ?? request.Count;
        request.Start = StartOf(asked) ?? request.Start;
        if (options?.ImageSize is { } size)
        {
            (request.Width, request.Height) = (size.Width, size.Height);
        }

        return request;
    }

    private static V1.Media? StartOf(ImageGenerationRequest asked) => asked.OriginalImages?.ToArray() switch
    {
        null or [] => null,
        [var one] => MediaContents.ToMedia(one),
        var several => throw new NotSupportedException($"One picture is changed at a time, not {several.Length}."),
    };
}
