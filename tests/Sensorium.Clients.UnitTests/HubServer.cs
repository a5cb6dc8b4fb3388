using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sensorium.Clients.UnitTests;

/// <summary>The routes of a model hub: a listing, files that are redirected to where they lie, ranges, and faults that a test asks for.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    public const string Large = "onnx/model.onnx_data";

    private readonly WebApplication _app;

    public HubServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/api/models/{owner}/{name}/revision/{revision}", ListAsync);
        _app.MapGet("/{owner}/{name}/resolve/{revision}/{**path}", Resolve);
        _app.MapGet("/store/{**path}", StoreAsync);
    }

    public Dictionary<string, byte[]> Files { get; } = new()
    {
        ["README.md"] = "---\nlicense: apache-2.0\n---"u8.ToArray(),
        ["config.json"] = "{ \"model_type\": \"bert\" }"u8.ToArray(),
        ["tokenizer.json"] = "{}"u8.ToArray(),
        ["pytorch_model.bin"] = "not needed"u8.ToArray(),
        ["onnx/model.onnx"] = RandomNumberGenerator.GetBytes(100_000),
        [Large] = RandomNumberGenerator.GetBytes(3_000_000),
        ["onnx/model_quantized.onnx"] = RandomNumberGenerator.GetBytes(50_000),
    };

    /// <summary>Empty lets everybody in.</summary>
    public string Token { get; set; } = "";

    /// <summary>Answers with <see cref="Large"/> that break off in the middle, from the next one on.</summary>
    public int BreakOff { get; set; }

    /// <summary>The file whose digest is said wrong.</summary>
    public string? WrongDigestOf { get; set; }

    /// <summary>As "onnx/model.onnx 0": what the store was asked for, and from where.</summary>
    public List<string> Asked { get; } = [];

    public bool TokenReachedStore { get; private set; }

    public string Address => _app.Urls.First();

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private bool MayRead(HttpContext context) => Token.Length == 0 || context.Request.Headers.Authorization == $"Bearer {Token}";

    private IResult ListAsync(HttpContext context, string owner, string name, string revision)
    {
        if (!MayRead(context))
        {
            return Results.StatusCode(401);
        }

        return $"{owner}/{name}@{revision}" == "people/mini@main"
            ? Results.Json(new { sha = Commit, siblings = Files.Keys.Select(path => new { rfilename = path }) })
            : Results.NotFound();
    }

    private IResult Resolve(HttpContext context, string revision, string path)
    {
        if (!MayRead(context) || revision != Commit || !Files.TryGetValue(path, out var content))
        {
            return Results.StatusCode(MayRead(context) ? 404 : 401);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(path == WrongDigestOf ? Encoding.UTF8.GetBytes("other") : content));
        context.Response.Headers["X-Linked-Etag"] = $"\"{digest}\"";
        context.Response.Headers["X-Linked-Size"] = content.Length.ToString(CultureInfo.InvariantCulture);

        // Another authority, as stores have.
        return Results.Redirect($"{Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/store/{path}");
    }

    private async Task StoreAsync(HttpContext context, string path)
    {
        TokenReachedStore |= context.Request.Headers.Authorization.Count > 0;
        var content = Files[path];
        var from = (int)(context.Request.GetTypedHeaders().Range?.Ranges.First().From ?? 0);
        Asked.Add($"{path} {from}");
        context.Response.StatusCode = from > 0 ? 206 : 200;
        context.Response.ContentLength = content.Length - from;
        var half = from + ((content.Length - from) / 2);
        if (BreakOff > 0 && path == Large)
        {
            BreakOff--;
            await context.Response.Body.WriteAsync(content.AsMemory(from, half - from));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(content.AsMemory(from));
    }
}
