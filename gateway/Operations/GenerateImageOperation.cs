using System.Runtime.CompilerServices;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations;

/// <summary>Makes pictures of words, or changes a picture.</summary>
internal sealed class GenerateImageOperation(MediaIntake intake, IImageGenerator generator)
{
    /// <param name="job">Everything but the picture that is changed.</param>
    /// <param name="start">That picture; none where one is made.</param>
    /// <param name="field">What it is called in the request.</param>
    /// <param name="cancellationToken">Stops the work within a step.</param>
    public async IAsyncEnumerable<ImageEvent> RunAsync(
        ImageJob job, IReadOnlyList<MediaInput> start, string field, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(job.Prompt))
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "prompt is empty; it says what shall be seen.", "prompt");
        }

        await using var received = start.Count == 0 ? null : await intake.ReceiveAsync(start, field, cancellationToken);
        received?.ThrowIfAnyFailed();
        var picture = received is null ? null : PictureOf(received.Media[0]);
        await foreach (var made in generator.GenerateAsync(job with { Start = picture }, cancellationToken))
        {
            yield return made;
        }
    }

    private static MediaItem PictureOf(ReceivedMedia medium) => medium.Item!.Modality == Modality.Image
        ? medium.Item
        : throw SensoriumException.Invalid(
            ErrorReasons.ModalityMismatch, $"A picture is begun with a picture; '{medium.Item.ItemId}' is {medium.Item.Modality}.", medium.Field);
}
