using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Sensorium.V1;

namespace Sensorium.Client;

/// <summary>
/// Sensorium's public API over one connection. Safe for concurrent use. Calls throw <see cref="SensoriumCallException"/>
/// where Sensorium says no, and <see cref="OperationCanceledException"/> where the caller gave up.
/// </summary>
public sealed partial class SensoriumClient : IDisposable
{
    // Large answers arrive in one window, without waiting for the client between its parts.
    private const int StreamWindow = 16 << 20;

    private readonly SensoriumClientOptions _options;
    private readonly GrpcChannel _channel;
    private readonly SensoriumService.SensoriumServiceClient _service;
    private readonly Health.HealthClient _health;
    private readonly ModelService.ModelServiceClient _models;

    /// <param name="address">Of a gateway, as "http://127.0.0.1:7070".</param>
    /// <param name="options">Null for the defaults.</param>
    public SensoriumClient(string address, SensoriumClientOptions? options = null)
    {
        _options = options ?? new SensoriumClientOptions();
        Address = new Uri(address);
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = _options.MaxReceiveBytes,
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, InitialHttp2StreamWindowSize = StreamWindow },
            DisposeHttpClient = true,
        });
        var calls = _channel.Intercept(metadata =>
        {
            if (_options.ApiKey.Length > 0)
            {
                metadata.Add("authorization", $"Bearer {_options.ApiKey}");
            }

            return metadata;
        });
        _service = new SensoriumService.SensoriumServiceClient(calls);
        _health = new Health.HealthClient(calls);
        _models = new ModelService.ModelServiceClient(calls);
    }

    /// <summary>Of the gateway.</summary>
    public Uri Address { get; }

    /// <summary>Files above this many bytes are uploaded by <see cref="OpenFileAsync"/>.</summary>
    public int InlineLimitBytes => _options.InlineLimitBytes;

    /// <summary>
    /// Describes media in words. Ending the enumeration ends the decoding. The events come in the order that the contract
    /// gives: Started, then deltas, then one Finished for every choice.
    /// </summary>
    public IAsyncEnumerable<CaptionEvent> CaptionAsync(CaptionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ToItsEndAsync(
            ReadAsync(stop => _service.Caption(request, cancellationToken: stop), cancellationToken).Select(answer => answer.Event),
            caption => caption.Finished is not null,
            Math.Max(1, request.Parameters?.N ?? 1),
            "The caption ended before it was finished.",
            cancellationToken);
    }

    /// <summary>What is said in a sound, segment by segment, then one event with <see cref="TranscriptEvent.Finished"/>.</summary>
    public IAsyncEnumerable<TranscriptEvent> TranscribeAsync(TranscribeRequest request, CancellationToken cancellationToken = default) => ToItsEndAsync(
        ReadAsync(stop => _service.Transcribe(request, cancellationToken: stop), cancellationToken).Select(answer => answer.Event),
        transcript => transcript.Finished is not null,
        1,
        "The transcript ended before it was finished.",
        cancellationToken);

    /// <summary>Embeds media of any modalities in one space. Items fail one by one, each in its own result.</summary>
    public Task<EmbedResponse> EmbedAsync(EmbedRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.EmbedAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Cosine similarity of every left item with every right item.</summary>
    public Task<CompareResponse> CompareAsync(CompareRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.CompareAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>How well labels, given in words, fit media of any modalities. Items fail one by one, each in its own result.</summary>
    public Task<ClassifyResponse> ClassifyAsync(ClassifyRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.ClassifyAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Orders texts by how well they answer a query.</summary>
    public Task<RerankResponse> RerankAsync(RerankRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.RerankAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Which parts of a medium carry its similarity with another, or a label.</summary>
    public Task<ExplainResponse> ExplainAsync(ExplainRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.ExplainAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>What is served, service by service.</summary>
    public Task<StatusResponse> StatusAsync(CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.StatusAsync(new StatusRequest(), CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Asks the standard health service until it says SERVING, or the caller gives up.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken = default)
    {
        var options = new CallOptions(cancellationToken: cancellationToken).WithWaitForReady();
        while (true)
        {
            var answer = await TranslateAsync(
                () => _health.CheckAsync(new HealthCheckRequest(), options).ResponseAsync, cancellationToken).ConfigureAwait(false);
            if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps a large medium at the gateway for later requests. What is broken off leaves nothing behind.</summary>
    public async Task<UploadResponse> UploadAsync(
        Stream content, string mediaType = "", IProgress<UploadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        long? total = content.CanSeek ? content.Length - content.Position : null;
        using var call = _service.Upload(cancellationToken: cancellationToken);
        try
        {
            var header = new UploadHeader { MediaType = mediaType, SizeBytes = total ?? 0 };
            await call.RequestStream.WriteAsync(new UploadRequest { Header = header }, cancellationToken).ConfigureAwait(false);
            await WriteChunksAsync(call.RequestStream, content, total, progress, cancellationToken).ConfigureAwait(false);
            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // The gateway answered early: it refused the upload, or holds the content already. The answer says which.
        }

        return await TranslateAsync(() => call.ResponseAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A file as a medium: its bytes where they fit into a request, a reference to an upload where they do not.</summary>
    public async Task<Media> OpenFileAsync(
        string path, IProgress<UploadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var file = File.OpenRead(path);
        var media = new Media { ItemId = Path.GetFileName(path), Modality = TextFiles.IsOne(path) ? Modality.Text : Modality.Unspecified };
        if (file.Length <= _options.InlineLimitBytes)
        {
            media.Data = await ByteString.FromStreamAsync(file, cancellationToken).ConfigureAwait(false);
            return media;
        }

        media.Ref = (await UploadAsync(file, progress: progress, cancellationToken: cancellationToken).ConfigureAwait(false)).Ref;
        return media;
    }

    public void Dispose() => _channel.Dispose();

    private async Task WriteChunksAsync(
        IClientStreamWriter<UploadRequest> requests, Stream content, long? total, IProgress<UploadProgress>? progress, CancellationToken cancellationToken)
    {
        long sent = 0;
        while (true)
        {
            // A buffer of its own for each message: the transport may still read it when the write returns.
            var buffer = new byte[_options.ChunkBytes];
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            var chunk = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read));
            await requests.WriteAsync(new UploadRequest { Chunk = chunk }, cancellationToken).ConfigureAwait(false);
            sent += read;
            progress?.Report(new UploadProgress(sent, total));
        }
    }

    private CallOptions CallOptions(CancellationToken cancellationToken) =>
        new(deadline: _options.Deadline is { } after ? (TimeProvider.System.GetUtcNow() + after).UtcDateTime : null, cancellationToken: cancellationToken);

    private static async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            throw CallErrors.Translate(exception, cancellationToken);
        }
    }
}
