using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Operations.Videos;

/// <summary>One event of the making of a clip.</summary>
internal abstract record VideoEvent;

internal sealed record VideoBegun(int Frames, TimeSpan Duration, ulong Seed) : VideoEvent;

/// <param name="Done">How many are made, in order.</param>
internal sealed record VideoFrameMade(int Done, int Frames) : VideoEvent;

/// <param name="Bytes">The next part of the file; valid until the next event is asked for.</param>
internal sealed record VideoChunk(ReadOnlyMemory<byte> Bytes) : VideoEvent;

internal sealed record VideoDone(long SizeBytes, ModelIdentity Model) : VideoEvent;
