using System.Buffers;
using Sensorium.Core.Media;

namespace Sensorium.Video.Preprocessing;

/// <summary>The tensor of one clip.</summary>
/// <param name="IsComplete">Each moment had a frame of its own; otherwise the last one stands for the rest.</param>
internal sealed record PreparedClip(TimeRange Range, IMemoryOwner<float> Owner, bool IsComplete) : IDisposable
{
    public void Dispose() => Owner.Dispose();
}
