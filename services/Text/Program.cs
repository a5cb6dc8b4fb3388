using Sensorium.Core.Media;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Serving;
using Sensorium.Text;

var builder = WebApplication.CreateBuilder(args);
builder.AddSensoriumDefaults(ServiceProfile.Text);
builder.AddTextEncoder();
builder.AddEncoderService(Modality.Text);
var app = builder.Build();
app.MapSensoriumDefaults();
app.MapEncoderService();
return await app.RunSensoriumAsync();
