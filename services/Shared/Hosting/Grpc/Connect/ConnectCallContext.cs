using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>What a method knows of its call. Connect-Timeout-Ms is the deadline.</summary>
internal sealed class ConnectCallContext : ServerCallContext, IDisposable
{
    private const string TimeoutHeader = "Connect-Timeout-Ms";

    private readonly HttpContext _http;
    private readonly string _method;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _ended;
    private readonly Dictionary<object, object> _state;

    /// <exception cref="SensoriumException">INVALID_PARAMETER: the time is no number of milliseconds.</exception>
    public ConnectCallContext(HttpContext http, string method, TimeProvider time)
    {
        (_http, _method) = (http, method);
        var timeout = TimeoutOf(http.Request);
        DeadlineCore = timeout is { } allowed ? time.GetUtcNow().UtcDateTime + allowed : DateTime.MaxValue;
        _deadline = timeout is { } delay ? new CancellationTokenSource(delay, time) : new CancellationTokenSource();
        _ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _deadline.Token);

        // GetHttpContext of gRPC looks here.
        _state = new Dictionary<object, object> { ["__HttpContext"] = http };
    }

    protected override string MethodCore => _method;

    protected override string HostCore => _http.Request.Host.Value ?? "";

    protected override string PeerCore => $"{_http.Connection.RemoteIpAddress}:{_http.Connection.RemotePort}";

    protected override DateTime DeadlineCore { get; }

    protected override Metadata RequestHeadersCore
    {
        get
        {
            var headers = new Metadata();
            foreach (var (name, values) in _http.Request.Headers.Where(header => !header.Key.EndsWith("-bin", StringComparison.OrdinalIgnoreCase)))
            {
                headers.Add(name.ToLowerInvariant(), values.ToString());
            }

            return headers;
        }
    }

    protected override CancellationToken CancellationTokenCore => _ended.Token;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override IDictionary<object, object> UserStateCore => _state;

    public void Dispose()
    {
        _ended.Dispose();
        _deadline.Dispose();
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Connect has no propagation of contexts.");

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

    private static TimeSpan? TimeoutOf(HttpRequest request)
    {
        var given = request.Headers[TimeoutHeader].ToString();
        if (given.Length == 0)
        {
            return null;
        }

        return given.Length <= 10 && long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue))
            : throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"{TimeoutHeader} must be a number of milliseconds, but is \"{given}\".", TimeoutHeader);
    }
}
