using Sensorium.Core.Encoding;
using Sensorium.Core.Models;

namespace Sensorium.Core.Diffusion;

/// <summary>Words to pictures. Implemented by the engine in this process and by the client of a remote one.</summary>
public interface IImageGenerator
{
    /// <summary>All models that make pictures.</summary>
    ValueTask<ServedModels<ImageModelDescription>> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// One <see cref="ImageStarted"/>, steps as they are done, and an <see cref="ImageFinished"/> for each picture. Failures are thrown as
    /// <see cref="Errors.SensoriumException"/>. Ending the enumeration stops the work within a step.
    /// </summary>
    IAsyncEnumerable<ImageEvent> GenerateAsync(ImageJob job, CancellationToken cancellationToken);
}

/// <summary>What a model that makes pictures is and can do.</summary>
/// <param name="DefaultSide">Width and height where none is asked for.</param>
/// <param name="SizeStep">Sides are multiples of it.</param>
/// <param name="MaxPixels">Width times height.</param>
/// <param name="ReadsPictures">Whether a picture can be changed.</param>
public sealed record ImageModelDescription(ModelIdentity Model, int DefaultSide, int SizeStep, int MaxPixels, int MaxSteps, bool ReadsPictures) : IModelDescription
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<ModelTask> NamedTasks { get; init; } = [];
}
