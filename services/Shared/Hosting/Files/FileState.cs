namespace Sensorium.Hosting.Files;

/// <summary>What tells two versions of a file apart without reading it.</summary>
internal readonly record struct FileState(DateTime Written, long Length)
{
    /// <summary>
    /// Of the file that a link leads to. Kubernetes mounts Secrets as links to links and replaces the inner ones: the time of
    /// the link that a setting names never changes.
    /// </summary>
    public static FileState Of(string path)
    {
        try
        {
            var target = (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
            return target.Exists ? new FileState(target.LastWriteTimeUtc, target.Length) : default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
