namespace Sensorium.Gateway.Operations.Live;

/// <summary>Something of a stream that is to be looked at.</summary>
internal abstract record LiveMaterial(LiveMoment Moment);

internal sealed record FrameMaterial(LiveMoment Moment, LiveFrame Frame) : LiveMaterial(Moment);
