using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Regions;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Generation.Speech.Ctc;
using Sensorium.Core.Media;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation;

public static class GenerationServiceCollectionExtensions
{
    /// <summary>Registers the <see cref="CaptionHub"/> and the <see cref="TranscriberHub"/>, empty, under their interfaces.</summary>
    public static IServiceCollection AddCaptionHub(this IServiceCollection services)
    {
        services.AddOptions<GenerationOptions>().BindConfiguration(GenerationOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GenerationOptions>, GenerationOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CaptionHub>();
        services.AddSingleton<TranscriberHub>();
        services.AddSingleton<ITranscriber>(provider => provider.GetRequiredService<TranscriberHub>());
        services.AddSingleton<ICaptionGenerator>(provider => provider.GetRequiredService<CaptionHub>());
        return services;
    }

    /// <summary>
    /// Makes the generator of one model. It asks the <see cref="IEncoder"/>s that are registered under
    /// their <see cref="Modality"/>.
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

    /// <summary>Makes the generator of a model that reads prompts together with the media. It asks the same encoders.</summary>
    public static CaptionGenerator CreateTaskGenerator(
        this IServiceProvider provider, IModelTokenizer tokenizer, IDecoderBackend backend, GenerationModel model, TaskPrompts tasks) => new(
        modality => provider.GetKeyedService<IEncoder>(modality),
        new PlaceTokenizer(tokenizer),
        backend,
        model,
        provider.GetRequiredService<IOptions<GenerationOptions>>().Value,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>(),
        new TaskPromptReader(tokenizer, tasks, model.Defaults.StartTokenId, backend.Shape.Capacity));

    /// <summary>Makes what answers conversations with one model. It asks the same encoders.</summary>
    public static ChatGenerator CreateChatGenerator(
        this IServiceProvider provider, IModelTokenizer tokenizer, IDecoderBackend backend, ChatModel model) => new(
        modality => provider.GetKeyedService<IEncoder>(modality),
        tokenizer,
        backend,
        model,
        provider.GetRequiredService<IOptions<GenerationOptions>>().Value,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>());

    /// <summary>Makes what joins the characters that one model's encoder of sound gives.</summary>
    public static CtcTranscriber CreateCtcTranscriber(this IServiceProvider provider, ModelIdentity identity, CtcModel model) =>
        new(() => provider.GetKeyedService<IEncoder>(Modality.Audio), identity, model);

    /// <summary>Makes what writes down speech with one model. It asks the <see cref="IEncoder"/> of sound.</summary>
    public static Transcriber CreateTranscriber(this IServiceProvider provider, ITokenizer tokenizer, IDecoderBackend backend, SpeechModel model) => new(
        () => provider.GetKeyedService<IEncoder>(Modality.Audio),
        tokenizer,
        backend,
        model,
        provider.GetRequiredService<IOptions<GenerationOptions>>().Value,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>());
}
