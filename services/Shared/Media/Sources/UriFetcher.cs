using System.Buffers;
using System.Net;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Media.Sources;

internal sealed class UriFetcher : IUriFetcher, IDisposable
{
    private const int BlockBytes = 65536;
    private readonly UriFetcherOptions _options;
    private readonly UriPolicy _policy;
    private readonly MediaStoreOptions _storeOptions;
    private readonly IMediaStore _store;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public UriFetcher(
        IOptions<UriFetcherOptions> options, IOptions<MediaStoreOptions> storeOptions, IMediaStore store, AddressGuard guard, TimeProvider time)
    {
        (_options, _storeOptions, _store, _time) = (options.Value, storeOptions.Value, store, time);
        _policy = new UriPolicy(_options);

        // No proxy (it would connect on our behalf, unchecked), no cookies, no credentials, no automatic redirects.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = guard.ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 64,
        });
    }

    public async Task<FetchedMedia> FetchAsync(string uri, CancellationToken cancellationToken)
    {
        if (uri.StartsWith(DataUri.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            var (data, mediaType) = DataUri.Parse(uri, _storeOptions.MaxMediaBytes);
            return data.Length == 0 ? throw MediaError.Empty() : Take(new DataSource(data, mediaType));
        }

        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await SendAsync(_policy.Parse(uri), linked.Token);
            return await ReadAsync(response, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(uri, $"it took longer than {_options.Timeout.TotalSeconds:0.###} s");
        }
        catch (HttpRequestException exception)
        {
            // The guard's own refusal comes wrapped.
            throw exception.InnerException as SensoriumException ?? Failed(uri, exception.Message, exception);
        }
        catch (IOException exception)
        {
            throw Failed(uri, exception.Message, exception);
        }
    }

    public FetchedMedia Take(DataSource data) => data.Data.Length <= _storeOptions.MaxMediaBytes
        ? new FetchedMedia(new InlineSource(data.Data), data.MediaType)
        : throw MediaError.TooLarge(data.Data.Length, _storeOptions.MaxMediaBytes);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri uri, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            request.Headers.TryAddWithoutValidation("Accept", "image/*, audio/*, video/*, text/plain, */*;q=0.1");
            var response = await _http.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            if (redirects == _options.MaxRedirects)
            {
                throw Failed(uri.ToString(), $"it was redirected more than {_options.MaxRedirects} times");
            }

            uri = _policy.Parse(new Uri(uri, location).ToString());
        }
    }

    private async Task<FetchedMedia> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw Failed(response.RequestMessage!.RequestUri!.ToString(), $"the server answered {(int)response.StatusCode}");
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (response.Content.Headers.ContentLength is { } length && length > _storeOptions.MaxMediaBytes)
        {
            throw MediaError.TooLarge(length, _storeOptions.MaxMediaBytes);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var inline = await ReadInlineAsync(body, cancellationToken);
        if (inline.Length <= _storeOptions.InlineBytes)
        {
            return inline.Length == 0 ? throw MediaError.Empty() : new FetchedMedia(new InlineSource(inline), mediaType);
        }

        var stored = await StoreAsync(inline, body, cancellationToken);
        return new FetchedMedia(new ReferenceSource(stored.Sha256, null, stored.SizeBytes), mediaType);
    }

    /// <summary>The whole body, or one byte more than may travel inline.</summary>
    private async Task<byte[]> ReadInlineAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var rest = _storeOptions.InlineBytes + 1;
            while (rest > 0 && await body.ReadAsync(block.AsMemory(0, (int)Math.Min(rest, block.Length)), cancellationToken) is var count and > 0)
            {
                buffer.Write(block, 0, count);
                rest -= count;
            }

            return buffer.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private async Task<StoredMedia> StoreAsync(byte[] head, Stream body, CancellationToken cancellationToken)
    {
        await using var upload = _store.BeginUpload();
        await upload.WriteAsync(head, cancellationToken);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            while (await body.ReadAsync(block, cancellationToken) is var count and > 0)
            {
                await upload.WriteAsync(block.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return await upload.CompleteAsync(cancellationToken);
    }

    private static SensoriumException Failed(string uri, string why, Exception? inner = null) =>
        SensoriumException.Invalid(ErrorReasons.UriFetchFailed, $"\"{UriPolicy.Shorten(uri)}\" could not be fetched: {why}.", inner: inner);
}
