using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Sensorium.Bench.Load;
using Sensorium.Bench.Processes;
using Sensorium.V1;

namespace Sensorium.Bench.Contenders;

/// <summary>Sensorium in one process, called over gRPC; every client has a connection of its own.</summary>
internal sealed class SensoriumServer : IAsyncDisposable
{
    /// <summary>Connections, and so the most clients.</summary>
    public const int Connections = 64;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    private readonly ServerProcess _process;
    private readonly GrpcChannel[] _channels;
    private readonly SensoriumService.SensoriumServiceClient[] _clients;
    private readonly Uri _metrics;

    private SensoriumServer(ServerProcess process, int grpcPort, int httpPort)
    {
        _process = process;
        _metrics = new Uri($"http://127.0.0.1:{httpPort}/metrics");
        _channels = [.. Enumerable.Range(0, Connections).Select(_ => GrpcChannel.ForAddress($"http://127.0.0.1:{grpcPort}", ChannelOptions()))];
        _clients = [.. _channels.Select(channel => new SensoriumService.SensoriumServiceClient(channel))];
    }

    public int ProcessId => _process.Id;

    public static async Task<SensoriumServer> StartAsync(BenchOptions options, string name, params (string Name, string Value)[] settings)
    {
        var (grpcPort, httpPort) = (Ports.Free(), Ports.Free());
        var environment = SensoriumSettings.Environment(options, grpcPort, httpPort);
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        var process = ServerProcess.Start(
            options.ServerCores, options.LogFile(name), environment, readOutput: false, "dotnet", options.GatewayAssembly);
        var server = new SensoriumServer(process, grpcPort, httpPort);
        await process.WaitUntilReadyAsync(server.IsReadyAsync, StartTimeout);
        return server;
    }

    /// <summary>Embeds pictures in one call; the detail is the cache status of the first.</summary>
    public Task<CallOutcome> EmbedAsync(int client, CachePolicy policy, params byte[][] pictures)
    {
        var request = new EmbedRequest { Options = new EncodeOptions { CachePolicy = policy } };
        request.Items.AddRange(pictures.Select(Picture));
        return EmbedAsync(client, request);
    }

    public Task<CallOutcome> EmbedAsync(int client, Modality modality, byte[] data) =>
        EmbedAsync(client, new EmbedRequest { Items = { new V1.Media { Data = UnsafeByteOperations.UnsafeWrap(data), Modality = modality } } });

    public Task<CallOutcome> EmbedTextAsync(int client, string text) =>
        EmbedAsync(client, new EmbedRequest { Items = { new V1.Media { Text = text, Modality = Modality.Text } } });

    public async Task<float[]> EmbeddingAsync(byte[] picture)
    {
        var response = await _clients[0].EmbedAsync(new EmbedRequest { Items = { Picture(picture, 0) } });
        return [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(response.Results[0].Encoded.Embedding.Data.Span)];
    }

    /// <summary>Greedy caption of pictures together. <paramref name="exactTokens"/> suppresses the end token and stops after that many.</summary>
    public async Task<CallOutcome> CaptionAsync(int client, IReadOnlyList<byte[]> pictures, int? exactTokens = null)
    {
        var request = new CaptionRequest { Media = { pictures.Select(Picture) }, Parameters = new GenerationParameters { Temperature = 0, NumBeams = 1 } };
        if (exactTokens is { } tokens)
        {
            request.Parameters.MinNewTokens = tokens;
            request.Parameters.MaxNewTokens = tokens;
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        double? first = null;
        Finished? finished = null;
        string? cache = null;
        try
        {
            using var call = _clients[client].Caption(request);
            await foreach (var response in call.ResponseStream.ReadAllAsync())
            {
                first ??= response.Event.Delta?.TokenIds.Count > 0 ? clock.Elapsed.TotalMilliseconds : null;
                finished = response.Event.Finished ?? finished;
                cache ??= response.Event.Started?.Media[0].CacheStatus.ToString();
            }
        }
        catch (RpcException error)
        {
            return Failure(error);
        }

        return finished is null
            ? new CallOutcome(0, Error: "Incomplete")
            : new CallOutcome(1, finished.Usage.GeneratedTokens, first, Detail: cache);
    }

    /// <summary>Pictures that the encoder has run on since the start, by the service's own count.</summary>
    public Task<double> EncodedPicturesAsync() => MetricAsync(SensoriumSettings.EncodedPicturesMetric, SensoriumSettings.EncodedPicturesLabel);

    /// <summary>Bytes of the entries in the embedding cache, by the service's own count.</summary>
    public Task<double> CachedBytesAsync() => MetricAsync(SensoriumSettings.CachedBytesMetric, "");

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        await _process.DisposeAsync();
    }

    private async Task<CallOutcome> EmbedAsync(int client, EmbedRequest request)
    {
        try
        {
            var response = await _clients[client].EmbedAsync(request);
            var failed = response.Results.FirstOrDefault(result => result.Error is not null);
            return failed is null
                ? new CallOutcome(response.Results.Count, Detail: response.Results[0].CacheStatus.ToString())
                : new CallOutcome(0, Error: ((StatusCode)failed.Error.Code).ToString());
        }
        catch (RpcException error)
        {
            return Failure(error);
        }
    }

    private static CallOutcome Failure(RpcException error) => new(
        0, Error: error.StatusCode.ToString(), RetryAfter: error.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay.ToTimeSpan());

    private static GrpcChannelOptions ChannelOptions() => new()
    {
        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false },
        DisposeHttpClient = true,
    };

    private static V1.Media Picture(byte[] data, int index) => new()
    {
        ItemId = $"item-{index}",
        Data = UnsafeByteOperations.UnsafeWrap(data),
        Modality = Modality.Image,
    };

    private async Task<double> MetricAsync(string name, string label)
    {
        using var http = new HttpClient();
        return Prometheus.Sum(await http.GetStringAsync(_metrics), name, label);
    }

    private async Task<bool> IsReadyAsync()
    {
        var status = await _clients[0].StatusAsync(new StatusRequest(), deadline: DateTime.UtcNow.AddSeconds(5));
        return status.Services.Where(service => service.Name is "vision" or "generation" or "text").All(service => service.Ready);
    }
}
