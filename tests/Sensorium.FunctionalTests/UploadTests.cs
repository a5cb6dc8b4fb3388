using Google.Protobuf;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class UploadInOneProcess(OneProcess deployment) : UploadTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class UploadInSixProcesses(SixProcesses deployment) : UploadTests(deployment);

public abstract class UploadTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const long TenGigabytes = 10_000_000_000;
    private static readonly ByteString Chunk = ByteString.CopyFrom(new byte[256 << 10]);

    [Fact]
    public async Task Ten_gigabytes_that_are_announced_are_refused_before_they_are_sent()
    {
        var status = await ExpectFailureAsync(
            () => UploadForeverAsync(new V1.UploadHeader { SizeBytes = TenGigabytes }),
            StatusCode.ResourceExhausted,
            ErrorReasons.MediaTooLarge,
            "10");

        Assert.Null(status.GetDetail<Google.Rpc.RetryInfo>());
    }

    [Fact]
    public async Task Ten_gigabytes_that_are_not_announced_are_refused_at_the_limit() =>
        await ExpectFailureAsync(
            () => UploadForeverAsync(new V1.UploadHeader()), StatusCode.ResourceExhausted, ErrorReasons.MediaTooLarge, $"{Deployment.MaxMediaBytes:N0}"[..2]);

    [Fact]
    public async Task Nothing_is_not_an_upload() =>
        await ExpectFailureAsync(() => UploadAsync([]), StatusCode.InvalidArgument, ErrorReasons.EmptyMedia, "no bytes");

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public async Task Another_length_than_announced_is_refused(double share)
    {
        var bytes = Pictures.Jpeg(31);
        var header = new V1.UploadHeader { SizeBytes = (long)(bytes.Length / share) };

        await ExpectFailureAsync(
            () => UploadAsync(bytes, header), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, $"{header.SizeBytes}");
    }

    [Fact]
    public async Task A_hash_that_does_not_match_is_refused()
    {
        var header = new V1.UploadHeader { Sha256 = new string('c', 64) };

        await ExpectFailureAsync(() => UploadAsync(Pictures.Jpeg(1), header), StatusCode.InvalidArgument, ErrorReasons.HashMismatch, "cccc");
    }

    [Fact]
    public async Task An_upload_begins_with_its_header()
    {
        await ExpectFailureAsync(
            async () =>
            {
                using var call = Client.Upload();
                await call.RequestStream.WriteAsync(new V1.UploadRequest { Chunk = Chunk });
                await call;
            },
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidParameter,
            "header");
    }

    [Fact]
    public async Task What_is_held_already_need_not_be_sent_again()
    {
        var first = await UploadAsync(Pictures.Jpeg(30));
        using var call = Client.Upload();
        await call.RequestStream.WriteAsync(new V1.UploadRequest { Header = new V1.UploadHeader { Sha256 = first.Ref.Sha256 } });

        var second = await call;

        Assert.Equal(first.Ref, second.Ref);
        Assert.True(second.ExpiresAt >= first.ExpiresAt);
    }

    [Fact]
    public async Task Uploaded_media_can_be_read_back()
    {
        var bytes = Sounds.Tone(20, 440);
        var reference = (await UploadAsync(bytes)).Ref;
        var media = new V1.MediaService.MediaServiceClient(Sensorium.Channel);

        using var whole = media.Read(new V1.ReadRequest { Sha256 = reference.Sha256 });
        using var part = media.Read(new V1.ReadRequest { Sha256 = reference.Sha256, Offset = 100, Length = 50 });
        using var rest = media.Read(new V1.ReadRequest { Sha256 = reference.Sha256, Offset = 100, Length = long.MaxValue });

        var chunks = await whole.ResponseStream.ReadAllAsync().ToArrayAsync();
        Assert.Equal(bytes, chunks.SelectMany(chunk => chunk.Data));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Data.Length, 1, 256 << 10));
        Assert.Equal(bytes[100..], (await rest.ResponseStream.ReadAllAsync().ToArrayAsync()).SelectMany(chunk => chunk.Data));
        Assert.Equal(bytes[100..150], (await part.ResponseStream.ReadAllAsync().ToArrayAsync()).SelectMany(chunk => chunk.Data));
    }

    private async Task UploadForeverAsync(V1.UploadHeader header)
    {
        using var call = Client.Upload();
        try
        {
            await call.RequestStream.WriteAsync(new V1.UploadRequest { Header = header });
            for (long sent = 0; sent < TenGigabytes; sent += Chunk.Length)
            {
                await call.RequestStream.WriteAsync(new V1.UploadRequest { Chunk = Chunk });
            }
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException)
        {
            // The server has answered; what it said is below.
        }

        await call;
    }
}
