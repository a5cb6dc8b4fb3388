using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>POST /rerank.</summary>
internal sealed class RerankEndpoint(RerankOperation rerank)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = body.RootElement;
        TeiEndpoints.Rerank.Check(request);
        var texts = request.FindStrings("texts") ?? throw BodyErrors.Wrong("texts", "is missing");
        var (raw, withText) = (request.FindFlag("raw_scores"), request.FindFlag("return_text"));
        var question = new RerankQuestion(request.RequireString("query"), texts, TopN: 0, request.FindFlag("truncate"));
        var reranked = await rerank.RunAsync(question, HttpCall.BatchOf(context, TeiFace.ModelOf(context)), context.RequestAborted);
        IReadOnlyList<Rank> ranks =
            [.. reranked.Scores.Select(score => new Rank(score.Index, raw ? score.Logit : score.Score, withText ? texts[score.Index] : null))];
        return Results.Json(ranks, TeiJson.Default.IReadOnlyListRank);
    }
}
