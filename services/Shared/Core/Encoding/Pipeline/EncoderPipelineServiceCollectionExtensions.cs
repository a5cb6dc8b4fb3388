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
    /// Registers the <see cref="EncoderHub"/> of a modality, empty, as <see cref="IEncoder"/> under the modality and as
    /// <see cref="IModelReadiness"/>.
    /// </summary>
    public static IServiceCollection AddEncoderHub(this IServiceCollection services, Modality modality)
    {
        var section = ModalityTable.Of(modality).Section;
        services.AddOptions<EncoderOptions>(section).BindConfiguration($"Sensorium:{section}:Encoder").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EncoderOptions>, EncoderOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PreprocessingWorkers>();
        services.AddKeyedSingleton(modality, (_, _) => new EncoderHub(modality));
        services.AddKeyedSingleton<IEncoder>(modality, (provider, _) => provider.GetRequiredKeyedService<EncoderHub>(modality));
        services.AddSingleton<IModelReadiness>(provider => provider.GetRequiredKeyedService<EncoderHub>(modality));
        return services;
    }

    /// <summary>Makes the pipeline of one model. Needs what <see cref="AddEncoderHub"/> registers and an <see cref="IMediaResolver"/>.</summary>
    /// <param name="limits">What the preprocessor and the model allow; the limits of <see cref="EncoderOptions"/> are added.</param>
    public static EncoderPipeline CreatePipeline(
        this IServiceProvider provider, ModelPack pack, EncoderPart part, IEncoderModel model, IMediaPreprocessor preprocessor, EncoderLimits limits)
    {
        var row = ModalityTable.Of(part.Modality);
        var setup = new EncoderSetup(
            part.Modality,
            row.Service,
            model,
            preprocessor,
            provider.GetRequiredService<IMediaResolver>(),
            provider.GetRequiredService<IOptionsMonitor<EncoderOptions>>().Get(row.Section),
            limits with { MaxTokens = part.MaxTokens },
            part.MaxTokens > 0 ? pack.Languages : [],
            TrackTable.TakenBy(part.Modality));
        return new EncoderPipeline(
            setup,
            provider.GetRequiredService<PreprocessingWorkers>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EncoderPipeline>>());
    }
}
