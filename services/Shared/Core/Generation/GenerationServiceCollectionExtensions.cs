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
    /// <summary>Registers the <see cref="CaptionHub"/>, empty, as <see cref="ICaptionGenerator"/>.</summary>
    public static IServiceCollection AddCaptionHub(this IServiceCollection services)
    {
        services.AddOptions<GenerationOptions>().BindConfiguration(GenerationOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GenerationOptions>, GenerationOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CaptionHub>();
        services.AddSingleton<ICaptionGenerator>(provider => provider.GetRequiredService<CaptionHub>());
        return services;
    }

    /// <summary>
    /// Makes the generator of one model. It asks the <see cref="IEncoder"/>s that are registered under
    /// their <see cref="Media.Modality"/>.
    /// </summary>
    public static CaptionGenerator CreateGenerator(
        this IServiceProvider provider, ITokenizer tokenizer, IDecoderBackend backend, GenerationModel model) => new(
        modality => provider.GetKeyedService<IEncoder>(modality),
        tokenizer,
        backend,
        model,
        provider.GetRequiredService<IOptions<GenerationOptions>>().Value,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>());
}
