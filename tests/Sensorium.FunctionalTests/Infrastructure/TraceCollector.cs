using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>
/// A collector as OTEL_EXPORTER_OTLP_ENDPOINT names one. Services send it the spans of those requests alone whose caller asks for a
/// trace.
/// </summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly List<CollectedSpan> _spans = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;

    /// <summary>What makes a process send its spans here, soon.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_TRACES_SAMPLER"] = "parentbased_always_off",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
    };

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/v1/traces", AddAsync);
        _app.MapPost("/v1/metrics", () => Results.Ok());
        await _app.StartAsync();
    }

    /// <summary>Those of a trace, as soon as they are as they should be, or as they are when no more come.</summary>
    public async Task<IReadOnlyList<CollectedSpan>> UntilAsync(string trace, Func<IReadOnlyList<CollectedSpan>, bool> condition)
    {
        while (true)
        {
            var arrival = _arrival.Task;
            var spans = Of(trace);
            if (condition(spans) || await Task.WhenAny(arrival, Task.Delay(TimeSpan.FromSeconds(30))) != arrival)
            {
                return spans;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private async Task<IResult> AddAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        lock (_spans)
        {
            _spans.AddRange(CollectedSpan.Read(body.ToArray()));
        }

        Interlocked.Exchange(ref _arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return Results.Ok();
    }

    private IReadOnlyList<CollectedSpan> Of(string trace)
    {
        lock (_spans)
        {
            return [.. _spans.Where(span => span.TraceId == trace)];
        }
    }
}
