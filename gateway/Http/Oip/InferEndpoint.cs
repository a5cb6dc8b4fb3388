using Sensorium.Gateway.Operations.Inference;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>POST /models/{model}/infer.</summary>
internal sealed class InferEndpoint(InferOperation infer)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var body = await InferBody.ReadAsync(context.Request);
        var request = InferRequest.Read(body);
        var answer = await infer.RunAsync(request.ToCall(context), context.RequestAborted);
        await InferAnswerWriter.WriteAsync(context.Response, request, answer);
    }
}
