using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>Failures in the shape of OpenAI's API.</summary>
internal sealed class OpenAiErrorShape : IErrorShape
{
    private const string Parameters = "parameters.";

    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);
        return Results.Json(BodyOf(failure), OpenAiJson.Default.ErrorBody, statusCode: ClientStatuses.Of(failure)).ExecuteAsync(context);
    }

    /// <summary>A failure in the middle of a stream.</summary>
    public static ReadOnlyMemory<byte> EventOf(SensoriumException failure) =>
        StreamedAnswer.Event(JsonSerializer.SerializeToUtf8Bytes(BodyOf(failure), OpenAiJson.Default.ErrorBody));

    private static ErrorBody BodyOf(SensoriumException failure) =>
        new(new ErrorDetail(failure.Message, TypeOf(ClientStatuses.Of(failure)), FieldOf(failure), CodeOf(failure)));

    // What the operations call parameters are members of the body here.
    private static string? FieldOf(SensoriumException failure) =>
        failure.Field?.StartsWith(Parameters, StringComparison.Ordinal) == true ? failure.Field[Parameters.Length..] : failure.Field;

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };

    private static string CodeOf(SensoriumException failure) => failure.Reason switch
    {
        ErrorReasons.Unauthenticated => "invalid_api_key",
        ErrorReasons.ModelMismatch => "model_not_found",
        var reason => reason,
    };
}
