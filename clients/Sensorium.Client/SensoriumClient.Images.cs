using System.Runtime.CompilerServices;
using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>
    /// Makes pictures of words, or changes a picture. Ending the enumeration ends the work. The events come in the order that the contract
    /// gives: Started, then steps, and one Finished for every picture.
    /// </summary>
    public async IAsyncEnumerable<ImageEvent> GenerateImageAsync(
        GenerateImageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var call = _service.GenerateImage(request, cancellationToken: cancellationToken);
        var missing = Math.Max(1, request.Count);
        while (await TranslateAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            var made = call.ResponseStream.Current.Event;
            missing -= made.Finished is null ? 0 : 1;
            yield return made;
        }

        if (missing > 0)
        {
            throw new SensoriumCallException(
                StatusCode.Unavailable, SensoriumCallException.IncompleteStream, "The pictures ended before they were finished.");
        }
    }

    /// <summary>
    /// Makes a clip. Ending the enumeration ends the work. The events come in the order that the contract gives: Started, then a frame for
    /// every picture, the file in chunks, and Finished.
    /// </summary>
    public async IAsyncEnumerable<GenerateVideoResponse> GenerateVideoAsync(
        GenerateVideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var call = _service.GenerateVideo(request, cancellationToken: cancellationToken);
        var finished = false;
        while (await TranslateAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            finished |= call.ResponseStream.Current.Finished is not null;
            yield return call.ResponseStream.Current;
        }

        if (!finished)
        {
            throw new SensoriumCallException(
                StatusCode.Unavailable, SensoriumCallException.IncompleteStream, "The clip ended before it was finished.");
        }
    }
}
