using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Gateway.Operations.Explanation.Captions;
using Sensorium.Gateway.Operations.Explanation.Parts;

namespace Sensorium.Gateway.Operations.Explanation;

internal static class ExplanationRegistration
{
    /// <summary>The operation, and <see cref="MediumExplainer"/> for others that have a score to explain.</summary>
    public static void AddExplanation(this IServiceCollection services)
    {
        services.AddOptions<ExplainOptions>().BindConfiguration(ExplainOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExplainOptions>, ExplainOptionsValidator>();
        services.TryAddSingleton<PreprocessingWorkers>();
        services.AddSingleton<IMediumDivider, PictureDivider>();
        services.AddSingleton<IMediumDivider, SoundDivider>();
        services.AddSingleton<IMediumDivider, ClipDivider>();
        services.AddSingleton<IMediumDivider, TextDivider>();
        services.AddSingleton<MediumWeigher>();
        services.AddSingleton<MediumExplainer>();
        services.AddSingleton<CaptionExplainer>();
        services.AddSingleton<ExplainOperation>();
    }
}
