using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>
    /// Traces over every hop, and metrics for Prometheus at /metrics. Both also go to an OTLP collector where
    /// OTEL_EXPORTER_OTLP_ENDPOINT names one.
    /// </summary>
    public static void AddSensoriumTelemetry(this WebApplicationBuilder builder, ServiceProfile profile)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService($"sensorium-{profile.Name}", serviceVersion: ProductVersion.Text))
            .WithMetrics(metrics => metrics
                .AddMeter("Sensorium", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddView(HistogramBuckets.Of)
                .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0));
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // Spans that nobody collects are not made. The trace of the caller is handed on all the same.
            return;
        }

        telemetry.UseOtlpExporter().WithTracing(tracing => tracing
            .AddSource("Sensorium")
            .AddAspNetCoreInstrumentation(options => options.Filter = context => context.Request.Path != "/metrics")
            .AddGrpcClientInstrumentation());
    }
}
