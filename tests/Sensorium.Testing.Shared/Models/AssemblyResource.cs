using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sensorium.Testing.Shared.Models;

/// <summary>Reads resources of an assembly without loading it.</summary>
internal static class AssemblyResource
{
    /// <summary>The one resource whose name ends so.</summary>
    public static void CopyTo(string assembly, string nameEnd, Stream target)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var metadata = image.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource)
            .Single(candidate => metadata.GetString(candidate.Name).EndsWith(nameEnd, StringComparison.Ordinal));
        var start = image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress;
        var reader = image.GetSectionData(start).GetReader();
        reader.Offset = checked((int)resource.Offset);
        target.Write(reader.ReadBytes(reader.ReadInt32()));
    }
}
