using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Generation.UnitTests;

public sealed class RecognizeTests
{
    [Fact]
    public async Task Without_a_model_of_speech_the_call_is_a_failed_precondition()
    {
        var request = new V1.RecognizeRequest { Media = new V1.Media { Data = ByteString.CopyFrom(1) } };

        Assert.Equal((StatusCode.FailedPrecondition, ErrorReasons.ModelNotServed), await FailAsync(request));
    }

    [Fact]
    public async Task A_request_without_a_medium_or_with_an_unknown_task_is_refused()
    {
        Assert.Equal((StatusCode.InvalidArgument, ErrorReasons.NoSource), await FailAsync(new V1.RecognizeRequest()));
        Assert.Equal((StatusCode.InvalidArgument, ErrorReasons.InvalidParameter), await FailAsync(new V1.RecognizeRequest
        {
            Media = new V1.Media { Data = ByteString.CopyFrom(1) },
            Parameters = new V1.TranscriptionParameters { Task = (V1.TranscriptionTask)9 },
        }));
    }

    private static async Task<(StatusCode Code, string? Reason)> FailAsync(V1.RecognizeRequest request)
    {
        await using var host = await GenerationHost.StartAsync();
        using var call = host.Client.Recognize(request);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        return (error.StatusCode, error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
    }
}
