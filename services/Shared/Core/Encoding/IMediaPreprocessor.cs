using System.Buffers;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Encoding;

/// <summary>Turns one medium into inputs of the model. Called on bounded workers, never on serving threads.</summary>
public interface IMediaPreprocessor
{
    /// <summary>SHA-256 of every parameter that changes the result; part of the cache key.</summary>
    string Digest { get; }

    /// <summary>
    /// Segments one by one, so that memory stays constant in the length of the medium. Throws
    /// <see cref="SensoriumException"/> for media that cannot be used.
    /// </summary>
    IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item,
        IMediaContent content,
        PreprocessingRequest request,
        CancellationToken cancellationToken);
}

/// <param name="MaxSegments">At most this many segments, evenly chosen over the medium.</param>
/// <param name="Summary">Filled in while the segments are read.</param>
public sealed record PreprocessingRequest(int MaxSegments, PreprocessingSummary Summary)
{
    public TextReading Text { get; init; } = TextReading.Plain;
}

/// <summary>Facts about a medium that are known only after it has been read.</summary>
public sealed class PreprocessingSummary
{
    public int SegmentsAvailable { get; set; }

    public bool Truncated { get; set; }

    public TimeSpan? Duration { get; set; }

    public List<MediaWarning> Warnings { get; } = [];
}

/// <summary>One input of the model.</summary>
/// <param name="Range">Null for text and pictures.</param>
/// <param name="WorkUnits">Tokens, patches or mel frames: what the batcher counts.</param>
public sealed record PreparedSegment(TimeRange? Range, ModelInput Input, int WorkUnits)
{
    /// <summary>Null if it is not a part of a picture that was cut.</summary>
    public Tile? Tile { get; init; }
}

/// <summary>A tensor without its batch dimension.</summary>
public abstract record ModelInput;

/// <summary>Token ids, [tokens].</summary>
public sealed record TokenInput(long[] Ids) : ModelInput
{
    /// <summary>0 for the first text of a pair, 1 for the second; null if there is one text alone.</summary>
    public long[]? TypeIds { get; init; }
}

/// <summary>Row-major float32, as [3, height, width], [mels, frames] or [frames, 3, height, width].</summary>
public sealed record FloatInput(int[] Shape, ReadOnlyMemory<float> Data) : ModelInput
{
    /// <summary>Gives the buffer back to its pool after the model has read it; null if it is not pooled.</summary>
    public IDisposable? Owner { get; init; }

    /// <summary>In a pooled buffer, which goes back at once if it cannot be filled.</summary>
    /// <param name="shape">As <see cref="Shape"/>.</param>
    /// <param name="fill">Writes all numbers.</param>
    public static FloatInput Pooled(int[] shape, Action<Span<float>> fill)
    {
        var length = shape.Aggregate(1, (product, size) => product * size);
        var owner = MemoryPool<float>.Shared.Rent(length);
        try
        {
            fill(owner.Memory.Span[..length]);
        }
        catch
        {
            owner.Dispose();
            throw;
        }

        return new FloatInput(shape, owner.Memory[..length]) { Owner = owner };
    }
}
