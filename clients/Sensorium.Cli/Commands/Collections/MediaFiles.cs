using System.Security.Cryptography;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>Files of a folder, named by their paths within it.</summary>
internal static class MediaFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System };

    /// <summary>In the order of their names. What begins with a dot is left out.</summary>
    public static IReadOnlyList<(string Id, string Path)> Find(string folder)
    {
        if (File.Exists(folder))
        {
            return [(Path.GetFileName(folder), folder)];
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such file or folder");
        }

        return
        [
            .. Directory.EnumerateFiles(folder, "*", Everything)
                .Select(path => (Id: Path.GetRelativePath(folder, path).Replace('\\', '/'), path))
                .Where(file => !file.Id.Split('/').Any(part => part.StartsWith('.')))
                .OrderBy(file => file.Id, StringComparer.Ordinal),
        ];
    }

    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
