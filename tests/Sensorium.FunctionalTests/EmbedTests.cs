using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class EmbedInOneProcess(OneProcess deployment) : EmbedTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class EmbedInSixProcesses(SixProcesses deployment) : EmbedTests(deployment);

public abstract class EmbedTests(Deployment deployment) : DeploymentTests(deployment)
{
    private static readonly V1.EncodeOptions Bypass = new() { CachePolicy = V1.CachePolicy.Bypass };

    [Fact]
    public async Task All_modalities_meet_in_one_space_in_the_order_of_the_items()
    {
        var request = new V1.EmbedRequest
        {
            RequestId = "r-1",
            Items =
            {
                Data(Videos.Silent, "video"), Text("a dog runs", "text"), Data(Sounds.Tone(2, 440), "sound"), Data(Pictures.Jpeg(1), "picture"),
            },
        };

        var response = await Client.EmbedAsync(request);

        Assert.Equal("r-1", response.RequestId);
        Assert.Equal(["video", "text", "sound", "picture"], response.Results.Select(result => result.ItemId));
        Assert.All(response.Results, result => Assert.Equal(1, Norm(result.Encoded.Embedding), 1e-3));
        Assert.Single(response.Results.Select(result => result.Encoded.Embedding.Shape[0]).Distinct());
        Assert.All(response.Models, model => Assert.Equal(response.SpaceId, model.SpaceId));
        Assert.Equal(4, response.Models.Count);
        Assert.NotNull(response.Results[0].Usage.MediaDuration);
    }

    [Fact]
    public async Task Features_come_only_if_asked_for()
    {
        var plain = await EmbedAsync(Data(Pictures.Jpeg(2)));
        var featured = await EmbedAsync(Data(Pictures.Jpeg(2)), new V1.EncodeOptions { Outputs = { V1.Output.Features } });

        Assert.Null(Assert.Single(plain.Encoded.Segments).Features);
        var features = Assert.Single(featured.Encoded.Segments).Features;
        Assert.Equal(features.Shape[0] * features.Shape[1] * sizeof(float), features.Data.Length);
    }

    [Fact]
    public async Task What_was_seen_before_comes_from_the_cache_bit_for_bit()
    {
        foreach (var medium in new[] { Data(Pictures.Png(3)), Text("seen before"), Data(Sounds.Tone(1, 300)), Data(Videos.Silent) })
        {
            var first = await EmbedAsync(medium, new V1.EncodeOptions { CachePolicy = V1.CachePolicy.Refresh });
            var second = await EmbedAsync(medium);

            Assert.Contains(second.CacheStatus, new[] { V1.CacheStatus.HitMemory, V1.CacheStatus.HitShared });
            Assert.Equal(first.Encoded.Embedding, second.Encoded.Embedding);
            Assert.Equal(V1.CacheStatus.Bypassed, (await EmbedAsync(medium, Bypass)).CacheStatus);
        }
    }

    [Fact]
    public async Task Every_way_to_bring_a_picture_brings_the_same_picture()
    {
        var bytes = Pictures.Png(4);
        var uploaded = await UploadAsync(bytes);
        var inline = await EmbedAsync(Data(bytes), Bypass);
        var uri = await EmbedAsync(new V1.Media { Uri = $"data:image/png;base64,{Convert.ToBase64String(bytes)}" }, Bypass);
        var reference = await EmbedAsync(new V1.Media { Ref = uploaded.Ref }, Bypass);
        var bare = await EmbedAsync(new V1.Media { Ref = new V1.MediaReference { Sha256 = uploaded.Ref.Sha256 } }, Bypass);

        Assert.Equal(V1.Modality.Image, uploaded.Modality);
        Assert.Equal("image/png", uploaded.MediaType);
        Assert.All([uri, reference, bare], result => Assert.Equal(1, Cosine(inline.Encoded.Embedding, result.Encoded.Embedding), 1e-5));
    }

