using Microsoft.Extensions.Options;
using Sensorium.Audio;
using Sensorium.Caching;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Packs;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Grpc;
using Sensorium.Gateway.Grpc.Inference;
using Sensorium.Gateway.Grpc.Live;
using Sensorium.Gateway.Http;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Gateway.Operations.Inference;
using Sensorium.Gateway.Operations.Live;
using Sensorium.Gateway.Quantizing;
using Sensorium.Generation;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Settings;
using Sensorium.ImageGeneration;
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
        AddImageGeneration(builder, peers);
        builder.Services.AccountForModels();
        AddPublicApi(builder.Services);
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapGrpcService<SensoriumGrpcService>();
        app.MapGrpcService<MediaGrpcService>();
        app.MapGrpcService<InferenceGrpcService>();
        app.MapConnectFace();
        app.MapLiveSocket();
        app.MapHttpFaces();
        return app;
    }

    /// <summary>Serves nobody and writes no log: its output is the answer of a check.</summary>
    public static WebApplication CreateForCheck(string[] args, Action<WebApplicationBuilder>? configure = null) => Create(args, builder =>
    {
        builder.Configuration.AddInMemoryCollection(FolderCheck.Settings);
        builder.Services.AddFolderCheck();
        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
    });

    /// <summary>As for a check. What is calibrated on media is what single precision makes of them.</summary>
    public static WebApplication CreateForQuantizing() => CreateForCheck([], builder =>
    {
        builder.Configuration.AddInMemoryCollection(ModalityTable.All.Select(row => KeyValuePair.Create($"Sensorium:{row.Section}:Model:Variant", (string?)ModelVariants.SinglePrecision)));
        builder.Services.AddQuantizing();
    });

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
                builder.Services.AddPeerReadiness(ModalityTable.Of(modality).Service, peers.AddressOf(modality));
                builder.Services.AddRemoteModels(ModalityTable.Of(modality).Service, peers.AddressOf(modality));
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
            builder.Services.AddPeerReadiness("generation", peers.Generation);
            builder.Services.AddRemoteModels("generation", peers.Generation);
        }
        else
        {
            builder.AddGeneration();
        }
    }

    private static void AddImageGeneration(WebApplicationBuilder builder, PeerOptions peers)
    {
        if (peers.ImageGeneration.Length > 0)
        {
            builder.Services.AddRemoteImageGenerator();
            builder.Services.AddPeerReadiness(ImageHub.Service, peers.ImageGeneration);
            builder.Services.AddRemoteModels(ImageHub.Service, peers.ImageGeneration);
        }
        else if (peers.HasAllOthers())
        {
            // This process reads no models; it says that none makes pictures.
            builder.Services.AddImageHub();
        }
        else
        {
            builder.AddImageGeneration();
        }
    }

    private static void AddPublicApi(IServiceCollection services)
    {
        services.AddSingleton<MediaIntake>();
        services.AddSingleton<EncoderDirectory>();
        services.AddSingleton<Embedder>();
        AddOperations(services);
        services.AddSingleton<UploadReader>();
        services.AddSingleton<IndexStream>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<LiveSocket>();
        services.AddSingleton<SensoriumGrpcService>();
        services.AddSingleton<MediaGrpcService>();
        services.AddSingleton<InferenceGrpcService>();
        services.AddHttpFaces();
    }

    internal static void AddOperations(IServiceCollection services)
    {
        services.AddSingleton<CaptionOperation>();
        services.AddSingleton<GenerateOperation>();
        services.AddSingleton<TranscribeOperation>();
        services.AddSingleton<GenerateImageOperation>();
        services.AddSingleton<GenerateVideoOperation>();
        services.AddSingleton<EmbedOperation>();
        services.AddSingleton<CompareOperation>();
        services.AddSingleton<ClassifyOperation>();
        services.AddSingleton<OwnLabels>();
        services.AddSingleton<EntailmentLabels>();
        services.AddSingleton<RerankOperation>();
        services.AddExplanation();
        services.AddOptions<ClassifyOptions>().BindConfiguration(ClassifyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClassifyOptions>, ClassifyOptionsValidator>();
        services.AddSingleton<UploadOperation>();
        services.AddSingleton<StatusOperation>();
        services.AddSingleton<ListModelsOperation>();
        services.AddInference();
        services.AddDecisions();
        services.AddCollectionOperations();
        services.AddLive();
    }
}
