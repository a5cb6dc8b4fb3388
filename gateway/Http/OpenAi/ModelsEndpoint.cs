using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>GET /models and /models/{id}.</summary>
internal sealed class ModelsEndpoint(ListModelsOperation models)
{
    public async Task<IResult> ListAsync(HttpContext context)
    {
        var ids = await models.RunAsync(context.RequestAborted);
        return Results.Json(new ModelList([.. ids.Select(id => new ModelEntry(id))]), OpenAiJson.Default.ModelList);
    }

    public async Task<IResult> GetAsync(string id, HttpContext context)
    {
        await CheckAsync(id, context.RequestAborted);
        return Results.Json(new ModelEntry(id), OpenAiJson.Default.ModelEntry);
    }

    /// <exception cref="SensoriumException">MODEL_MISMATCH, listing the models that there are.</exception>
    public async Task CheckAsync(string id, CancellationToken cancellationToken)
    {
        if (!await models.HasAsync(ModelSelector.Parse(id), cancellationToken))
        {
            var ids = await models.RunAsync(cancellationToken);
            var message = $"There is no model \"{id}\" here; there is: {string.Join(", ", ids)}.";
            throw new SensoriumException(ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch, message) { Field = "model" };
        }
    }
}
