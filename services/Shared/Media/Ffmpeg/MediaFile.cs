using Sensorium.Core.Media;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// Content as a file, for programs that seek. Content in memory is written to a temporary file that lives as long as this:
/// many containers (an MP4 whose index stands at its end) cannot be read from a pipe.
/// </summary>
internal sealed class MediaFile : IAsyncDisposable
{
    private readonly bool _temporary;

    private MediaFile(string path, bool temporary)
    {
        (Path, _temporary) = (path, temporary);
    }

    public string Path { get; }

    public static async ValueTask<MediaFile> OpenAsync(IMediaContent content, StoreFolder folder, CancellationToken cancellationToken)
    {
        if (content.SizeBytes == 0)
        {
            throw MediaError.Empty();
        }

        if (content.FilePath is { } path)
        {
            return new MediaFile(path, temporary: false);
        }

        var file = new MediaFile(System.IO.Path.Combine(folder.Path, Guid.NewGuid().ToString("N") + ".spool"), temporary: true);
        try
        {
            await File.WriteAllBytesAsync(file.Path, content.Memory!.Value, cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_temporary)
        {
            File.Delete(Path);
        }

        return ValueTask.CompletedTask;
    }
}
