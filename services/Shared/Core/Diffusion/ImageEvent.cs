using Sensorium.Core.Encoding;

namespace Sensorium.Core.Diffusion;

/// <summary>One event of the making of pictures.</summary>
public abstract record ImageEvent;

/// <param name="QueuePosition">Pictures of other requests that are begun before these.</param>
/// <param name="Steps">That each picture takes.</param>
/// <param name="Seeds">One for each picture.</param>
public sealed record ImageStarted(int QueuePosition, int Width, int Height, int Steps, IReadOnlyList<ulong> Seeds, ModelIdentity Model) : ImageEvent;

/// <param name="Index">Of the picture.</param>
/// <param name="Step">How many of its steps are done.</param>
/// <param name="Preview">A PNG of what there is; empty unless it was asked for.</param>
public sealed record ImageProgress(int Index, int Step, int Steps, ReadOnlyMemory<byte> Preview) : ImageEvent;

/// <param name="Index">Of the picture.</param>
/// <param name="Png">The picture.</param>
public sealed record ImageFinished(int Index, ReadOnlyMemory<byte> Png, ulong Seed, TimeSpan Queue, TimeSpan Total) : ImageEvent;
