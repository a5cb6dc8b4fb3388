namespace Sensorium.Onnx.Sessions;

/// <summary>Looks for bytes in files that are too large to be read at once for that.</summary>
internal static class FileSearch
{
    private const int Part = 1 << 16;

    /// <summary>Whether each of the words is in the file.</summary>
    public static bool[] Contains(string path, params byte[][] words)
    {
        var found = new bool[words.Length];
        var overlap = words.Max(word => word.Length) - 1;
        var buffer = new byte[overlap + Part];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var kept = 0;
        for (var read = file.Read(buffer); read > 0; read = file.Read(buffer.AsSpan(kept)))
        {
            var seen = buffer.AsSpan(0, kept + read);
            for (var i = 0; i < words.Length; i++)
            {
                found[i] |= seen.IndexOf(words[i]) >= 0;
            }

            // A word may begin in this part and end in the next one.
            kept = Math.Min(overlap, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }

        return found;
    }
}
