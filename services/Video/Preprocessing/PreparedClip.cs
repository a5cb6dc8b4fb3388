using System.Buffers;
using Sensorium.Core.Media;

namespace Sensorium.Video.Preprocessing;

/// <summary>The tensor of one clip.</summary>
/// <param name="IsComplete">Frames came for each moment and nothing was wrong; otherwise the last one may stand for the rest.</param>
internal sealed record PreparedClip(TimeRange Range, int[] Shape, IMemoryOwner<float> Owner, bool IsComplete) : IDisposable
{
    public void Dispose() => Owner.Dispose();
}
