using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Deciders.Cases;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>What became of one case.</summary>
/// <param name="Input">As it came, with its id.</param>
internal sealed record EmbeddedCase(CaseInput Input)
{
    /// <summary>Null if <see cref="Error"/> is set.</summary>
    public DecisionCase? Case { get; init; }

    public SensoriumException? Error { get; init; }

    public IReadOnlyList<EmbeddedMedium> Media { get; init; } = [];

    public IReadOnlyList<MediaWarning> Warnings { get; init; } = [];
}

/// <summary>One medium of a case; its notes are one, too.</summary>
/// <param name="Modality">Of the encoder that embedded it.</param>
/// <param name="InputUnits">Tokens, patches or frames that were read.</param>
internal sealed record EmbeddedMedium(ReceivedMedia Received, Modality Modality, EncodedMedia Encoded, long InputUnits)
{
    public string ItemId => Received.ItemId;
}
