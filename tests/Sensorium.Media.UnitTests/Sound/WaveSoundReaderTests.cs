using System.Runtime.CompilerServices;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Sound;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.Media.UnitTests.Sound;

public sealed class WaveSoundReaderTests : IDisposable
{
    private const int Rate = 16000;
    private readonly MediaServices _services = new();
    private readonly Others _others = new();

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.5, null)]
    [InlineData(0.25, 1.75)]
    [InlineData(1.9, 5.0)]
    public async Task Samples_are_those_that_ffmpeg_reads(double? from, double? until)
    {
        var content = MediaServices.Loaded(Wave("wanted.wav", "-ac", "1", "-ar", "16000"));
        var range = from is null ? null : (TimeRange?)new TimeRange(TimeSpan.FromSeconds(from.Value), until is null ? null : TimeSpan.FromSeconds(until.Value));

        var actual = await ReadAsync(new WaveSoundReader(_others), content, range);

        Assert.Equal(await ReadAsync(_services.Get<SoundReader>(), content, range), actual);
        Assert.NotEmpty(actual);
        Assert.Equal(0, _others.Calls);
    }

    [Theory]
    [InlineData("stereo.wav", "-ac", "2", "-ar", "16000")]
    [InlineData("fast.wav", "-ac", "1", "-ar", "44100")]
    [InlineData("float.wav", "-ar", "16000", "-c:a", "pcm_f32le")]
    [InlineData("adpcm.wav", "-ar", "16000", "-c:a", "adpcm_ms")]
    public async Task All_else_is_left_to_ffmpeg(string name, params string[] options)
    {
        await ReadAsync(new WaveSoundReader(_others), MediaServices.Loaded(Wave(name, options)), null);

        Assert.Equal(1, _others.Calls);
    }

    [Fact]
    public async Task What_only_begins_like_a_wave_is_left_to_ffmpeg()
    {
        var bytes = File.ReadAllBytes(Wave("wanted.wav", "-ac", "1", "-ar", "16000"));
        for (var length = 0; length < 44; length++)
        {
            await ReadAsync(new WaveSoundReader(_others), MediaServices.Bytes(bytes[..length]), null);
        }

        Assert.Equal(44, _others.Calls);
    }

    [Fact]
    public async Task A_recording_that_was_cut_off_gives_what_it_has()
    {
        var bytes = File.ReadAllBytes(Wave("wanted.wav", "-ac", "1", "-ar", "16000"));
        var header = WaveHeader.TryRead(new MemoryStream(bytes))!.Value;

        var samples = await ReadAsync(new WaveSoundReader(_others), MediaServices.Bytes(bytes[..((int)header.DataOffset + 2001)]), null);

        Assert.Equal(1000, samples.Length);
    }

    [Theory]
    [InlineData(0u, false)]
    [InlineData(999u, false)]
    [InlineData(1000u, false)]
    [InlineData(1001u, true)]
    [InlineData(0x7ffff000u, false)]
    [InlineData(0xffffffffu, false)]
    public async Task A_length_beyond_the_end_is_told_unless_it_means_unknown(uint length, bool told)
    {
        var bytes = File.ReadAllBytes(Wave("wanted.wav", "-ac", "1", "-ar", "16000"));
        var offset = (int)WaveHeader.TryRead(new MemoryStream(bytes))!.Value.DataOffset;
        BitConverter.TryWriteBytes(bytes.AsSpan(offset - 4), length);
        var report = new DecodingReport();

        await ReadAsync(new WaveSoundReader(_others), MediaServices.Bytes(bytes[..(offset + 1000)]), null, report);

        Assert.Equal(told, report.Damage is not null);
    }

    [Theory]
    [InlineData(0x7fffffffu)]
    [InlineData(0xffffffffu)]
    [InlineData(100u)]
    public void A_chunk_that_is_longer_than_the_file_is_no_header(uint length)
    {
        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVEjunk"u8, .. BitConverter.GetBytes(length), 1, 2, 3];

        Assert.Null(WaveHeader.TryRead(new MemoryStream(file)));
    }

    [Fact]
    public void No_change_of_a_byte_makes_reading_the_header_fail()
    {
        var file = File.ReadAllBytes(Wave("mono16k.wav", "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le"));
        var random = new Random(18);
        for (var i = 0; i < 2000; i++)
        {
            var changed = file[..256];
            for (var n = 0; n < 3; n++)
            {
                changed[random.Next(80)] = (byte)random.Next(256);
            }

            var header = WaveHeader.TryRead(new MemoryStream(changed));
            Assert.True(header is not { } known || known.DataOffset + known.DataBytes <= changed.Length);
        }
    }

    public void Dispose() => _services.Dispose();

    private static string Wave(string name, params string[] options) => TestMedia.Make(name, ["-i", TestMedia.Sound(2, "flac"), .. options]);

    private static async Task<float[]> ReadAsync(ISoundReader reader, IMediaContent content, TimeRange? range, DecodingReport? report = null)
    {
        var samples = new List<float>();
        await foreach (var block in reader.ReadAsync(content, range, Rate, 5000, report, TestContext.Current.CancellationToken))
        {
            samples.AddRange(block.Span);
        }

        return [.. samples];
    }

    private sealed class Others : ISoundReader
    {
        public int Calls { get; private set; }

        public async IAsyncEnumerable<ReadOnlyMemory<float>> ReadAsync(
            IMediaContent content, TimeRange? range, int sampleRate, int blockSamples, DecodingReport? report, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Calls++;
            await Task.CompletedTask;
            yield break;
        }
    }
}
