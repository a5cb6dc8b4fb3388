using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>A project names what its own source uses, and nothing else.</summary>
public sealed class UsedReferenceTests
{
    // How source shows that it uses a package whose namespace is not its name. Null: it is needed, and no source shows it.
    private static readonly Dictionary<string, string?> Marks = new()
    {
        ["AppHost"] = "<Program>",
        ["Aspire.Hosting.Orchestration.linux-x64"] = null,
        ["Aspire.Hosting.Sensorium"] = "AddSensorium",
        ["diskann-garnet"] = null,
        ["Google.Api.CommonProtos"] = "Google.Rpc",
        ["Grpc.AspNetCore"] = "MapGrpcService<",
        ["Grpc.AspNetCore.Server.Reflection"] = "AddGrpcReflection",
        ["Grpc.HealthCheck"] = "Grpc.Health.V1",
        ["Grpc.StatusProto"] = "GetDetail<",
        ["Grpc.Tools"] = null,
        ["KubernetesClient"] = "k8s",
        ["Microsoft.Extensions.AI.Abstractions"] = "using Microsoft.Extensions.AI;",
        ["Microsoft.Extensions.AI.OpenAI"] = "AsIChatClient",
        ["Microsoft.Extensions.DependencyInjection.Abstractions"] = "using Microsoft.Extensions.DependencyInjection;",
        ["Microsoft.Extensions.Diagnostics"] = "AddMetrics",
        ["Microsoft.Extensions.Diagnostics.Testing"] = ".Testing",
        ["Microsoft.Extensions.Hosting.Abstractions"] = "Microsoft.Extensions.Hosting",
        ["Microsoft.Extensions.Logging.Abstractions"] = "Microsoft.Extensions.Logging",
        ["Microsoft.Extensions.Options.ConfigurationExtensions"] = ".Bind",
        ["Microsoft.Extensions.TimeProvider.Testing"] = "Microsoft.Extensions.Time.Testing",
        ["Microsoft.Extensions.VectorData.Abstractions"] = "using Microsoft.Extensions.VectorData;",
        ["Microsoft.Garnet"] = "GarnetServer",
        ["Microsoft.ML.OnnxRuntime.Gpu.Linux"] = "Microsoft.ML.OnnxRuntime",
        ["ModelContextProtocol.AspNetCore"] = "using ModelContextProtocol",
        ["NetVips.Native.$(NativeRuntime)"] = null,
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = "OtlpExporter",
        ["OpenTelemetry.Exporter.Prometheus.AspNetCore"] = "AddPrometheusExporter",
        ["OpenTelemetry.Extensions.Hosting"] = "AddOpenTelemetry",
        ["OpenTelemetry.Instrumentation.AspNetCore"] = "AddAspNetCoreInstrumentation",
        ["OpenTelemetry.Instrumentation.GrpcNetClient"] = "AddGrpcClientInstrumentation",
        ["Sensorium.Contracts"] = "V1",
        ["Sensorium.Testing.Shared"] = "Sensorium.Testing",
        ["Tokenizers.DotNet.runtime.linux-x64"] = null,
        ["xunit.v3"] = "Xunit",
        ["xunit.v3.extensibility.core"] = "Xunit",
    };

    // Its source is the contracts alone.
    private const string Generated = "Sensorium.Contracts";

    [Fact]
    public void Every_project_uses_what_it_refers_to()
    {
        var unused =
            from project in Project.All
            where project.Name != Generated
            let source = Repository.CSharp.Where(file => file.Path.StartsWith(project.Folder + "/", StringComparison.Ordinal)).ToArray()
            from reference in project.Packages.Concat(project.Projects)
            let mark = Marks.GetValueOrDefault(reference, reference)
            where mark is not null && !source.Any(file => file.Text.Contains(mark, StringComparison.Ordinal))
            select $"{project.Name} → {reference}";

        Assert.Empty(unused);
    }

    [Fact]
    public void Internals_are_shown_to_projects_that_exist() =>
        Assert.Empty(Project.All.SelectMany(project => project.Friends).Except(Project.All.Select(project => project.Name)));
}
