using Sensorium.Caching;
using Sensorium.Core.Media;
using Sensorium.Generation;
using Sensorium.Generation.Grpc;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;

var builder = WebApplication.CreateBuilder(args);
builder.AddSensoriumDefaults(ServiceProfile.Generation);
foreach (var modality in Enum.GetValues<Modality>())
{
    builder.Services.AddRemoteEncoder(modality);
}

builder.Services.DecorateEncodersWithCache(PeerOptions.Origin);
builder.AddGeneration();
var app = builder.Build();
app.MapSensoriumDefaults();
app.MapGrpcService<GenerationGrpcService>();
return await app.RunSensoriumAsync();
