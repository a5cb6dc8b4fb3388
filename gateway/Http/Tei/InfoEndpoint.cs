using System.Globalization;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>GET /info.</summary>
internal sealed class InfoEndpoint(ListModelsOperation models)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var served = await models.DescribeAsync(Modality.Text, context.RequestAborted);
        var name = TeiFace.ModelOf(context);
        var wanted = ModelSelector.Parse(name ?? "");
        var model = served.FirstOrDefault(wanted.Matches)
            ?? throw new SensoriumException(
                ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch, name is null ? "No model for texts is served here." : $"There is no model \"{name}\" for texts here.");
        return Results.Json(
            new ServerInfo(
                model.Model.Id,
                model.Model.Revision,
                model.Model.Variant,
                KindOf(model),
                model.Limits.MaxTokens,
                model.Limits.MaxItems,
                AutoTruncate: false,
                ProductVersion.Text),
            TeiJson.Default.ServerInfo);
    }

    private static ModelKind KindOf(EncoderDescription model) => model.Labels switch
    {
        null => new ModelKind { Embedding = new EmbeddingKind(model.EmbeddingWidth) },
        { Names.Count: 1 } labels => new ModelKind { Reranker = KindOf(labels) },
        var labels => new ModelKind { Classifier = KindOf(labels) },
    };

    private static LabelKind KindOf(ModelLabels labels) => new(
        labels.Names.Index().ToDictionary(label => label.Index.ToString(CultureInfo.InvariantCulture), label => label.Item),
        labels.Names.Index().DistinctBy(label => label.Item).ToDictionary(label => label.Item, label => label.Index));
}
