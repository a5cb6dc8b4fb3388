namespace Sensorium.Bench.Micro;

/// <summary>Finds models/sensorium-mini above the program.</summary>
internal static class BundledPack
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var pack = Path.Combine(folder.FullName, "models", "sensorium-mini");
            if (File.Exists(Path.Combine(pack, "pack.json")))
            {
                return pack;
            }
        }

        throw new DirectoryNotFoundException($"No models/sensorium-mini above {AppContext.BaseDirectory}.");
    }
}
