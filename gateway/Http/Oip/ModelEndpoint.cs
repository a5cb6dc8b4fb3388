using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Inference;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>What the server and its models say of themselves.</summary>
internal sealed class ModelEndpoint(TensorModels models, ModelRepository repository)
{
    private const long NanosecondsPerTick = 100;

    public static IResult Server() =>
        Results.Json(new ServerBody(InferenceServer.Name, InferenceServer.Version, InferenceServer.Extensions), OipJson.Default.ServerBody);

    public async Task<IResult> MetadataAsync(HttpContext context)
    {
        var model = await FindAsync(context);
        return Results.Json(
            new MetadataBody(model.Id, [model.Version], model.Platform, [.. model.Inputs.Select(BodyOf)], [.. model.Outputs.Select(BodyOf)]), OipJson.Default.MetadataBody);
    }

    public async Task<IResult> ReadyAsync(HttpContext context)
    {
        var name = OipFace.ModelOf(context);
        if (await repository.IsReadyAsync(name, OipFace.VersionOf(context), context.RequestAborted))
        {
            return Results.Json(new ReadyBody(name, Ready: true), OipJson.Default.ReadyBody);
        }

        // Says what is wrong, with its status.
        await FindAsync(context);
        return Results.Json(new ReadyBody(name, Ready: false), OipJson.Default.ReadyBody, statusCode: StatusCodes.Status400BadRequest);
    }

    public async Task<IResult> ConfigAsync(HttpContext context)
    {
        var model = await FindAsync(context);
        var isGraph = model.Graph is not null;
        return Results.Json(
            new ConfigBody(
                model.Id,
                model.Platform,
                isGraph ? "onnxruntime" : "sensorium",
                model.MaxBatchRows,
                [.. model.Inputs.Select(port => ConfigOf(model, port, isOptional: !isGraph))],
                [.. model.Outputs.Select(port => ConfigOf(model, port, isOptional: false))],
                new TransactionPolicy(model.IsPiecewise)),
            OipJson.Default.ConfigBody);
    }

    public async Task<IResult> StatisticsAsync(HttpContext context)
    {
        var counted = await repository.CountAsync(OipFace.ModelOf(context), OipFace.VersionOf(context), context.RequestAborted);
        return Results.Json(new StatisticsBody([.. counted.Select(entry => StatisticsOf(entry.Model, entry.Version, entry.Counts))]), OipJson.Default.StatisticsBody);
    }

    private static TensorBody BodyOf(TensorPort port) => new(port.Name, TensorTypes.NameOf(port.Type), port.Shape);

    // The dimension along which requests are joined is left out.
    private static ConfigTensor ConfigOf(TensorModel model, TensorPort port, bool isOptional) => new(
        port.Name,
        port.Type == TensorType.Bytes ? "TYPE_STRING" : $"TYPE_{TensorTypes.NameOf(port.Type)}",
        model.MaxBatchRows > 0 ? [.. port.Shape.Skip(1)] : port.Shape,
        isOptional);

    private static ModelStatistics StatisticsOf(string model, string version, ModelCounts counts) => new(
        model,
        version,
        counts.LastInference?.ToUnixTimeMilliseconds() ?? 0,
        counts.Rows,
        (long)Math.Round(counts.Runs),
        new InferenceTimes(TimeOf(counts.Success), TimeOf(counts.Fail), TimeOf(counts.Queue), TimeOf(counts.Inference)));

    private static CountedNanoseconds TimeOf(CountedTime time) => new(time.Count, time.Time.Ticks * NanosecondsPerTick);

    private Task<TensorModel> FindAsync(HttpContext context) =>
        models.FindAsync(OipFace.ModelOf(context), OipFace.VersionOf(context), context.RequestAborted);
}
