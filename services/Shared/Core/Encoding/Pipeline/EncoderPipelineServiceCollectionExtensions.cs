using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Encoding.Pipeline;

public static class EncoderPipelineServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="EncoderPipeline"/> as <see cref="IEncoder"/> under the modality, and as
    /// <see cref="IModelReadiness"/>. Needs the <see cref="ModelPack"/>, an <see cref="IMediaResolver"/>, and an
    /// <see cref="IEncoderModel"/> and an <see cref="IMediaPreprocessor"/> under the modality.
    /// </summary>
    /// <param name="limits">What the preprocessor and the model allow; the limits of <see cref="EncoderOptions"/> are added.</param>
    public static IServiceCollection AddEncoderPipeline(
        this IServiceCollection services, Modality modality, Func<IServiceProvider, EncoderLimits>? limits = null)
    {
        var service = ModalityTable.Of(modality).Section;
        services.AddOptions<EncoderOptions>(service).BindConfiguration($"Sensorium:{service}:Encoder").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EncoderOptions>, EncoderOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PreprocessingWorkers>();
        services.AddKeyedSingleton(modality, (provider, _) => new EncoderPipeline(
            Setup(provider, modality, limits?.Invoke(provider) ?? EncoderLimits.None),
            provider.GetRequiredService<PreprocessingWorkers>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EncoderPipeline>>()));
        services.AddKeyedSingleton<IEncoder>(modality, (provider, _) => provider.GetRequiredKeyedService<EncoderPipeline>(modality));
        services.AddSingleton<IModelReadiness>(provider => provider.GetRequiredKeyedService<EncoderPipeline>(modality));
        return services;
    }

    private static EncoderSetup Setup(IServiceProvider provider, Modality modality, EncoderLimits limits)
    {
        var pack = provider.GetRequiredService<ModelPack>();
        var row = ModalityTable.Of(modality);
        return new EncoderSetup(
            modality,
            row.Service,
            provider.GetRequiredKeyedService<IEncoderModel>(modality),
            provider.GetRequiredKeyedService<IMediaPreprocessor>(modality),
            provider.GetRequiredService<IMediaResolver>(),
            provider.GetRequiredService<IOptionsMonitor<EncoderOptions>>().Get(row.Section),
            limits with { MaxTokens = pack.Encoders[modality].MaxTokens },
            modality == Modality.Text ? pack.Languages : [],
            TrackTable.TakenBy(modality));
    }
}
