using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Cohere;

/// <summary>POST /rerank.</summary>
internal sealed class RerankEndpoint(RerankOperation rerank)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = RerankRequest.Read(body.RootElement);
        var template = HttpCall.BatchOf(context, request.Model);
        var reranked = await rerank.RunAsync(request.Question, template, context.RequestAborted);
        var entries = reranked.Scores.Select(score => new RerankEntry(
            score.Index, score.Score, request.ReturnsDocuments ? new Document(request.Question.Documents[score.Index]) : null));
        var version = context.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal) ? "2" : "1";
        var meta = new Meta(new ApiVersion(version), new BilledUnits { SearchUnits = 1 }, new Tokens(reranked.InputUnits));
        return Results.Json(new RerankResponse(context.TraceIdentifier, [.. entries], meta), CohereJson.Default.RerankResponse);
    }
}
