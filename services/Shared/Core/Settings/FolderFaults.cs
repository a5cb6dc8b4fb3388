namespace Sensorium.Core.Settings;

/// <summary>What is wrong with a folder that a setting names, for the rest of a sentence that begins with the setting; null if nothing is.</summary>
public static class FolderFaults
{
    /// <summary>Of one that is read.</summary>
    public static string? OfRead(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return File.Exists(folder) ? $"names \"{folder}\", which is a file and no folder" : $"names \"{folder}\", and there is no such folder";
        }

        return Try(folder, "read", () => Directory.EnumerateFileSystemEntries(folder).Any());
    }

    /// <summary>Of one that is written to, and made if it is not there.</summary>
    public static string? OfWritten(string folder) => Try(folder, "written to", () =>
    {
        var there = Path.GetFullPath(folder);
        while (!Path.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }

        var probe = Path.Combine(there, $".{Guid.NewGuid():N}");
        using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose))
        {
            return true;
        }
    });

    private static string? Try(string folder, string what, Func<bool> act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"names \"{folder}\", which cannot be {what}: {error.Message.TrimEnd('.')}";
        }
    }
}
