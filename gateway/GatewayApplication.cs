using Sensorium.Audio;
using Sensorium.Caching;
using Sensorium.Core.Media;
using Sensorium.Gateway.Captioning;
using Sensorium.Gateway.Embedding;
using Sensorium.Gateway.Grpc;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Status;
using Sensorium.Gateway.Uploads;
using Sensorium.Generation;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;
using Sensorium.Media;
using Sensorium.Text;
using Sensorium.Video;
using Sensorium.Vision;

namespace Sensorium.Gateway;

/// <summary>The gateway, and within it every service that has no address.</summary>
internal static class GatewayApplication
{
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.AddSensoriumDefaults(ServiceProfile.Gateway);
        builder.AddSensoriumMedia();
        var peers = builder.Configuration.GetSection(PeerOptions.Section).Get<PeerOptions>() ?? new PeerOptions();
        AddEncoders(builder, peers);
        AddGeneration(builder, peers);
        AddPublicApi(builder.Services);
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapGrpcService<SensoriumGrpcService>();
        app.MapGrpcService<MediaGrpcService>();
        return app;
    }

    private static void AddEncoders(WebApplicationBuilder builder, PeerOptions peers)
    {
        Add(Modality.Text, builder.AddTextEncoder);
        Add(Modality.Image, builder.AddVisionEncoder);
        Add(Modality.Audio, builder.AddAudioEncoder);
        Add(Modality.Video, builder.AddVideoEncoder);
        builder.Services.DecorateEncodersWithCache(PeerOptions.Origin);

        void Add(Modality modality, Func<WebApplicationBuilder> addHere)
        {
            if (peers.AddressOf(modality).Length > 0)
            {
                builder.Services.AddRemoteEncoder(modality);
            }
            else
            {
                addHere();
            }
        }
    }

    private static void AddGeneration(WebApplicationBuilder builder, PeerOptions peers)
    {
        if (peers.Generation.Length > 0)
        {
            builder.Services.AddRemoteCaptionGenerator();
        }
        else
        {
            builder.AddGeneration();
        }
    }

    private static void AddPublicApi(IServiceCollection services)
    {
        services.AddSingleton<MediaIntake>();
        services.AddSingleton<EncoderDirectory>();
        services.AddSingleton<Embedder>();
        services.AddSingleton<Comparer>();
        services.AddSingleton<Captioner>();
        services.AddSingleton<UploadReceiver>();
        services.AddSingleton<StatusCollector>();
        services.AddSingleton<SensoriumGrpcService>();
        services.AddSingleton<MediaGrpcService>();
    }
}
