using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Grpc.Errors;

/// <summary>Failures of the domain to google.rpc.Status and to the ErrorStatus of one item.</summary>
public static class ErrorMapping
{
    public const string Domain = "sensorium.dev";

    internal const string FieldKey = "field";
    internal const string RetryKey = "retry_after_ms";

    /// <summary>Carries ErrorInfo always, BadRequest where a field was wrong, RetryInfo where trying again can help.</summary>
    public static RpcException ToRpcException(this SensoriumException error)
    {
        var status = new Google.Rpc.Status { Code = (int)error.Code, Message = error.Message };
        var info = new ErrorInfo { Domain = Domain, Reason = error.Reason };
        foreach (var (key, value) in error.Metadata)
        {
            info.Metadata[key] = value;
        }

        status.Details.Add(Any.Pack(info));
        if (error.Field is { } field)
        {
            var violation = new BadRequest.Types.FieldViolation { Field = field, Description = status.Message };
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violation } }));
        }

        if (error.RetryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = delay.ToDuration() }));
        }

        return status.ToRpcException();
    }

    public static V1.ErrorStatus ToErrorStatus(this SensoriumException error)
    {
        var status = new V1.ErrorStatus
        {
            Code = (int)error.Code,
            Message = error.Message,
            Reason = error.Reason,
            Domain = Domain,
        };
        foreach (var (key, value) in error.Metadata)
        {
            status.Metadata[key] = value;
        }

        if (error.Field is { } field)
        {
            status.Metadata[FieldKey] = field;
        }

        if (error.RetryAfter is { } delay)
        {
            status.Metadata[RetryKey] = delay.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        }

        return status;
    }

    public static SensoriumException ToException(this V1.ErrorStatus status)
    {
        var metadata = status.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value);
        metadata.Remove(FieldKey, out var field);
        metadata.Remove(RetryKey, out var delay);
        return new SensoriumException((ErrorCode)status.Code, status.Reason, status.Message)
        {
            Field = field,
            RetryAfter = long.TryParse(delay, CultureInfo.InvariantCulture, out var milliseconds)
                ? TimeSpan.FromMilliseconds(milliseconds)
                : null,
            Metadata = metadata,
        };
    }
}
