using Google.Protobuf;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Mapping;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Mapping;

public sealed class EncodeMappingTests
{
    [Fact]
    public void A_batch_survives_the_wire()
    {
        MediaItem[] items =
        [
            new("a", new InlineSource(new byte[] { 1, 2, 3 }), Modality.Video, "video/mp4", MediaTrack.Audio, new TimeRange(TimeSpan.FromSeconds(1), null)),
            new("b", new TextSource("words"), Modality.Text),
            new("c", new ReferenceSource(new string('a', 64), "10.0.0.1:7070", 99), Modality.Image),
            new("d", new UriSource("https://example.org/x.png"), Modality.Image),
        ];
        var batch = new EncodeBatch("r", items, true, new ModelSelector("pack", null), CacheMode.Refresh, RequestPriority.High, 5);

        var request = V1.EncodeRequest.Parser.ParseFrom(batch.ToProto().ToByteArray());
        var back = request.Options.ToBatch(request.RequestId) with { Items = [.. request.Items.Select(item => item.ToDomain(item.ItemId))] };

        Assert.Equal(batch with { Items = back.Items }, back);
        Assert.Equal([1, 2, 3], ((InlineSource)back.Items[0].Source).Data.ToArray());
        Assert.Equal(items[0] with { Source = back.Items[0].Source }, back.Items[0]);
        Assert.Equal(items[1..], back.Items.Skip(1));
    }

    [Theory]
    [InlineData("""{"max_segments": -1}""", "options.max_segments")]
    [InlineData("""{"cache_policy": 9}""", "options.cache_policy")]
    [InlineData("""{"priority": -1}""", "options.priority")]
    [InlineData("""{"outputs": ["OUTPUT_EMBEDDING", 7]}""", "options.outputs[1]")]
    public void Options_out_of_their_range_are_refused_by_name(string json, string field)
    {
        var options = JsonParser.Default.Parse<V1.EncodeOptions>(json);

        var error = Assert.Throws<SensoriumException>(() => options.ToBatch("r"));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidParameter, field), (error.Code, error.Reason, error.Field));
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outcome_survives_the_wire_bit_for_bit()
    {
        var outcome = new EncodeOutcome("a")
        {
            Encoded = Samples.Encoded(),
            CacheStatus = CacheStatus.HitShared,
            Warnings = [new MediaWarning(WarningReasons.TextTruncated, "too long", "a")],
            Usage = new EncodeUsage(12, 1, TimeSpan.FromSeconds(3)),
            Timing = new EncodeTiming { Preprocess = TimeSpan.FromMilliseconds(2), Total = TimeSpan.FromMilliseconds(9), BatchSize = 4 },
        };

        var back = V1.EncodeResult.Parser.ParseFrom(outcome.ToProto().ToByteArray()).ToDomain(Samples.Model);

        Assert.Equal(outcome with { Encoded = back.Encoded, Warnings = back.Warnings }, back);
        Assert.Equal(outcome.Warnings, back.Warnings);
        Assert.Equal(outcome.Encoded.Embedding.ToArray(), back.Encoded!.Embedding.ToArray());
        Assert.Equal((7, true, Samples.Model), (back.Encoded.SegmentsAvailable, back.Encoded.Truncated, back.Encoded.Model));
        var (before, after) = (outcome.Encoded.Segments[0], Assert.Single(back.Encoded.Segments));
        Assert.Equal((before.Range, before.Tile), (after.Range, after.Tile));
        Assert.Equal(before.Features!.Grids, after.Features!.Grids);
        Assert.Equal((2, 3), (after.Features!.Tokens, after.Features.Width));
        Assert.Equal(before.Features!.Data.ToArray(), after.Features.Data.ToArray());
    }

    [Fact]
    public void A_failed_outcome_keeps_reason_field_and_delay()
    {
        var error = new SensoriumException(ErrorCode.ResourceExhausted, ErrorReasons.Overloaded, "busy")
        {
            Field = "items[2].data",
            RetryAfter = TimeSpan.FromMilliseconds(1500),
            Metadata = new Dictionary<string, string> { ["limit"] = "64" },
        };

        var back = EncodeOutcome.Failed("x", error).ToProto().ToDomain(Samples.Model);

        Assert.Null(back.Encoded);
        Assert.Equal((error.Code, error.Reason, error.Message, error.Field, error.RetryAfter),
            (back.Error!.Code, back.Error.Reason, back.Error.Message, back.Error.Field, back.Error.RetryAfter));
        Assert.Equal(error.Metadata, back.Error.Metadata);
    }

    [Fact]
    public void Float_tensors_are_little_endian()
    {
        var tensor = TensorMapping.ToProto(new[] { 1f, -2f }, 2);

        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], tensor.Data.ToByteArray());
    }

    [Fact]
    public void Half_precision_tensors_of_peers_are_widened()
    {
        var tensor = new V1.Tensor { Dtype = V1.DataType.Float16, Shape = { 2 }, Data = ByteString.CopyFrom(0x00, 0x3C, 0x00, 0xC0) };

        Assert.Equal([1f, -2f], tensor.ToVector());
    }

    [Theory]
    [InlineData(V1.DataType.Float32, 3L)]
    [InlineData(V1.DataType.Int64, 1L)]
    public void Tensors_that_contradict_themselves_are_refused(V1.DataType type, long width)
    {
        var tensor = new V1.Tensor { Dtype = type, Shape = { width }, Data = ByteString.CopyFrom(new byte[8]) };

        Assert.Equal(ErrorReasons.ModelFault, Assert.Throws<SensoriumException>(() => tensor.ToVector()).Reason);
    }
}
