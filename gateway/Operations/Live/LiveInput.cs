using System.IO.Compression;
using Sensorium.Core.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>One message of a stream.</summary>
/// <param name="Time">The caller's.</param>
internal abstract record LiveInput(TimeSpan Time);

/// <param name="Data">A file, or the pixels if there is a size.</param>
/// <param name="Size">Null for a file.</param>
internal sealed record LiveFrame(TimeSpan Time, ReadOnlyMemory<byte> Data, RawSize? Size = null) : LiveInput(Time)
{
    /// <summary>As encoders read it. Pixels become a file only if they are looked at.</summary>
    public MediaItem ToItem() => new(
        "frame",
        new InlineSource(Size is { } size ? PngWriter.Write(Data.Span, size.Width, size.Height, CompressionLevel.NoCompression) : Data),
        Modality.Image);
}

/// <summary>Of rows of pixels of 3 bytes.</summary>
internal readonly record struct RawSize(int Width, int Height);

/// <param name="Time">Of its first sample.</param>
/// <param name="Samples">As the plan's format says.</param>
internal sealed record LiveSound(TimeSpan Time, ReadOnlyMemory<byte> Samples) : LiveInput(Time);
