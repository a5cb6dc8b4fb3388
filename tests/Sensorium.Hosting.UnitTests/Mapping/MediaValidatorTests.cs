using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Mapping;

public sealed class MediaValidatorTests
{
    private const long Limit = 16;

    public static TheoryData<string, string, string> Faults => new()
    {
        { "{}", ErrorReasons.NoSource, "media[1].source" },
        { """{"data": ""}""", ErrorReasons.EmptyMedia, "media[1].data" },
        { """{"text": ""}""", ErrorReasons.EmptyMedia, "media[1].text" },
        { """{"uri": ""}""", ErrorReasons.EmptyMedia, "media[1].uri" },
        { """{"ref": {"sha256": "ABC"}}""", ErrorReasons.InvalidReference, "media[1].ref.sha256" },
        { """{"data": "AAAAAAAAAAAAAAAAAAAAAAA="}""", ErrorReasons.MediaTooLarge, "media[1].data" },
        { """{"data": "AAAA", "modality": 9}""", ErrorReasons.UnknownModality, "media[1].modality" },
        { """{"text": "a", "modality": "MODALITY_IMAGE"}""", ErrorReasons.ModalityMismatch, "media[1].modality" },
        { """{"data": "AAAA", "track": 9}""", ErrorReasons.UnsupportedTrack, "media[1].track" },
        { """{"data": "AAAA", "range": {"start": "-1s"}}""", ErrorReasons.InvalidRange, "media[1].range" },
        { """{"data": "AAAA", "range": {"start": "2s", "end": "2s"}}""", ErrorReasons.InvalidRange, "media[1].range" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_has_a_reason_and_names_its_field(string json, string reason, string field)
    {
        var media = JsonParser.Default.Parse<V1.Media>(json);

        var error = Assert.Throws<SensoriumException>(() => MediaValidator.Validate(media, "media[1]", Limit));

        Assert.Equal((ErrorCode.InvalidArgument, reason, field), (error.Code, error.Reason, error.Field));
        Assert.Contains("media[1]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2_000_000_000)]
    [InlineData(1, -1)]
    [InlineData(long.MaxValue, 0)]
    public void A_duration_that_the_contract_does_not_allow_is_a_range_that_it_does_not_allow(long seconds, int nanos)
    {
        var range = new V1.TimeRange { Start = new Duration { Seconds = seconds, Nanos = nanos } };

        var error = Assert.Throws<SensoriumException>(
            () => MediaValidator.Validate(new V1.Media { Data = ByteString.CopyFrom(1), Range = range }, "media[0]", Limit));

        Assert.Equal((ErrorReasons.InvalidRange, "media[0].range"), (error.Reason, error.Field));
    }

    [Fact]
    public void Media_over_the_inline_limit_are_sent_to_upload()
    {
        var media = new V1.Media { Data = ByteString.CopyFrom(new byte[17]) };

        var error = Assert.Throws<SensoriumException>(() => MediaValidator.Validate(media, "media[0]", Limit));

        Assert.Contains("17 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("Upload", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_well_formed_passes()
    {
        var range = new V1.TimeRange { Start = TimeSpan.FromSeconds(1).ToDuration() };
        var reference = new V1.MediaReference { Sha256 = new string('0', 64) };

        MediaValidator.Validate(new V1.Media { Data = ByteString.CopyFrom(new byte[16]), Range = range }, "media[0]", Limit);
        MediaValidator.Validate(new V1.Media { Ref = reference }, "media[0]", Limit);
        MediaValidator.Validate(new V1.Media { Text = "a", Modality = V1.Modality.Text }, "media[0]", Limit);
    }
}
