using Microsoft.Extensions.Options;
using Sensorium.Core.Models.Running;
using Sensorium.Deciders.Storing;

namespace Sensorium.Gateway.Operations.Decisions;

internal static class DecisionsRegistration
{
    public static void AddDecisions(this IServiceCollection services)
    {
        services.AddOptions<DecidersOptions>().BindConfiguration(DecidersOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DecidersOptions>, DecidersOptionsValidator>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DecidersOptions>>().Value;
            return new DeciderStore(options.Folder, options.MaxLoaded);
        });
        services.AddSingleton<IModelHost, DeciderModels>();
        services.AddSingleton<PatientEmbedder>();
        services.AddSingleton<CaseReceiver>();
        services.AddSingleton<CaseEmbedder>();
        services.AddSingleton<CaseStream>();
        services.AddSingleton<CollectionCases>();
        services.AddSingleton<MediaEvidence>();
        services.AddSingleton<DecisionExplainer>();
        services.AddSingleton<DecideOperation>();
        services.AddSingleton<TeachOperation>();
        services.AddSingleton<DecidersOperation>();
    }
}
