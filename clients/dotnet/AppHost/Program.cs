// Sensorium in an Aspire app host. Here it is the build of this checkout; an app host elsewhere takes the container: AddSensorium("sensorium").
// usage: dotnet run --project clients/dotnet/AppHost [-- --models FOLDER]
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

// Whatever uses it says WithReference(sensorium) and WaitFor(sensorium), and finds the address of its gRPC as the connection string
// "sensorium", which AddSensoriumClient takes.
var sensorium = builder.AddSensoriumFromSource("sensorium", "../../..").WithReplicas(SensoriumService.Vision, 2);
if (builder.Configuration["models"] is { Length: > 0 } models)
{
    sensorium.WithModels(models);
}

await builder.Build().RunAsync();
