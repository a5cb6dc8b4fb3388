using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>Checks one model folder with what a host would load it with, while the host serves nobody.</summary>
public static class FolderCheck
{
    /// <summary>Writes the answer of ModelService.Check as one line of JSON. Answers the exit status: 0, also for a model that cannot serve.</summary>
    public static async Task<int> CheckFolderAsync(this WebApplication app, string folder, TextWriter output, CancellationToken cancellationToken = default)
    {
        await using var host = app;
        var services = app.Services;
        var model = ModelCatalog.ReadFolder(folder, services.GetRequiredService<IOptions<ModelsOptions>>().Value, services.GetServices<IModelFamily>());
        var check = await services.GetRequiredService<ModelChecker>().CheckAsync(model, cancellationToken);
        await output.WriteLineAsync(JsonFormatter.Default.Format(check.ToProto()));
        return 0;
    }

    /// <summary>The folder that is checked is all that is read: there may be no other model.</summary>
    public static IServiceCollection AddFolderCheck(this IServiceCollection services) => services.AddSingleton(ModelCatalog.Empty);

    /// <summary>Has every service in this process, whatever addresses are configured.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = typeof(PeerOptions).GetProperties()
        .Where(property => property.PropertyType == typeof(string))
        .ToDictionary(property => $"{PeerOptions.Section}:{property.Name}", _ => (string?)"");
}
