using Sensorium.Core.Media;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Serving;
using Sensorium.Text;

var builder = WebApplication.CreateBuilder(args);
builder.AddSensoriumDefaults(ServiceProfile.Encoder(Modality.Text));
builder.AddTextEncoder();
builder.AddEncoderService(Modality.Text);
var app = builder.Build();
app.MapSensoriumDefaults();
app.MapEncoderService();
return await app.RunSensoriumAsync();
