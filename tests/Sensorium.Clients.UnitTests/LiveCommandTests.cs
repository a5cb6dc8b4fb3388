using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Cli.Commands.Live;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class LiveCommandTests : GatewayFixture
{
    private static readonly LiveEvent Finished = new() { Finished = new LiveProgress { Frames = new LiveCount { Offered = 3, Done = 2, Skipped = 1 } } };

    [Fact]
    public async Task Frames_of_a_file_are_sent_with_what_is_asked_about_them()
    {
        Gateway.LiveEvents = [Finished];

        var (exitCode, _, error) = await RunAsync(
            "live", WriteFile("photo.bmp", Bitmap), "-w", "a dog", "--look-for", "a cat", "--listen-for", "a bell", "--min-similarity", "0.3", "--min-rise", "0.03", "--sounds", "rain, a bell", "--transcribe", "--decider", "light", "--every", "2");

        Assert.True(exitCode == 0, error);
        var header = Gateway.Lives[0].Header;
        Assert.Equal(
            [("a dog", Modality.Unspecified), ("a cat", Modality.Image), ("a bell", Modality.Audio)], header.Watch.Select(words => (words.Name, words.Modality)));
        Assert.All(header.Watch, words => Assert.Equal((0.3f, 0.03f), (words.MinSimilarity, words.MinRise)));
        Assert.Equal(["rain", "a bell"], header.SoundEvents.Labels.Select(label => label.Name));
        Assert.Equal(("light", 2), (header.Decisions.Decider, header.Captions.Interval.Seconds));
        Assert.NotNull(header.Transcript);
        Assert.Equal((16_000, LiveSoundEncoding.PcmS16), (header.Sound.SampleRate, header.Sound.Encoding));
        var frame = Assert.Single(Gateway.Lives.Skip(1)).Frame;
        Assert.Equal((0, true), (frame.Time.Seconds, frame.Data.Span.StartsWith<byte>([0xFF, 0xD8])));
        Assert.Contains("frames 2 of 3 looked at, 1 skipped", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_of_a_file_is_sent_as_samples()
    {
        Gateway.LiveEvents = [Finished];

        var (exitCode, _, error) = await RunAsync("live", WriteFile("sound.wav", Wave(4_000)), "--no-captions");

        Assert.True(exitCode == 0, error);
        Assert.Null(Gateway.Lives[0].Header.Captions);
        var sounds = Gateway.Lives.Skip(1).Select(message => message.Sound).ToArray();
        Assert.Equal([0, 0.1, 0.2], sounds.Select(sound => sound.Time.ToTimeSpan().TotalSeconds));
        Assert.Equal(8_000, sounds.Sum(sound => sound.Samples.Length));
    }

    [Fact]
    public async Task What_is_noticed_is_written_with_when_it_is_and_how_late()
    {
        Gateway.LiveEvents =
        [
            Event(61.5, said => said.Caption = new LiveCaption { Text = "a dog runs" }),
            Event(62, said => said.Alert = new LiveAlert { Name = "a dog", Modality = Modality.Audio, Ended = true }),
            Event(63, said => said.Heard = new LiveHeard()),
            Finished,
        ];
        var photo = WriteFile("photo.bmp", Bitmap);

        var lines = (await RunAsync("live", photo)).Output.Split(Environment.NewLine);
        var json = (await RunAsync("live", photo, "--json")).Output.Split(Environment.NewLine);

        Assert.Equal(["[00:01:01.50 +0.25 s] caption: a dog runs", "[00:01:02.00 +0.25 s] heard: a dog (ended)", "[00:01:03.00 +0.25 s] sound: none of them", ""], lines);
        using var alert = JsonDocument.Parse(json[1]);
        Assert.True(alert.RootElement.GetProperty("details").GetProperty("ended").GetBoolean());
        using var finished = JsonDocument.Parse(json[3]);
        Assert.Equal(1, finished.RootElement.GetProperty("details").GetProperty("frames").GetProperty("skipped").GetInt64());
    }

    [Fact]
    public async Task What_cannot_be_watched_is_told()
    {
        Assert.Equal(2, (await RunAsync("live", "nowhere.mp4")).ExitCode);
        Assert.Equal(2, (await RunAsync("live", WriteFile("photo.bmp", Bitmap), "--fps", "0")).ExitCode);
        var (exitCode, _, error) = await RunAsync("live", WriteFile("note.txt", "no medium"u8.ToArray()));
        Assert.Equal((2, true), (exitCode, error.Contains("nothing to see and nothing to hear", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Pictures_are_told_apart_wherever_they_are_cut()
    {
        byte[] first = [0xFF, 0xD8, 1, 0xFF, 0, 2, 0xFF, 0xD9];
        byte[] second = [0xFF, 0xD8, 3, 0xFF, 0xD9];
        using var stream = new ByByte([.. first, .. second, 0xFF]);

        Assert.Equal([first, second], await JpegReader.ReadAsync(stream, TestEnd).ToArrayAsync(TestEnd));
    }

    // 16 x 16 pixels of 24 bits.
    private static byte[] Bitmap
    {
        get
        {
            byte[] file = [.. "BM"u8, 54, 3, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 16, 0, 0, 0, 16, 0, 0, 0, 1, 0, 24, .. new byte[25], .. new byte[768]];
            return file;
        }
    }

    private static LiveEvent Event(double seconds, Action<LiveEvent> say)
    {
        var time = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds));
        var said = new LiveEvent { Range = new TimeRange { Start = time, End = time }, Lateness = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(250)) };
        say(said);
        return said;
    }

    private static byte[] Wave(int samples)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + (2 * samples));
        writer.Write("WAVEfmt "u8);
        writer.Write([16, 0, 0, 0, 1, 0, 1, 0]);
        writer.Write(16_000);
        writer.Write(32_000);
        writer.Write([2, 0, 16, 0]);
        writer.Write("data"u8);
        writer.Write(2 * samples);
        writer.Write(new byte[2 * samples]);
        return file.ToArray();
    }

    private sealed class ByByte(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
