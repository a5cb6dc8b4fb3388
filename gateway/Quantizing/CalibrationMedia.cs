using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Quantizing;

/// <summary>Media of files and folders, read one at a time.</summary>
internal static class CalibrationMedia
{
    private const string Lines = ".txt";

    /// <summary>A file is a medium; each line of a .txt is a text; of a folder, every file in it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public static IEnumerable<MediaInput> Read(IEnumerable<string> paths) => paths.SelectMany(FilesOf).SelectMany(ReadFile);

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : File.Exists(path) ? [path] : throw new FileNotFoundException($"there is no file or folder '{path}'");

    private static IEnumerable<MediaInput> ReadFile(string path) => Path.GetExtension(path) == Lines
        ? File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => MediaInput.OfText(path, line))
        : [MediaInput.Read(path, "", () => new MediaItem("", new InlineSource(File.ReadAllBytes(path))))];
}
