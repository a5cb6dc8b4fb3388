using System.Runtime.CompilerServices;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Keeps frames in a temporary file until ffmpeg makes a clip of them: the program may read files and write none.</summary>
internal sealed class VideoWriter(FfmpegRunner runner, StoreFolder folder) : IVideoWriter
{
    private const int BlockBytes = 256 << 10;

    public IVideoDraft Begin(int width, int height, double framesPerSecond) => new Draft(runner, folder, width, height, framesPerSecond);

    private sealed class Draft(FfmpegRunner runner, StoreFolder folder, int width, int height, double framesPerSecond) : IVideoDraft
    {
        private readonly string _path = Path.Combine(folder.Path, Guid.NewGuid().ToString("N") + ".frames");
        private FileStream? _frames;
        private int _count;

        public async Task AddAsync(ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken)
        {
            _frames ??= new FileStream(_path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous });
            await _frames.WriteAsync(rgb, cancellationToken);
            _count++;
        }

        public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(IMediaContent? sound, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await CloseAsync();
            await using var track = sound is null ? null : await MediaFile.OpenAsync(sound, folder, cancellationToken);
            var arguments = FfmpegCommands.Clip(_path, width, height, framesPerSecond, track?.Path, TimeSpan.FromSeconds(_count / framesPerSecond), runner.Options.ThreadsPerProcess);
            await using var process = await runner.StartFfmpegAsync(arguments, cancellationToken);
            var block = new byte[BlockBytes];
            int count;
            do
            {
                count = await process.ReadBlockAsync(block);
                yield return block.AsMemory(0, count);
            }
            while (count == block.Length);

            // A clip that ends early is none.
            if (await process.FinishAsync() is { } problem)
            {
                throw new SensoriumException(ErrorCode.Internal, ErrorReasons.InternalFault, $"ffmpeg could not make the clip: {problem}");
            }
        }

        public async ValueTask DisposeAsync()
        {
            await CloseAsync();
            File.Delete(_path);
        }

        private async ValueTask CloseAsync()
        {
            if (_frames is not null)
            {
                await _frames.DisposeAsync();
                _frames = null;
            }
        }
    }
}
