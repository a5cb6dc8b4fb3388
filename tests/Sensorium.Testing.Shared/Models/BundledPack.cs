using Sensorium.Core.Packs;

namespace Sensorium.Testing.Shared.Models;

/// <summary>The pack that the repository brings, and what it brings beside it.</summary>
public static class BundledPack
{
    private static readonly Lazy<ModelPack> Pack = new(() => ModelPack.Load(Folder));

    public static string Folder => Path.Combine(SourceTree.Root, "models", "sensorium-mini");

    /// <summary>Folder of the model that makes pictures.</summary>
    public static string PictureModel => Path.Combine(SourceTree.Root, "models", "sensorium-draw");

    public static ModelPack Instance => Pack.Value;
}
