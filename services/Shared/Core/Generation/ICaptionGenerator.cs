namespace Sensorium.Core.Generation;

/// <summary>Fuses media and decodes text. Implemented by the engine in this process and by the client of a remote one.</summary>
public interface ICaptionGenerator
{
    ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// <see cref="CaptionStarted"/> first, then deltas, one <see cref="CaptionFinished"/> per choice. Failures are thrown as
    /// <see cref="Errors.SensoriumException"/>. Ending the enumeration stops the decoding within one token.
    /// </summary>
    IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, CancellationToken cancellationToken);
}
