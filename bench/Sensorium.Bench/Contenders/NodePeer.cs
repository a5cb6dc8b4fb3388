using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Bench.Load;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Contenders;

/// <summary>The Node peer of bench/peers/node, called over HTTP/1.1 with kept connections.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _http;

    private NodePeer(ServerProcess process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public int ProcessId => _process.Id;

    /// <param name="variant">Of the graph that embeds.</param>
    public static async Task<NodePeer> StartAsync(BenchOptions options, string name, string variant)
    {
        var port = Ports.Free();
        var process = ServerProcess.Start(
            options.ServerCores,
            options.LogFile(name),
            new Dictionary<string, string>(),
            readOutput: false,
            "node",
            options.NodeServer,
            "--pack", options.Pack,
            "--threads", options.Threads.ToString(CultureInfo.InvariantCulture),
            "--dtype", variant,
            "--port", port.ToString(CultureInfo.InvariantCulture));
        var peer = new NodePeer(process, port);
        await process.WaitUntilReadyAsync(peer.IsReadyAsync, TimeSpan.FromSeconds(120));
        return peer;
    }

    public Task<CallOutcome> EmbedAsync(byte[] picture) => PostAsync("/embed", picture, _ => new CallOutcome(1));

    public Task<CallOutcome> EmbedBatchAsync(IReadOnlyList<byte[]> pictures) =>
        PostAsync("/embed-batch", Join(pictures), _ => new CallOutcome(pictures.Count));

    public Task<CallOutcome> CaptionBatchAsync(IReadOnlyList<byte[]> pictures) =>
        PostAsync("/caption-batch", Join(pictures), _ => new CallOutcome(pictures.Count));

    public async Task<float[]> EmbeddingAsync(byte[] picture)
    {
        using var content = new ByteArrayContent(picture);
        using var response = await _http.PostAsync(new Uri("/embed", UriKind.Relative), content);
        return (await response.Content.ReadFromJsonAsync<float[]>())!;
    }

    /// <summary>Greedy caption, streamed as lines of JSON: one per token, then the whole text.</summary>
    public async Task<CallOutcome> CaptionAsync(byte[] picture)
    {
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/caption") { Content = new ByteArrayContent(picture) };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        double? first = null;
        var last = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            first ??= clock.Elapsed.TotalMilliseconds;
            last = line;
        }

        return new CallOutcome(1, (int)JsonNode.Parse(last)!["tokens"]!, first);
    }

    /// <summary>Has the peer keep a picture's features; returns their number.</summary>
    public async Task<int> KeepFeaturesAsync(byte[] picture)
    {
        var id = 0;
        await PostAsync("/features", picture, body =>
        {
            id = body.GetProperty("id").GetInt32();
            return new CallOutcome(1);
        });
        return id;
    }

    public Task<CallOutcome> DecodeAsync(int id, int tokens) => DecodeAsync($"/decode?id={id}&tokens={tokens}");

    public Task<CallOutcome> DecodeBatchAsync(IEnumerable<int> ids, int tokens) =>
        DecodeAsync($"/decode-batch?ids={string.Join(',', ids)}&tokens={tokens}");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private Task<CallOutcome> DecodeAsync(string path) =>
        PostAsync(path, [], body => new CallOutcome(body.GetProperty("text").GetArrayLength(), body.GetProperty("tokens").GetInt32()));

    private async Task<CallOutcome> PostAsync(string path, byte[] body, Func<JsonElement, CallOutcome> read)
    {
        using var content = new ByteArrayContent(body);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        if (!response.IsSuccessStatusCode)
        {
            return new CallOutcome(0, Error: response.StatusCode.ToString());
        }

        return read(await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<bool> IsReadyAsync()
    {
        using var response = await _http.GetAsync(new Uri("/health", UriKind.Relative));
        return response.IsSuccessStatusCode;
    }

    private static byte[] Join(IReadOnlyList<byte[]> pictures)
    {
        var body = new byte[pictures.Sum(picture => picture.Length + 4)];
        var at = 0;
        foreach (var picture in pictures)
        {
            BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(at), picture.Length);
            picture.CopyTo(body, at + 4);
            at += picture.Length + 4;
        }

        return body;
    }
}
