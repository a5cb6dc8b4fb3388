using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace Sensorium.Gateway.Http.Playground;

/// <summary>
/// The page at /, and the files that it is made of. The page calls the API as every browser can, over the Connect protocol, so
/// that keys, limits and errors are those of all callers.
/// </summary>
internal static class PlaygroundFace
{
    // Files of its own, media that the user has chosen, and nothing from elsewhere.
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; media-src blob:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static IServiceCollection AddPlayground(this IServiceCollection services)
    {
        services.AddOptions<PlaygroundOptions>().BindConfiguration(PlaygroundOptions.Section).ValidateOnStart();
        return services;
    }

    public static void MapPlayground(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<PlaygroundOptions>>().Value.Enabled)
        {
            return;
        }

        var folder = Path.Combine(AppContext.BaseDirectory, "playground");
        Map(app, "/", Path.Combine(folder, "index.html"));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Map(app, $"/playground/{Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')}", file);
        }
    }

    private static void Map(WebApplication app, string route, string file)
    {
        var type = new FileExtensionContentTypeProvider().TryGetContentType(file, out var known) ? known : "application/octet-stream";
        // Ollama's command line, and what watches servers, ask by HEAD whether one is there.
        app.MapMethods(route, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-cache";
            return Results.File(file, type, lastModified: File.GetLastWriteTimeUtc(file));
        }).WithMetadata(new AllowAnonymousAttribute());
    }
}
