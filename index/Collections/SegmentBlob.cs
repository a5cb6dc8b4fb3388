using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sensorium.Core.Media;

namespace Sensorium.Index.Collections;

/// <summary>All segments of an item in one value, so that a server replaces them at one moment: places first, then vectors.</summary>
internal static class SegmentBlob
{
    private const int PlaceBytes = 20;
    private const long None = -1;

    public static byte[] Write(IReadOnlyList<ItemSegment> segments, int width)
    {
        var blob = new byte[segments.Count * (PlaceBytes + (width * sizeof(float)))];
        for (var i = 0; i < segments.Count; i++)
        {
            var place = blob.AsSpan(i * PlaceBytes, PlaceBytes);
            BinaryPrimitives.WriteInt64LittleEndian(place, segments[i].Range?.Start.Ticks ?? None);
            BinaryPrimitives.WriteInt64LittleEndian(place[8..], segments[i].Range?.End?.Ticks ?? None);
            BinaryPrimitives.WriteInt32LittleEndian(place[16..], (int)segments[i].Track);
            MemoryMarshal.AsBytes(segments[i].Vector.Span).CopyTo(blob.AsSpan((segments.Count * PlaceBytes) + (i * width * sizeof(float))));
        }

        return blob;
    }

    public static List<ItemSegment> Read(byte[] blob, int width)
    {
        var count = Count(blob.Length, width);
        var vectors = MemoryMarshal.Cast<byte, float>(blob.AsSpan(count * PlaceBytes)).ToArray();
        var segments = new List<ItemSegment>(count);
        for (var i = 0; i < count; i++)
        {
            var place = blob.AsSpan(i * PlaceBytes, PlaceBytes);
            var start = BinaryPrimitives.ReadInt64LittleEndian(place);
            var end = BinaryPrimitives.ReadInt64LittleEndian(place[8..]);
            TimeRange? range = start == None ? null : new TimeRange(TimeSpan.FromTicks(start), end == None ? null : TimeSpan.FromTicks(end));
            segments.Add(new ItemSegment(range, (MediaTrack)BinaryPrimitives.ReadInt32LittleEndian(place[16..]), vectors.AsMemory(i * width, width)));
        }

        return segments;
    }

    public static int Count(long bytes, int width) => (int)(bytes / (PlaceBytes + (width * sizeof(float))));
}
