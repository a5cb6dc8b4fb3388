using System.ComponentModel;
using ModelContextProtocol.Server;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Mcp.Tools;

/// <summary>What can be asked about texts, and about what is served.</summary>
[McpServerToolType]
internal sealed class TextTools(RerankOperation rerank, ListModelsOperation models)
{
    [McpServerTool(Name = "rerank", Title = "Order texts", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Orders texts by how well they answer a query, the best first.")]
    public async Task<RerankAnswer> RerankAsync(
        [Description("The query")] string query,
        [Description("The texts")] string[] documents,
        [Description("How many are answered; leave it out for all")] int? topN = null,
        [Description(MediaArguments.Model)] string? model = null,
        CancellationToken cancellationToken = default)
    {
        var reranked = await rerank.RunAsync(new RerankQuestion(query, documents, topN ?? 0, Truncate: true), MediaArguments.Batch(model), cancellationToken);
        return new RerankAnswer([.. reranked.Scores.Select(score => new RankedText(score.Index, score.Score, documents[score.Index]))]);
    }

    [McpServerTool(Name = "list_models", Title = "List models", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Lists the models that are served, with what goes into each and what comes out.")]
    public async Task<ModelsAnswer> ListAsync(CancellationToken cancellationToken = default) =>
        new([.. (await models.ServedAsync(cancellationToken)).Select(model => new ListedModel(model.Id, model.Reads, model.Writes, model.Overview.IsDefault))]);
}
