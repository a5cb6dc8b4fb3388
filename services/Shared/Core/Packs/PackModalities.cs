using Sensorium.Core.Media;

namespace Sensorium.Core.Packs;

/// <summary>The manifest's names of modalities.</summary>
internal static class PackModalities
{
    private static readonly Dictionary<string, Modality> ByName = new()
    {
        ["text"] = Modality.Text,
        ["vision"] = Modality.Image,
        ["audio"] = Modality.Audio,
        ["video"] = Modality.Video,
    };

    public static string Names { get; } = string.Join(", ", ByName.Keys.Select(name => $"'{name}'"));

    public static bool Contains(string name) => ByName.ContainsKey(name);

    public static Modality Parse(string name) => ByName[name];
}
