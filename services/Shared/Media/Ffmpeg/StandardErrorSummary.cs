using System.Text.RegularExpressions;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Reads all that a process says on standard error, so that it never blocks, and keeps a little of it.</summary>
internal static partial class StandardErrorSummary
{
    private const int MaxLength = 600;

    public static async Task<string> ReadAsync(TextReader reader)
    {
        var kept = new char[MaxLength];
        var length = 0;
        var block = new char[1024];
        while (await reader.ReadAsync(block.AsMemory()) is var count and > 0)
        {
            var copied = Math.Min(count, MaxLength - length);
            block.AsSpan(0, copied).CopyTo(kept.AsSpan(length));
            length += copied;
        }

        return Clean(new string(kept, 0, length));
    }

    /// <summary>One line without addresses of memory and without paths of this machine.</summary>
    public static string Clean(string text) => string.Join(
        "; ",
        Path().Replace(Component().Replace(text, ""), "the medium")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct());

    [GeneratedRegex(@"\[[^\]\n]*@ 0x[0-9a-f]+\]\s*")]
    private static partial Regex Component();

    [GeneratedRegex(@"(file:)?/[^\s:'""]+")]
    private static partial Regex Path();
}
