using Sensorium.V1;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>
    /// Makes pictures of words, or changes a picture. Ending the enumeration ends the work. The events come in the order that the contract
    /// gives: Started, then steps, and one Finished for every picture.
    /// </summary>
    public IAsyncEnumerable<ImageEvent> GenerateImageAsync(GenerateImageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ToItsEndAsync(
            ReadAsync(stop => _service.GenerateImage(request, cancellationToken: stop), cancellationToken).Select(answer => answer.Event),
            made => made.Finished is not null,
            Math.Max(1, request.Count),
            "The pictures ended before they were finished.",
            cancellationToken);
    }

    /// <summary>
    /// Makes a clip. Ending the enumeration ends the work. The events come in the order that the contract gives: Started, then a frame for
    /// every picture, the file in chunks, and Finished.
    /// </summary>
    public IAsyncEnumerable<GenerateVideoResponse> GenerateVideoAsync(GenerateVideoRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ToItsEndAsync(
            ReadAsync(stop => _service.GenerateVideo(request, cancellationToken: stop), cancellationToken),
            made => made.Finished is not null,
            1,
            "The clip ended before it was finished.",
            cancellationToken);
    }
}
