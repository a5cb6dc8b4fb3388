using Sensorium.Gateway.Operations.Inference.Media;

namespace Sensorium.Gateway.Operations.Inference;

internal static class InferenceRegistration
{
    public static IServiceCollection AddInference(this IServiceCollection services) => services
        .AddSingleton<MediaTask, EmbedTask>()
        .AddSingleton<MediaTask, GenerateTask>()
        .AddSingleton<MediaTask, TranscribeTask>()
        .AddSingleton<MediaTask, ClassifyTask>()
        .AddSingleton<MediaTask, RerankTask>()
        .AddSingleton<MediaTensors>()
        .AddSingleton<KnownModels>()
        .AddSingleton<TensorModels>()
        .AddSingleton<InferStatistics>()
        .AddSingleton<ModelRepository>()
        .AddSingleton<InferOperation>();
}
