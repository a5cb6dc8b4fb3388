namespace Sensorium.Client;

/// <summary>How far an upload has come.</summary>
/// <param name="SentBytes">Handed to the transport so far.</param>
/// <param name="TotalBytes">Null if the source does not know its length.</param>
public readonly record struct UploadProgress(long SentBytes, long? TotalBytes);
