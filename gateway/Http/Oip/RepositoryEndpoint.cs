using System.Text.Json;
using Sensorium.Gateway.Operations.Inference;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>POST /repository/…: what is there, and what is loaded of it. Bodies may be left out.</summary>
internal sealed class RepositoryEndpoint(ModelRepository repository)
{
    public async Task<IResult> IndexAsync(HttpContext context)
    {
        using var body = await ReadAsync(context.Request);
        var onlyReady = body?.RootElement.FindFlag("ready") ?? false;
        var entries = await repository.IndexAsync(onlyReady, context.RequestAborted);
        return Results.Json(
            [.. entries.Select(entry => new IndexEntry(entry.Model, entry.Version, entry.StateName, entry.Reason))], OipJson.Default.IReadOnlyListIndexEntry);
    }

    public async Task<IResult> LoadAsync(HttpContext context)
    {
        using var body = await ReadAsync(context.Request);
        var parameters = body?.RootElement.Find("parameters") switch
        {
            null => [],
            { ValueKind: JsonValueKind.Object } given => given.EnumerateObject().Select(parameter => parameter.Name),
            _ => throw BodyErrors.Wrong("parameters", "must be an object"),
        };
        await repository.LoadAsync(OipFace.ModelOf(context), parameters, context.RequestAborted);
        return Results.Ok();
    }

    public async Task<IResult> UnloadAsync(HttpContext context)
    {
        using var body = await ReadAsync(context.Request);
        await repository.UnloadAsync(OipFace.ModelOf(context), context.RequestAborted);
        return Results.Ok();
    }

    private static async Task<JsonDocument?> ReadAsync(HttpRequest request) =>
        request.ContentLength is 0 or null && request.Headers.TransferEncoding.Count == 0 ? null : await BodyReader.ReadAsync(request);
}
