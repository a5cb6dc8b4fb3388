using Sensorium.Core.Models.Running;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>GET /models and /models/{id}.</summary>
internal sealed class ModelsEndpoint(ListModelsOperation models)
{
    public async Task<IResult> ListAsync(HttpContext context)
    {
        var served = await models.ServedAsync(context.RequestAborted);
        return Results.Json(new ModelList([.. served.Select(ToEntry)]), OpenAiJson.Default.ModelList);
    }

    public async Task<IResult> GetAsync(string id, HttpContext context) =>
        Results.Json(ToEntry(await models.FindAsync(id, context.RequestAborted)), OpenAiJson.Default.ModelEntry);

    private static ModelEntry ToEntry(ServedModel model) => new(model.Id, new Architecture(model.Reads, model.Writes), new ModelStatus(model.State switch
    {
        ModelState.Loaded => "loaded",
        ModelState.Idle => "sleeping",
        _ => "loading",
    }));
}
