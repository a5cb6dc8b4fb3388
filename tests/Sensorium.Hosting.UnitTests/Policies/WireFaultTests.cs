using Google.Protobuf;
using Google.Rpc;
using Sensorium.Core.Errors;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

/// <summary>What cannot be read as a request is refused with a reason, and nothing of it ends as UNKNOWN.</summary>
public sealed class WireFaultTests
{
    // EncodeRequest.items[0].text, which is where the bytes that are no UTF-8 stand.
    private static readonly byte[] Latin1 = Text([(byte)'c', (byte)'a', (byte)'f', 0xE9]);
    private static readonly byte[] LoneSurrogate = Text([0xED, 0xA0, 0x80]);

    [Fact]
    public Task Text_that_is_no_utf8_is_malformed() => IsRefusedAsync(GrpcWire.Frame(Latin1), null, Code.InvalidArgument, ErrorReasons.MalformedRequest);

    [Fact]
    public Task A_lone_surrogate_is_malformed() => IsRefusedAsync(GrpcWire.Frame(LoneSurrogate), null, Code.InvalidArgument, ErrorReasons.MalformedRequest);

    [Fact]
    public Task A_field_that_is_cut_off_is_malformed() => IsRefusedAsync(GrpcWire.Frame([0x12, 0x7F, 0x01]), null, Code.InvalidArgument, ErrorReasons.MalformedRequest);

    [Fact]
    public Task A_length_of_four_gigabytes_is_too_large() =>
        IsRefusedAsync(GrpcWire.Frame([1, 2, 3], length: uint.MaxValue), null, Code.ResourceExhausted, ErrorReasons.MessageTooLarge);

    [Fact]
    public Task What_is_said_to_be_gzip_and_is_not_is_malformed() =>
        IsRefusedAsync(GrpcWire.Frame([1, 2, 3, 4], compressed: true), "gzip", Code.InvalidArgument, ErrorReasons.MalformedRequest);

    [Fact]
    public async Task An_encoding_that_is_not_spoken_is_named()
    {
        var message = await IsRefusedAsync(GrpcWire.Frame([1, 2, 3, 4], compressed: true), "zstd", Code.Unimplemented, ErrorReasons.UnsupportedEncoding);

        Assert.Contains("zstd", message, StringComparison.Ordinal);
    }

    [Fact]
    public Task What_unpacks_to_more_than_a_message_may_have_is_too_large()
    {
        var packed = GrpcWire.Gzip(new byte[65 << 20]);

        return IsRefusedAsync(GrpcWire.Frame(packed, compressed: true), "gzip", Code.ResourceExhausted, ErrorReasons.MessageTooLarge);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_message_in_the_middle_of_a_stream_is_no_different(bool compressed)
    {
        var good = new V1.EncodeStreamRequest { Item = new V1.Media { Data = ByteString.CopyFrom(1) } }.ToByteArray();

        return IsRefusedAsync(
            [.. GrpcWire.Frame(good), .. GrpcWire.Frame([0x12, 0x7F, 0x01], compressed)], "gzip", Code.InvalidArgument, ErrorReasons.MalformedRequest, GrpcWire.EncodeStream);
    }

    [Fact]
    public async Task Data_of_our_own_that_cannot_be_read_are_our_fault()
    {
        await using var host = await EncoderHost.StartAsync();
        host.Encoder.Answer = (_, _) => throw new InvalidDataException("a file of the pack");
        var request = new V1.EncodeRequest { Items = { new V1.Media { Data = ByteString.CopyFrom(1) } } };

        var status = GrpcWire.StatusOf(await GrpcWire.PostAsync(host.Address, new ByteArrayContent(GrpcWire.Frame(request.ToByteArray()))));

        Assert.Equal((Code.Internal, ErrorReasons.InternalFault), ((Code)status.Code, status.GetDetail<ErrorInfo>()!.Reason));
    }

    private static async Task<string> IsRefusedAsync(byte[] body, string? encoding, Code code, string reason, string method = GrpcWire.Encode)
    {
        await using var host = await EncoderHost.StartAsync();
        var response = await GrpcWire.PostAsync(host.Address, new ByteArrayContent(body), encoding, method);
        var status = GrpcWire.StatusOf(response);

        Assert.Equal((code, reason), ((Code)status.Code, status.GetDetail<ErrorInfo>()!.Reason));
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
        return status.Message;
    }

    private static byte[] Text(byte[] text) => [.. (ReadOnlySpan<byte>)[0x12, (byte)(text.Length + 2), ItemText, (byte)text.Length], .. text];

    private static byte ItemText => (V1.Media.TextFieldNumber << 3) | 2;
}
