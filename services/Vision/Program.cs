using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;
using Sensorium.Vision;

var builder = WebApplication.CreateBuilder(args);
builder.AddSensoriumDefaults(ServiceProfile.Encoder(Modality.Image));
builder.AddVisionEncoder();
builder.AddEncoderService(Modality.Image);
var app = builder.Build();
app.MapSensoriumDefaults();
app.MapEncoderService();
return await app.RunSensoriumAsync();
