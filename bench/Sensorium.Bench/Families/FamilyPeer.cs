using System.Globalization;
using System.Text.Json;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Families;

/// <summary>bench/families/peer.mjs, called over HTTP/1.1 with kept connections.</summary>
internal sealed class FamilyPeer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _http;

    private FamilyPeer(ServerProcess process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public static async Task<FamilyPeer> StartAsync(FamilyOptions options)
    {
        var port = Ports.Free();
        var process = ServerProcess.Start(
            options.ServerCores, options.LogFile("peer"), new Dictionary<string, string> { ["ORT_DISABLE_TELEMETRY"] = "1" }, readOutput: false,
            "node", options.Peer, "--work", options.Work,
            "--threads", options.Threads.ToString(CultureInfo.InvariantCulture), "--port", port.ToString(CultureInfo.InvariantCulture));
        var peer = new FamilyPeer(process, port);
        await process.WaitUntilReadyAsync(async () => await peer.PostAsync("/", "") is { ValueKind: JsonValueKind.Object }, TimeSpan.FromSeconds(120));
        return peer;
    }

    public Task<JsonElement> AskAsync(FamilyQuestion question) => PostAsync("/ask", question.ToJson().ToJsonString());

    /// <summary>Lets go of all models.</summary>
    public Task ForgetAsync() => PostAsync("/forget", "");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<JsonElement> PostAsync(string path, string body)
    {
        using var content = new StringContent(body);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>()
            : throw new InvalidOperationException($"The peer answered {await response.Content.ReadAsStringAsync()}");
    }
}
