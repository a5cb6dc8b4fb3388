using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Sensorium.Aspire.UnitTests;

/// <summary>What the extensions put into the model of an app host.</summary>
public sealed class ResourceTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    [Fact]
    public async Task One_line_adds_a_gateway_in_a_container()
    {
        var sensorium = _builder.AddSensorium("sensorium", grpcPort: 7070);

        var image = sensorium.Resource.Annotations.OfType<ContainerImageAnnotation>().Single();
        Assert.Equal(("sensorium-gateway", "0.1.0"), (image.Image, image.Tag));
        var endpoints = sensorium.Resource.Annotations.OfType<EndpointAnnotation>().ToDictionary(endpoint => endpoint.Name);
        Assert.Equal((7070, 7070, "http2"), (endpoints["grpc"].Port, endpoints["grpc"].TargetPort, endpoints["grpc"].Transport));
        Assert.Equal((null, 7080, "http"), (endpoints["http"].Port, endpoints["http"].TargetPort, endpoints["http"].Transport));
        Assert.Single(sensorium.Resource.Annotations.OfType<HealthCheckAnnotation>());
        Assert.Equal("http://{sensorium.bindings.grpc.host}:{sensorium.bindings.grpc.port}", sensorium.Resource.ConnectionStringExpression.ValueExpression);
        var environment = await EnvironmentAsync(sensorium.Resource);
        Assert.Equal("true", environment["Sensorium__Host__AllowAnonymous"]);
        Assert.DoesNotContain(environment.Keys, name => name.StartsWith("Sensorium__Services__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folders_are_mounted_into_containers_whenever_they_are_named()
    {
        var sensorium = _builder.AddSensorium("sensorium").WithReplicas(SensoriumService.Text, 1).WithModels("models").WithIndex("index").WithReplicas(SensoriumService.Audio, 1);

        Assert.Equal([("/models", true), ("/index", false)], Mounts(sensorium.Resource));
        foreach (var replica in new[] { "sensorium-text-1", "sensorium-audio-1" })
        {
            var resource = _builder.Resources.Single(one => one.Name == replica);
            Assert.Equal([("/models", true)], Mounts(resource));
            Assert.Equal("/models", (await EnvironmentAsync(resource))["Sensorium__Models__Folder"]);
        }

        Assert.Equal(Path.GetFullPath("models", _builder.AppHostDirectory), sensorium.Resource.Annotations.OfType<ContainerMountAnnotation>().First().Source);
        Assert.Equal("/index", (await EnvironmentAsync(sensorium.Resource))["Sensorium__Index__Folder"]);
    }

    [Fact]
    public async Task Processes_read_folders_where_they_are()
    {
        var sensorium = _builder.AddSensoriumFromSource("sensorium", "repository", "Debug").WithModels("models");

        var root = Path.GetFullPath("repository", _builder.AppHostDirectory);
        Assert.Equal(("dotnet", root), (sensorium.Resource.Command, sensorium.Resource.WorkingDirectory));
        Assert.Equal([$"{root}/gateway/bin/Debug/net10.0/Sensorium.Gateway.dll"], (await ConfigurationAsync(sensorium.Resource)).Arguments.Select(argument => argument.Value));
        Assert.Equal(Path.GetFullPath("models", _builder.AppHostDirectory), (await EnvironmentAsync(sensorium.Resource))["Sensorium__Models__Folder"]);
    }

    [Fact]
    public async Task Replicas_are_resources_of_their_own_that_share_a_secret()
    {
        var sensorium = _builder.AddSensorium("sensorium").WithReplicas(SensoriumService.Vision, 2).WithReplicas(SensoriumService.Generation, 1);

        var names = _builder.Resources.Select(resource => resource.Name).ToArray();
        Assert.Equal(["sensorium", "sensorium-generation-1", "sensorium-vision-1", "sensorium-vision-2"], names.Where(name => !name.EndsWith("-key", StringComparison.Ordinal)).Order());
        var environment = await EnvironmentAsync(sensorium.Resource);
        Assert.Equal(
            "http://{sensorium-vision-1.bindings.grpc.host}:{sensorium-vision-1.bindings.grpc.port},http://{sensorium-vision-2.bindings.grpc.host}:{sensorium-vision-2.bindings.grpc.port}",
            environment["Sensorium__Services__Vision"]);
        Assert.False(environment.ContainsKey("Sensorium__Services__Text"));
        Assert.NotEmpty(environment["Sensorium__Host__AdvertisedAddress"]);
        foreach (var name in new[] { "sensorium-vision-1", "sensorium-vision-2", "sensorium-generation-1" })
        {
            var replica = _builder.Resources.Single(resource => resource.Name == name);
            var own = await EnvironmentAsync(replica);
            Assert.Equal(environment["Sensorium__Services__ApiKey"], own["Sensorium__Services__ApiKey"]);
            Assert.Equal("http://{sensorium.bindings.grpc.host}:{sensorium.bindings.grpc.port}", own["Sensorium__Services__Gateway"]);
            Assert.Single(replica.Annotations.OfType<HealthCheckAnnotation>());
        }

        Assert.Equal("sensorium-vision", _builder.Resources.Single(resource => resource.Name == "sensorium-vision-2").Annotations.OfType<ContainerImageAnnotation>().Single().Image);
    }

    [Fact]
    public async Task What_makes_pictures_is_taken_out_under_its_own_name()
    {
        var sensorium = _builder.AddSensorium("sensorium").WithModels("models").WithReplicas(SensoriumService.ImageGeneration, 1);
        _builder.AddSensoriumFromSource("source", "repository").WithReplicas(SensoriumService.ImageGeneration, 1);

        var replica = _builder.Resources.Single(resource => resource.Name == "sensorium-image-generation-1");
        Assert.Equal("sensorium-image-generation", replica.Annotations.OfType<ContainerImageAnnotation>().Single().Image);
        Assert.Equal([("/models", true)], Mounts(replica));
        Assert.Equal(
            "http://{sensorium-image-generation-1.bindings.grpc.host}:{sensorium-image-generation-1.bindings.grpc.port}",
            (await EnvironmentAsync(sensorium.Resource))["Sensorium__Services__ImageGeneration"]);
        var program = (await ConfigurationAsync(_builder.Resources.Single(resource => resource.Name == "source-image-generation-1"))).Arguments.Single().Value;
        Assert.EndsWith("repository/services/ImageGeneration/bin/Release/net10.0/Sensorium.ImageGeneration.dll", program, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_takes_the_place_of_anonymous_callers()
    {
        var sensorium = _builder.AddSensorium("sensorium").WithApiKey(_builder.AddParameter("key", "0123456789abcdef"));

        var environment = await EnvironmentAsync(sensorium.Resource);

        Assert.Equal((false, "{key.value}"), (environment.ContainsKey("Sensorium__Host__AllowAnonymous"), environment["Sensorium__Host__ApiKeys__0"]));
    }

    [Fact]
    public async Task Whoever_refers_to_it_finds_both_ports()
    {
        var sensorium = _builder.AddSensorium("sensorium");
        var web = _builder.AddContainer("web", "web").WithReference(sensorium).WithReference(sensorium.GetEndpoint("http")).WaitFor(sensorium);

        var environment = await EnvironmentAsync(web.Resource);

        Assert.Equal("{sensorium.connectionString}", environment["ConnectionStrings__sensorium"]);
        Assert.Contains("services__sensorium__http__0", environment.Keys);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var sensorium = _builder.AddSensorium("sensorium").WithReplicas(SensoriumService.Video, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => sensorium.WithReplicas(SensoriumService.Text, 0));
        Assert.Contains("Video", Assert.Throws<InvalidOperationException>(() => sensorium.WithReplicas(SensoriumService.Video, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => sensorium.WithModels(""));
        Assert.Throws<ArgumentException>(() => _builder.AddSensoriumFromSource("other", ""));
    }

    private static (string Target, bool ReadOnly)[] Mounts(IResource resource) =>
        [.. resource.Annotations.OfType<ContainerMountAnnotation>().Select(mount => (mount.Target, mount.IsReadOnly))];

    // As a manifest has them: nothing is started for them.
    private static async Task<Dictionary<string, string>> EnvironmentAsync(IResource resource) =>
        (await ConfigurationAsync(resource)).EnvironmentVariables.ToDictionary(variable => variable.Key, variable => variable.Value);

    private static Task<IExecutionConfigurationResult> ConfigurationAsync(IResource resource) =>
        ExecutionConfigurationBuilder.Create(resource).WithArgumentsConfig().WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), NullLogger.Instance, TestContext.Current.CancellationToken);
}
