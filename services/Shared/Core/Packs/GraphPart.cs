namespace Sensorium.Core.Packs;

/// <summary>A bare graph: the whole of its model.</summary>
public sealed class GraphPart : PackPart
{
    internal GraphPart(ModelFiles files, GraphManifest manifest)
        : base(files, "", manifest.Folder) => Version = manifest.Folder.Length > 0 ? manifest.Folder : "1";

    /// <summary>Name of every graph of this kind, without its ending.</summary>
    public static string Graph => "model";

    /// <summary>Of the folder that the graph lies in; "1" where it has none.</summary>
    public string Version { get; }

    public override IEnumerable<string> Graphs => [Graph];
}
