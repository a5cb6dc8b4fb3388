using Sensorium.Core.Packs;

namespace Sensorium.Testing.Shared.Models;

/// <summary>The pack that the repository brings.</summary>
public static class BundledPack
{
    private static readonly Lazy<ModelPack> Pack = new(() => ModelPack.Load(Path.Combine(RepositoryRoot(), "models", "sensorium-mini")));

    public static ModelPack Instance => Pack.Value;

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Services.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests has Services.sln.");
    }
}
