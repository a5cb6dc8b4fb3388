using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;
using Sensorium.Text;

var builder = WebApplication.CreateBuilder(args);
builder.AddSensoriumDefaults(ServiceProfile.Encoder(Modality.Text));
builder.AddTextEncoder();
builder.AddEncoderService(Modality.Text);
var app = builder.Build();
app.MapSensoriumDefaults();
app.MapEncoderService();
return await app.RunSensoriumAsync();
