using Sensorium.Audio;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;

var builder = WebApplication.CreateBuilder(args);
builder.AddSensoriumDefaults(ServiceProfile.Encoder(Modality.Audio));
builder.AddAudioEncoder();
builder.AddEncoderService(Modality.Audio);
var app = builder.Build();
app.MapSensoriumDefaults();
app.MapEncoderService();
return await app.RunSensoriumAsync();
