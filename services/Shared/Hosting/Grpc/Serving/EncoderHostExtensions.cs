using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Serving;

public static class EncoderHostExtensions
{
    /// <summary>Serves the encoder that is registered under the modality.</summary>
    public static WebApplicationBuilder AddEncoderService(this WebApplicationBuilder builder, Modality modality)
    {
        builder.Services.AddSingleton(provider => new EncoderGrpcService(
            provider.GetRequiredKeyedService<IEncoder>(modality),
            provider.GetRequiredService<IOptions<HostingOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    public static WebApplication MapEncoderService(this WebApplication app)
    {
        app.MapGrpcService<EncoderGrpcService>();
        return app;
    }
}
