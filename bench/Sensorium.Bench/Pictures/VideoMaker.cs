using System.Buffers.Binary;
using System.Diagnostics;

namespace Sensorium.Bench.Pictures;

/// <summary>A short video with sound, made once by ffmpeg from its test sources.</summary>
internal static class VideoMaker
{
    public static byte[] MakeOrRead(string folder)
    {
        var path = Path.Combine(folder, "clip.mp4");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            var command = $"-v error -f lavfi -i testsrc2=size=320x240:rate=12:duration=2 -f lavfi -i sine=frequency=440:duration=2 -pix_fmt yuv420p -shortest {path}";
            using var process = Process.Start("ffmpeg", command);
            process.WaitForExit();
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>The same video with a box at its end that players skip and no other copy has.</summary>
    public static byte[] Distinct(byte[] video, int number)
    {
        var copy = new byte[video.Length + 16];
        video.CopyTo(copy, 0);
        BinaryPrimitives.WriteInt32BigEndian(copy.AsSpan(video.Length), 16);
        "free"u8.CopyTo(copy.AsSpan(video.Length + 4));
        BinaryPrimitives.WriteInt64BigEndian(copy.AsSpan(video.Length + 8), number);
        return copy;
    }
}
