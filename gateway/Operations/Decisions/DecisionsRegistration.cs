using Microsoft.Extensions.Options;
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
        services.AddSingleton<CaseEmbedder>();
        services.AddSingleton<DecideOperation>();
        services.AddSingleton<TeachOperation>();
        services.AddSingleton<DecidersOperation>();
    }
}
