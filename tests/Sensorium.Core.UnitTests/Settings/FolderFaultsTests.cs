using Sensorium.Core.Settings;
using Xunit;

namespace Sensorium.Core.UnitTests.Settings;

public sealed class FolderFaultsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sensorium-folders-").FullName;

    private string File
    {
        get
        {
            var path = Path.Combine(_folder, "file");
            System.IO.File.WriteAllText(path, "");
            return path;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_that_is_read_is_there()
    {
        Assert.Null(FolderFaults.OfRead(_folder));
        Assert.Equal($"names \"{File}\", which is a file and no folder", FolderFaults.OfRead(File));
        Assert.Equal($"names \"{_folder}/none\", and there is no such folder", FolderFaults.OfRead($"{_folder}/none"));
    }

    [Fact]
    public void A_folder_that_is_written_to_can_be_made()
    {
        Assert.Null(FolderFaults.OfWritten(_folder));
        Assert.Null(FolderFaults.OfWritten($"{_folder}/a/b"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        Assert.StartsWith($"names \"{File}\", which cannot be written to: ", FolderFaults.OfWritten(File), StringComparison.Ordinal);
        Assert.StartsWith($"names \"{File}/a\", which cannot be written to: ", FolderFaults.OfWritten($"{File}/a"), StringComparison.Ordinal);
        Assert.StartsWith("names \"/proc/none\", which cannot be written to: ", FolderFaults.OfWritten("/proc/none"), StringComparison.Ordinal);
    }
}
