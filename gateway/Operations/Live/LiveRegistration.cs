using Microsoft.Extensions.Options;

namespace Sensorium.Gateway.Operations.Live;

internal static class LiveRegistration
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>();
        services.AddSingleton<TimelyEmbedder>();
        services.AddSingleton<LiveWiring>();
        services.AddSingleton<LiveOperation>();
    }
}
