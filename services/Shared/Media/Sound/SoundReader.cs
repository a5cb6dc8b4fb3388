using System.Runtime.CompilerServices;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Sound;

internal sealed class SoundReader(FfmpegRunner runner, StoreFolder folder) : ISoundReader
{
    public async IAsyncEnumerable<ReadOnlyMemory<float>> ReadAsync(
        IMediaContent content,
        TimeRange? range,
        int sampleRate,
        int blockSamples,
        DecodingReport? report,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = await MediaFile.OpenAsync(content, folder, cancellationToken);
        var arguments = FfmpegCommands.Sound(file.Path, range, sampleRate, runner.Options.ThreadsPerProcess);
        await using var process = await runner.StartFfmpegAsync(arguments, cancellationToken);
        var bytes = new byte[blockSamples * sizeof(short)];
        var samples = new float[blockSamples];
        var any = false;
        int count;
        do
        {
            count = await process.ReadBlockAsync(bytes) / sizeof(short);
            if (count > 0)
            {
                any = true;
                PcmSamples.Convert(bytes.AsSpan(0, count * sizeof(short)), samples);
                yield return samples.AsMemory(0, count);
            }
        }
        while (count == blockSamples);

        // What was decoded before an error is used, and told; nothing at all is the medium's fault.
        var problem = await process.FinishAsync();
        if (problem is not null && !any)
        {
            throw MediaProber.Explain(problem);
        }

        report?.Add(process.Errors, problem);
    }
}
