using System.Collections.Frozen;

namespace Sensorium.Client;

/// <summary>Files of words: nothing in their bytes tells a server so, unlike pictures, sounds and clips.</summary>
internal static class TextFiles
{
    private static readonly FrozenSet<string> Endings = new[]
    {
        ".txt", ".text", ".md", ".markdown", ".rst", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".html", ".htm", ".yaml", ".yml", ".log", ".srt", ".vtt",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsOne(string path) => Endings.Contains(Path.GetExtension(path));
}
