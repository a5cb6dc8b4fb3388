namespace Sensorium.Media.Sources;

/// <summary>
/// A process's own folder for temporary files, held by a lock. Folders whose owner has died (their lock is free) are removed
/// when a new one is made, so that a crash leaves nothing for longer than until the next start.
/// </summary>
internal sealed class StoreFolder : IDisposable
{
    private const string Prefix = "sensorium-media-";
    private const string LockName = ".lock";
    private readonly FileStream _lock;

    public StoreFolder(string parent)
    {
        parent = string.IsNullOrEmpty(parent) ? System.IO.Path.GetTempPath() : parent;
        Directory.CreateDirectory(parent);
        RemoveAbandoned(parent);
        Path = System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));

        // Takes its name only when it is locked: until then another process that starts would think it abandoned.
        var unnamed = System.IO.Path.Combine(parent, "new-" + System.IO.Path.GetFileName(Path));
        Directory.CreateDirectory(unnamed);
        _lock = Lock(unnamed, FileMode.CreateNew);
        Directory.Move(unnamed, Path);
    }

    public string Path { get; }

    public void Dispose()
    {
        Remove(Path);
        _lock.Dispose();
    }

    private static FileStream Lock(string folder, FileMode mode) =>
        new(System.IO.Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static void RemoveAbandoned(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                // What has no lock file is somebody else's.
                using var abandoned = Lock(folder, FileMode.Open);
                Remove(folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Its owner lives, or it belongs to another user.
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody tidied up before.
        }
    }
}
