using System.Buffers.Binary;

namespace Sensorium.Bench.Pictures;

/// <summary>Short sounds as WAV: a tone that glides, in noise; every number gives another.</summary>
internal static class SoundMaker
{
    private const int Rate = 16_000;
    private const int HeaderBytes = 44;

    public static byte[] Make(int seconds, int number)
    {
        var samples = seconds * Rate;
        var file = new byte[HeaderBytes + (samples * sizeof(short))];
        WriteHeader(file, samples * sizeof(short));
        var random = new Random(number);
        var start = 200 + random.Next(800);
        for (var i = 0; i < samples; i++)
        {
            var time = (double)i / Rate;
            var value = (6000 * Math.Sin(2 * Math.PI * (start + (300 * time)) * time)) + random.Next(-1500, 1500);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderBytes + (i * sizeof(short))), (short)value);
        }

        return file;
    }

    private static void WriteHeader(Span<byte> file, int dataBytes)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], HeaderBytes - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], Rate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 16);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], dataBytes);
    }
}
