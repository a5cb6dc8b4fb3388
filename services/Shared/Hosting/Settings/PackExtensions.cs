using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models;

namespace Sensorium.Hosting.Settings;

public static class PackExtensions
{
    /// <summary>Configuration key of the folder of the one pack that is served, instead of a folder of models.</summary>
    public const string Key = "Sensorium:Pack";

    private const string Bundled = "models";

    /// <summary>Registers the <see cref="ModelCatalog"/> of this process, read once and shared by all services in it.</summary>
    public static IHostApplicationBuilder AddModelCatalog(this IHostApplicationBuilder builder)
    {
        builder.Services.AddModelsOptions();
        builder.Services.AddRunningModels();
        builder.Services.TryAddSingleton(provider =>
        {
            var pack = builder.Configuration[Key];
            var options = provider.GetRequiredService<IOptions<ModelsOptions>>().Value;
            return string.IsNullOrEmpty(pack)
                ? ModelCatalog.OfFolder(FindFolder(options.Folder), options, provider.GetServices<IModelFamily>())
                : ModelCatalog.OfPack(pack, options);
        });
        return builder;
    }

    // The bundled models lie beside the binaries when deployed, and above them in a source tree.
    private static string FindFolder(string configured)
    {
        if (configured.Length > 0)
        {
            return configured;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, Bundled);
            if (Directory.Exists(candidate) && Directory.EnumerateFiles(candidate, "pack.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }).Any())
            {
                return candidate;
            }
        }

        return Path.Combine(AppContext.BaseDirectory, Bundled);
    }
}
