using Sensorium.Core.Media;

namespace Sensorium.Media.Sources;

/// <summary>Content that lies in a file.</summary>
/// <param name="release">Called once, at disposal: gives back a lease, or deletes the file.</param>
internal sealed class FileMediaContent(string path, string sha256, long sizeBytes, Action release) : IMediaContent
{
    private Action? _release = release;

    public string Sha256 => sha256;

    public long SizeBytes => sizeBytes;

    public ReadOnlyMemory<byte>? Memory => null;

    public string? FilePath => path;

    public Stream OpenRead() => new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _release, null)?.Invoke();
        return ValueTask.CompletedTask;
    }
}
