using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>POST /predict.</summary>
internal sealed class PredictEndpoint(ClassifyOperation classify, ListModelsOperation models)
{
    private const string Field = "inputs";

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = body.RootElement;
        TeiEndpoints.Predict.Check(request);
        var (texts, isBatch) = TextsOf(request);
        var reading = new TextReading(Truncate: request.FindFlag("truncate"));
        var model = TeiFace.ModelOf(context) ?? await ClassifierAsync(context.RequestAborted);
        var question = new ClassifyQuestion([], [], null, null, null, null, TopK: 0, HttpCall.BatchOf(context, model, reading));
        var classified = await classify.RunAsync(texts, question, context.RequestAborted);
        IReadOnlyList<IReadOnlyList<Prediction>> predictions = [.. classified.Results.Select(PredictionsOf)];
        return isBatch
            ? Results.Json(predictions, TeiJson.Default.IReadOnlyListIReadOnlyListPrediction)
            : Results.Json(predictions[0], TeiJson.Default.IReadOnlyListPrediction);
    }

    private static IReadOnlyList<Prediction> PredictionsOf(ClassifiedItem item) => item.Encoding.Error is { } error
        ? throw error
        : [.. item.Scores.Select(score => new Prediction(score.Label, score.Score))];

    private async Task<string> ClassifierAsync(CancellationToken cancellationToken) =>
        (await models.DescribeAsync(Modality.Text, cancellationToken)).FirstOrDefault(model => model.Labels is { Names.Count: > 1 })?.Model.Id
        ?? throw new SensoriumException(ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed, "No model that is served here classifies texts.");

    // An array of strings is one text, or a pair; only an array of arrays is several.
    private static (MediaInput[] Texts, bool IsBatch) TextsOf(JsonElement request) => request.Find(Field) switch
    {
        null => throw BodyErrors.Wrong(Field, "is missing"),
        { ValueKind: JsonValueKind.Array } many when many.GetArrayLength() > 0 && many[0].ValueKind == JsonValueKind.Array =>
            ([.. many.EnumerateArray().Select((one, i) => OneOf(one, $"{Field}[{i}]"))], true),
        { } one => ([OneOf(one, Field)], false),
    };

    private static MediaInput OneOf(JsonElement input, string field) => input switch
    {
        { ValueKind: JsonValueKind.String } => MediaInput.OfText(field, JsonStrings.Read(input, field)),
        { ValueKind: JsonValueKind.Array } when input.GetArrayLength() == 1 => MediaInput.OfText(field, JsonStrings.Read(input[0], $"{field}[0]")),
        _ => throw BodyErrors.Wrong(field, "must be a text, or an array of one text; pairs are not classified here"),
    };
}
