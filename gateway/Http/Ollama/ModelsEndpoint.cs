using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>GET /tags and /ps, POST /show.</summary>
internal sealed class ModelsEndpoint(ListModelsOperation models)
{
    public async Task<IResult> ListAsync(HttpContext context)
    {
        var served = await models.ServedAsync(context.RequestAborted);
        return Results.Json(new ModelList([.. served.Select(model => ToEntry(model, model.Overview.SizeBytes, null))]), OllamaJson.Default.ModelList);
    }

    public async Task<IResult> RunningAsync(HttpContext context)
    {
        var running = (await models.ServedAsync(context.RequestAborted)).Where(model => model.State == ModelState.Loaded);
        return Results.Json(new ModelList([.. running.Select(model => ToEntry(model, MemoryOf(model, _ => true), MemoryOf(model, OnDevice)))]), OllamaJson.Default.ModelList);
    }

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        OllamaEndpoints.Show.Check(body.RootElement);
        var name = OllamaNames.ModelOf(body.RootElement, body.RootElement.Find("model") is null && body.RootElement.Find("name") is not null ? "name" : "model");
        var model = await models.FindAsync(name, context.RequestAborted);
        var info = new Dictionary<string, string>
        {
            ["general.architecture"] = model.Overview.Family,
            ["general.basename"] = model.Id,
            ["general.languages"] = string.Join(", ", model.Overview.Languages),
        };
        return Results.Json(
            new ShownModel(model.Overview.License, DetailsOf(model), info, [.. CapabilitiesOf(model)]), OllamaJson.Default.ShownModel);
    }

    private static ModelEntry ToEntry(ServedModel model, long size, long? inDeviceMemory) => new(
        model.Id,
        model.Id,
        size,
        model.Overview.Parts.Select(part => part.Model?.Revision).FirstOrDefault(revision => revision is not null) ?? "",
        DetailsOf(model),
        inDeviceMemory);

    private static ModelDetails DetailsOf(ServedModel model) => new(
        "onnx",
        model.Overview.Family,
        [.. model.Overview.Family.Split(", ", StringSplitOptions.RemoveEmptyEntries)],
        model.Overview.Parts.Select(part => part.Model?.Variant).FirstOrDefault(variant => variant is not null) ?? "");

    private static IEnumerable<string> CapabilitiesOf(ServedModel model)
    {
        (string Name, bool Has)[] all =
        [
            ("embedding", model.Does(ModelTask.Embed)),
            ("completion", model.Does(ModelTask.Generate)),
            ("vision", model.Reads.Contains("image")),
            ("audio", model.Reads.Contains("audio")),
        ];
        return all.Where(row => row.Has).Select(row => row.Name);
    }

    private static long MemoryOf(ServedModel model, Func<ModelPartState, bool> counts) => model.Overview.Parts.Where(counts).Sum(part => part.MemoryBytes);

    private static bool OnDevice(ModelPartState part) => part.Model is { Device: not "cpu" };
}
