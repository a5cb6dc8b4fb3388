namespace Sensorium.Core.Generation.Speech;

/// <summary>Speech to text. Implemented by the engine in this process and by the client of a remote one.</summary>
public interface ITranscriber
{
    /// <summary>
    /// Segments in the order of time, then one <see cref="TranscriptFinished"/>. Failures are thrown as
    /// <see cref="Errors.SensoriumException"/>. Ending the enumeration stops the decoding.
    /// </summary>
    IAsyncEnumerable<TranscriptEvent> TranscribeAsync(TranscriptionJob job, CancellationToken cancellationToken);
}
