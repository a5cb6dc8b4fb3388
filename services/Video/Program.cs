using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;
using Sensorium.Video;

var builder = WebApplication.CreateBuilder(args);
builder.AddSensoriumDefaults(ServiceProfile.Encoder(Modality.Video));
builder.AddVideoEncoder();
builder.AddEncoderService(Modality.Video);
var app = builder.Build();
app.MapSensoriumDefaults();
app.MapEncoderService();
return await app.RunSensoriumAsync();
