using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>Divides media of one modality into parts.</summary>
internal interface IMediumDivider
{
    /// <summary>Whose encoder reads the medium, or the track of it that is asked about.</summary>
    Modality Modality { get; }

    /// <exception cref="Core.Errors.SensoriumException">The medium cannot be decoded, or has too many parts.</exception>
    ValueTask<IDividedMedium> DivideAsync(ReceivedMedia medium, Division division, CancellationToken cancellationToken);
}

/// <summary>How finely to divide.</summary>
/// <param name="Grid">Rows, and columns, of pictures; 0 leaves it to the settings.</param>
/// <param name="Parts">Of sounds and videos; 0 leaves it to the settings.</param>
/// <param name="MaxRuns">Altered media that may be encoded.</param>
internal readonly record struct Division(int Grid, int Parts, int MaxRuns);
