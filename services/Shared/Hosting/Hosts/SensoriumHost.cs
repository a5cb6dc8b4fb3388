using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Certificates;
using Sensorium.Hosting.Grpc;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Health;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Policies.Bodies;
using Sensorium.Hosting.Policies.Draining;
using Sensorium.Hosting.Policies.Errors;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Policies.Origins;
using Sensorium.Hosting.Policies.Quotas;
using Sensorium.Hosting.Settings;
using Sensorium.Hosting.Telemetry;

namespace Sensorium.Hosting.Hosts;

/// <summary>What every host has in common.</summary>
public static class SensoriumHost
{
    private const string LogName = "Sensorium.Hosting";

    /// <summary>Servers, limits, errors, health, drain, telemetry and the clients of other services.</summary>
    public static WebApplicationBuilder AddSensoriumDefaults(this WebApplicationBuilder builder, ServiceProfile profile)
    {
        NativeHeap.GiveBackLargeBlocks();
        builder.Configuration.AddLoggingDefaults();
        var services = builder.Services;
        services.AddSingleton(profile);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<HostingOptions>()
            .Configure(options => (options.GrpcPort, options.HttpPort) = (profile.GrpcPort, profile.HttpPort))
            .BindConfiguration(HostingOptions.Section)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HostingOptions>, HostingOptionsValidator>());
        services.AddSingleton<HostCertificates>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>();
        services.AddHostedService<CertificateMetrics>();
        services.AddSingleton<ServedAddress>();
        services.AddSingleton(provider => new ServingState(provider.GetRequiredService<ReadinessMonitor>()));
        services.AddOptions<HostOptions>().Configure(host => host.ShutdownTimeout = ShutdownTimeout(builder.Configuration));
        services.AddSingleton<IMemoryRelief, NativeHeapRelief>();
        services.AddAccounting(builder.Configuration);
        services.AddSensoriumGrpc();
        services.AddSensoriumClients();
        builder.AddSensoriumTelemetry(profile);

        // It reports the end of the process as an error. What a failed look-up breaks is reported by the calls that it breaks.
        builder.Logging.AddFilter("Grpc.Net.Client.Balancer.DnsResolver", LogLevel.Critical);

        // It repeats as an error what the caller did wrong, and what the error interceptor has logged.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.Critical);
        return builder;
    }

    /// <summary>Health and reflection over gRPC; /health/live, /health/ready and /metrics over HTTP.</summary>
    public static WebApplication MapSensoriumDefaults(this WebApplication app)
    {
        // All faults of the configuration at once, before what is mapped meets the first of them.
        app.Services.GetService<IStartupValidator>()?.Validate();
        app.UseMiddleware<CallDurationMiddleware>();
        app.UseMiddleware<AccountingMiddleware>();
        app.UseMiddleware<StatusDetailsMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<OriginMiddleware>();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.UseMiddleware<QuotaMiddleware>();
        app.UseMiddleware<DrainMiddleware>();
        app.UseMiddleware<UnservedPathMiddleware>();
        app.UseMiddleware<BodyMiddleware>();
        app.MapGrpcService<HealthStatuses>();
        app.MapGrpcService<ModelGrpcService>();
        if (app.Services.GetRequiredService<IOptions<HostingOptions>>().Value.Reflection)
        {
            app.MapGrpcReflectionService();
        }

        app.MapPrometheusScrapingEndpoint();
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", (ReadinessMonitor readiness) => readiness is { IsReady: true, Problems.Count: 0 }
            ? Results.Text("ready")
            : Results.Json(readiness.Problems, statusCode: readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable));
        return app;
    }

    /// <summary>
    /// The group for faces that speak HTTP. Its endpoints inherit keys, drain and errors, and bodies are bounded as gRPC
    /// messages are. A face whose errors have a shape of their own adds its <see cref="IErrorShape"/> with WithMetadata.
    /// </summary>
    public static RouteGroupBuilder MapSensoriumHttp(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<IOptions<HostingOptions>>().Value.MaxReceiveBytes;
        return app.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(limit));
    }

    /// <summary>Makes the application, and runs it until the signal to stop. What keeps it from starting is reported, and ends the process with 1.</summary>
    /// <param name="run">What is done with it in place of that.</param>
    public static async Task<int> RunAsync(Func<WebApplication> create, Func<WebApplication, Task<int>>? run = null)
    {
        WebApplication app;
        try
        {
            app = create();
        }
        catch (Exception exception) when (StartFaults.Of(exception) is { Count: > 0 } faults)
        {
            // There is no log yet.
            using var logs = LoggerFactory.Create(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).AddSimpleConsole(line => line.SingleLine = true));
            HostLog.InvalidConfiguration(logs.CreateLogger(LogName), string.Join(Environment.NewLine, faults));
            return 1;
        }

        return await (run is null ? app.RunSensoriumAsync() : run(app));
    }

    /// <summary>Runs until the signal to stop. Faults of the configuration are all reported, and end the process with 1.</summary>
    public static async Task<int> RunSensoriumAsync(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LogName);
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
        }
        catch (Exception exception) when (StartFaults.Of(exception) is { Count: > 0 } faults)
        {
            HostLog.InvalidConfiguration(logger, string.Join(Environment.NewLine, faults));
            await app.DisposeAsync();
            return 1;
        }

        try
        {
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A pack or a device that cannot be used, or a port that is taken: the message says which.
            HostLog.CannotStart(logger, exception.Message, StartFaults.Of(exception).Count > 0 ? null : exception);
            await app.DisposeAsync();
            return 1;
        }

        var profile = app.Services.GetRequiredService<ServiceProfile>();
        HostLog.Serving(logger, profile.Name, app.Services.GetRequiredService<ServedAddress>().Value);
        _ = GiveBackWhatStartingTookAsync(app.Services);
        await app.WaitForShutdownAsync();
        await app.DisposeAsync();
        return 0;
    }

    // Graphs are read, checked and tried while a process starts; what that left behind is many times what it holds at rest.
    private static async Task GiveBackWhatStartingTookAsync(IServiceProvider services)
    {
        if (services.GetService<MemoryReliefs>() is { } memory)
        {
            await services.GetRequiredService<ReadinessMonitor>().FirstReady;
            memory.Release();
        }
    }

    // Read when the host is built, before faults of the configuration are reported: what is not a time counts as the default.
    private static TimeSpan ShutdownTimeout(ConfigurationManager configuration)
    {
        var defaults = new HostingOptions();
        return Read(nameof(HostingOptions.DrainDelay), defaults.DrainDelay)
            + Read(nameof(HostingOptions.DrainTimeout), defaults.DrainTimeout)
            + TimeSpan.FromSeconds(5);

        TimeSpan Read(string key, TimeSpan otherwise) =>
            TimeSpan.TryParse(configuration[$"{HostingOptions.Section}:{key}"], CultureInfo.InvariantCulture, out var value) ? value : otherwise;
    }
}
