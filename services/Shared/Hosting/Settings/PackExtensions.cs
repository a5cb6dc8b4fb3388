using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Sensorium.Core.Packs;

namespace Sensorium.Hosting.Settings;

public static class PackExtensions
{
    /// <summary>Configuration key of the pack's folder.</summary>
    public const string Key = "Sensorium:Pack";

    private const string Bundled = "models/sensorium-mini";

    /// <summary>Registers the <see cref="ModelPack"/> of this process, loaded once and shared by all services in it.</summary>
    public static IHostApplicationBuilder AddModelPack(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(_ => ModelPack.Load(FindFolder(builder.Configuration[Key])));
        return builder;
    }

    // The bundled pack lies beside the binaries when deployed, and above them in a source tree.
    private static string FindFolder(string? configured)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return configured;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, Bundled);
            if (File.Exists(Path.Combine(candidate, "pack.json")))
            {
                return candidate;
            }
        }

        return Path.Combine(AppContext.BaseDirectory, Bundled);
    }
}