    [Fact]
    public async Task More_items_than_an_encoder_takes_at_once_are_no_matter()
    {
        var request = new V1.EmbedRequest { Items = { Enumerable.Range(0, 150).Select(i => Text($"number {i}")) } };

        var response = await Client.EmbedAsync(request);

        Assert.Equal(request.Items.Select((_, i) => $"item-{i}"), response.Results.Select(result => result.ItemId));
        Assert.All(response.Results, result => Assert.NotNull(result.Encoded));
    }

    [Fact]
    public async Task Media_that_are_too_large_for_a_request_travel_by_reference()
    {
        var bytes = Sounds.Tone(120, 440, rate: 48_000);
        var uploaded = await UploadAsync(bytes);

        var result = await EmbedAsync(new V1.Media { Ref = uploaded.Ref });

        Assert.True(bytes.Length > 8 << 20);
        Assert.Equal((V1.Modality.Audio, bytes.Length), (uploaded.Modality, uploaded.Ref.SizeBytes));
        Assert.Equal(120, result.Usage.MediaDuration.Seconds);
        Assert.True(result.Encoded.Segments.Count > 1);
    }

    [Fact]
    public async Task The_tracks_of_a_video_go_to_their_encoders()
    {
        var frames = Data(Videos.WithTracks, "frames");
        var sound = Data(Videos.WithTracks, "sound");
        sound.Track = V1.Track.Audio;
        var subtitles = Data(Videos.WithTracks, "subtitles");
        subtitles.Track = V1.Track.Subtitles;

        var response = await Client.EmbedAsync(new V1.EmbedRequest { Items = { frames, sound, subtitles } });

        Assert.All(response.Results, result => Assert.NotNull(result.Encoded));
        Assert.Equal(3, response.Models.Select(model => model.Revision).Distinct().Count());
    }

    [Fact]
    public async Task A_track_that_is_not_there_fails_its_item()
    {
        var sound = Data(Videos.Silent);
        sound.Track = V1.Track.Audio;

        await ExpectItemFailureAsync(sound, ErrorCode.InvalidArgument, ErrorReasons.NoSuchTrack, "track");
    }

    [Fact]
    public async Task Another_model_than_the_one_that_is_served_is_refused()
    {
        var request = new V1.EmbedRequest
        {
            Items = { Text("x") },
            Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Revision = "none" } },
        };

        await ExpectFailureAsync(() => Client.EmbedAsync(request).ResponseAsync, Grpc.Core.StatusCode.FailedPrecondition, ErrorReasons.ModelMismatch);
    }

    [Fact]
    public async Task Comparing_gives_one_number_per_pair()
    {
        var request = new V1.CompareRequest
        {
            Left = { Data(Pictures.Jpeg(5)), Text("a dog") },
            Right = { Text("a dog"), Data(Pictures.Jpeg(5)), Data(Sounds.Tone(1, 200)) },
        };

        var response = await Client.CompareAsync(request);

        Assert.Equal([2, 3], response.Similarities.Shape);
        var values = MemoryMarshal.Cast<byte, float>(response.Similarities.Data.Span).ToArray();
        Assert.All(values, value => Assert.InRange(value, -1, 1));
        Assert.Equal(1, values[1], 1e-4);
        Assert.Equal(1, values[3], 1e-4);
        Assert.Equal(values[0], values[4], 1e-4);
    }

    [Fact]
    public async Task Comparing_names_the_side_that_is_wrong()
    {
        var request = new V1.CompareRequest { Left = { Text("a") }, Right = { Text("b"), new V1.Media() } };

        await ExpectFailureAsync(
            () => Client.CompareAsync(request).ResponseAsync, Grpc.Core.StatusCode.InvalidArgument, ErrorReasons.NoSource, "right[1]");
    }

    // What else was in the batch may change the last bits.
    private static double Cosine(V1.Tensor left, V1.Tensor right) => TensorPrimitives.CosineSimilarity(
        MemoryMarshal.Cast<byte, float>(left.Data.Span), MemoryMarshal.Cast<byte, float>(right.Data.Span));

    private static double Norm(V1.Tensor tensor) => TensorPrimitives.Norm(MemoryMarshal.Cast<byte, float>(tensor.Data.Span));
}
