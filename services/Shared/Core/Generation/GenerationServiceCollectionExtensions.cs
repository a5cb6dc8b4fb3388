using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation;

public static class GenerationServiceCollectionExtensions
{
    /// <summary>Key of the decoder's <see cref="ITokenizer"/>: encoders of text have one of their own.</summary>
    public const string TokenizerKey = "generation";

    /// <summary>
    /// Registers <see cref="CaptionGenerator"/> as <see cref="ICaptionGenerator"/>. Needs <see cref="IDecoderBackend"/>,
    /// <see cref="GenerationModel"/>, an <see cref="ITokenizer"/> under <see cref="TokenizerKey"/>, and one <see cref="IEncoder"/> keyed by
    /// <see cref="Media.Modality"/> for each medium that shall be captioned.
    /// </summary>
    public static IServiceCollection AddSensoriumGeneration(this IServiceCollection services)
    {
        services.AddOptions<GenerationOptions>().BindConfiguration(GenerationOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GenerationOptions>, GenerationOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new CaptionGenerator(
            modality => provider.GetKeyedService<IEncoder>(modality),
            provider.GetRequiredKeyedService<ITokenizer>(TokenizerKey),
            provider.GetRequiredService<IDecoderBackend>(),
            provider.GetRequiredService<GenerationModel>(),
            provider.GetRequiredService<IOptions<GenerationOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ICaptionGenerator>(provider => provider.GetRequiredService<CaptionGenerator>());
        return services;
    }
}
