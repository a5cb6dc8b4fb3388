using Sensorium.Core.Packs;

namespace Sensorium.Testing.Shared.Models;

/// <summary>The pack that the repository brings.</summary>
public static class BundledPack
{
    private static readonly Lazy<ModelPack> Pack = new(() => ModelPack.Load(Folder));

    public static string Folder => Path.Combine(SourceTree.Root, "models", "sensorium-mini");

    public static ModelPack Instance => Pack.Value;
}
