using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>Failures in the shape of Ollama's API: a message alone.</summary>
internal sealed class OllamaErrorShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);
        return Results.Json(new ErrorBody(failure.Message), OllamaJson.Default.ErrorBody, statusCode: ClientStatuses.Of(failure)).ExecuteAsync(context);
    }

    /// <summary>A failure in the middle of a stream.</summary>
    public static ReadOnlyMemory<byte> LineOf(SensoriumException failure) =>
        StreamedAnswer.Line(JsonSerializer.SerializeToUtf8Bytes(new ErrorBody(failure.Message), OllamaJson.Default.ErrorBody));
}
