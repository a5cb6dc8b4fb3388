using Google.Rpc;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Grpc.Errors;
using Xunit;
using Status = Grpc.Core.Status;

namespace Sensorium.Hosting.UnitTests.Errors;

public sealed class ErrorMappingTests
{
    private static readonly SensoriumException Busy = new(ErrorCode.ResourceExhausted, ErrorReasons.Overloaded, "busy")
    {
        Field = "media[0].data",
        RetryAfter = TimeSpan.FromSeconds(2),
        Metadata = new Dictionary<string, string> { ["queue"] = "64" },
    };

    [Fact]
    public void A_status_carries_reason_field_and_delay()
    {
        var exception = Busy.ToRpcException();
        var status = exception.GetRpcStatus()!;

        Assert.Equal((StatusCode.ResourceExhausted, "busy"), (exception.StatusCode, exception.Status.Detail));
        Assert.Equal(("sensorium.dev", "OVERLOADED", "64"), (status.GetDetail<ErrorInfo>()!.Domain, status.GetDetail<ErrorInfo>()!.Reason, status.GetDetail<ErrorInfo>()!.Metadata["queue"]));
        Assert.Equal("media[0].data", status.GetDetail<BadRequest>()!.FieldViolations.Single().Field);
        Assert.Equal(2, status.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
    }

    [Fact]
    public void An_error_without_delay_brings_no_retry_info()
    {
        var status = SensoriumException.Invalid("R", "m").ToRpcException().GetRpcStatus()!;

        Assert.Null(status.GetDetail<RetryInfo>());
        Assert.Null(status.GetDetail<BadRequest>());
    }

    [Fact]
    public void Our_own_errors_come_back_from_peers_as_they_were_thrown()
    {
        var back = Assert.IsType<SensoriumException>(PeerErrors.Translate(Busy.ToRpcException(), "vision", CancellationToken.None));

        Assert.Equal((Busy.Code, Busy.Reason, Busy.Message, Busy.Field, Busy.RetryAfter), (back.Code, back.Reason, back.Message, back.Field, back.RetryAfter));
        Assert.Equal(Busy.Metadata, back.Metadata);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unknown)]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.Unimplemented)]
    public void Failures_of_the_transport_name_the_service(StatusCode code)
    {
        var failure = new RpcException(new Status(code, "connection refused"));

        var back = Assert.IsType<SensoriumException>(PeerErrors.Translate(failure, "vision", CancellationToken.None));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.PeerUnavailable, "vision"), (back.Code, back.Reason, back.Metadata["service"]));
        Assert.Contains("vision", back.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_this_process_that_a_peer_refuses_is_not_the_callers_fault()
    {
        var refused = new SensoriumException(ErrorCode.Unauthenticated, ErrorReasons.Unauthenticated, "The call brings no valid key.");

        var back = Assert.IsType<SensoriumException>(PeerErrors.Translate(refused.ToRpcException(), "vision", CancellationToken.None));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.PeerUnavailable, "vision"), (back.Code, back.Reason, back.Metadata["service"]));
        Assert.Contains("Sensorium:Services:ApiKey", back.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_we_cancelled_is_a_cancellation()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.IsType<OperationCanceledException>(PeerErrors.Translate(new RpcException(new Status(StatusCode.Cancelled, "")), "vision", source.Token));
    }

    [Fact]
    public void Long_messages_are_cut_to_fit_into_headers()
    {
        var exception = SensoriumException.Invalid("R", new string('x', 100_000)).ToRpcException();

        Assert.InRange(exception.Status.Detail.Length, 900, 1_400);
    }
}
