using Microsoft.AspNetCore.Builder;
using Sensorium.Core.Media;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>One encoder as a process of its own.</summary>
public static class EncoderApplication
{
    /// <summary>Serves until it is asked to stop. Answers the exit status.</summary>
    /// <param name="addEncoder">Registers the encoder under the modality.</param>
    public static Task<int> RunAsync(string[] args, Modality modality, Action<WebApplicationBuilder> addEncoder) => SensoriumHost.RunAsync(() =>
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddSensoriumDefaults(ServiceProfile.Encoder(modality));
        addEncoder(builder);
        builder.Services.AccountForModels();
        builder.AddEncoderService(modality);
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapEncoderService();
        return app;
    });
}
