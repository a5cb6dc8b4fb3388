using Sensorium.Client;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class SensoriumClientTests : GatewayFixture
{
    [Fact]
    public async Task Large_files_are_uploaded_in_chunks_and_passed_by_reference()
    {
        var content = new byte[100_001];
        new Random(1).NextBytes(content);
        using var client = new SensoriumClient(Address, new SensoriumClientOptions { InlineLimitBytes = 1_000, ChunkBytes = 30_000 });
        var progress = new Recorder();

        var media = await client.OpenFileAsync(WriteFile("large.bin", content), progress, TestEnd);

        Assert.Equal(content, Gateway.Uploaded.ToArray());
        Assert.Equal(content.Length, Gateway.UploadHeader!.SizeBytes);
        Assert.Equal(content.Length, media.Ref.SizeBytes);
        Assert.Equal([30_000, 60_000, 90_000, 100_001], progress.Reports.Select(report => report.SentBytes));
        Assert.All(progress.Reports, report => Assert.Equal(content.Length, report.TotalBytes));
    }

    [Fact]
    public async Task Small_files_travel_inline()
    {
        using var client = new SensoriumClient(Address);

        var media = await client.OpenFileAsync(WriteFile("small.bin", [7]), cancellationToken: TestEnd);

        Assert.Equal((Media.SourceOneofCase.Data, "small.bin"), (media.SourceCase, media.ItemId));
        Assert.Null(Gateway.UploadHeader);
    }

    [Theory]
    [InlineData("notes.txt", Modality.Text)]
    [InlineData("README.MD", Modality.Text)]
    [InlineData("subtitles.srt", Modality.Text)]
    [InlineData("dog.jpg", Modality.Unspecified)]
    [InlineData("nothing", Modality.Unspecified)]
    public async Task A_file_of_words_is_announced_as_one(string name, Modality expected)
    {
        using var client = new SensoriumClient(Address);

        Assert.Equal(expected, (await client.OpenFileAsync(WriteFile(name, "words"u8.ToArray()), cancellationToken: TestEnd)).Modality);
    }

    [Fact]
    public async Task Leaving_a_caption_early_ends_the_call()
    {
        Gateway.OnCaption = _ => Enumerable.Range(0, int.MaxValue).Select(_ => Events.Delta("x"));
        using var client = new SensoriumClient(Address);
        var seen = 0;

        await foreach (var _ in client.CaptionAsync(new CaptionRequest(), TestEnd))
        {
            if (++seen == 3)
            {
                break;
            }
        }

        Assert.Equal(3, seen);
        await Gateway.CaptionEnded.WaitAsync(TestEnd);
    }

    [Fact]
    public async Task Cancelling_is_reported_as_a_cancellation()
    {
        Gateway.OnCaption = _ => Enumerable.Range(0, int.MaxValue).Select(_ => Events.Delta("x"));
        using var client = new SensoriumClient(Address);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestEnd);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.CaptionAsync(new CaptionRequest(), source.Token))
            {
                await source.CancelAsync();
            }
        });
    }

    [Fact]
    public void Only_float_tensors_are_read_as_floats()
    {
        Assert.Equal([1.5f, -2], Events.Vector(1.5f, -2).ToFloats());
        Assert.Throws<InvalidOperationException>(() => new Tensor { Dtype = DataType.Int64 }.ToFloats());
    }

    private sealed class Recorder : IProgress<UploadProgress>
    {
        public List<UploadProgress> Reports { get; } = [];

        public void Report(UploadProgress value) => Reports.Add(value);
    }
}
