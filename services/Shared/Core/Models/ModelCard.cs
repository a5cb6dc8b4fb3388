namespace Sensorium.Core.Models;

/// <summary>What the front matter of a model's README.md says of it; nothing where there is none.</summary>
internal sealed record ModelCard(string License, IReadOnlyList<string> Languages)
{
    private const string Fence = "---";
    private const int MostLines = 1000;

    // Says of itself that it is not one language.
    private static readonly string[] AnyLanguage = ["multilingual", "code", "universal"];

    public static ModelCard Read(string folder)
    {
        var path = Path.Combine(folder, "README.md");
        string[] lines = File.Exists(path) ? [.. File.ReadLines(path).Take(MostLines)] : [];
        if (lines.Length == 0 || lines[0].Trim() != Fence)
        {
            return new ModelCard("", []);
        }

        string[] front = [.. lines.Skip(1).TakeWhile(line => line.Trim() != Fence)];
        string[] languages = [.. ValuesOf(front, "language:")];
        return new ModelCard(ValuesOf(front, "license:").FirstOrDefault() ?? "", languages.Any(AnyLanguage.Contains) ? [] : languages);
    }

    // "key: value", "key: [a, b]", or one "- value" a line below the key.
    private static IEnumerable<string> ValuesOf(string[] front, string key)
    {
        var at = Array.FindIndex(front, line => line.StartsWith(key, StringComparison.Ordinal));
        if (at < 0)
        {
            return [];
        }

        var here = Plain(front[at][key.Length..]);
        return here.Length > 0
            ? here.Trim('[', ']').Split(',').Select(Plain)
            : front.Skip(at + 1).TakeWhile(line => line.TrimStart().StartsWith("- ", StringComparison.Ordinal)).Select(line => Plain(line.TrimStart()[2..]));
    }

    private static string Plain(string value) => value.Trim().Trim('"', '\'');
}
