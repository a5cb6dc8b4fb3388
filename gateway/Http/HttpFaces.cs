using Sensorium.Gateway.Http.Cohere;
using Sensorium.Gateway.Http.Faces;
using Sensorium.Gateway.Http.Oip;
using Sensorium.Gateway.Http.Ollama;
using Sensorium.Gateway.Http.OpenAi;
using Sensorium.Gateway.Http.Playground;
using Sensorium.Gateway.Http.Tei;
using Sensorium.Gateway.Mcp;

namespace Sensorium.Gateway.Http;

/// <summary>Every face that speaks HTTP.</summary>
internal static class HttpFaces
{
    public static void AddHttpFaces(this IServiceCollection services)
    {
        services.AddSingleton<FormMedia>();
        services.AddOpenAiFace();
        services.AddCohereFace();
        services.AddTeiFace();
        services.AddOllamaFace();
        services.AddOipFace();
        services.AddPlayground();
        services.AddMcpFace();
    }

    public static void MapHttpFaces(this WebApplication app)
    {
        app.MapOpenAiFace();
        app.MapCohereFace();
        app.MapTeiFace();
        app.MapOllamaFace();
        app.MapOipFace();
        app.MapMcpFace();
        app.MapReferencePages();
        app.MapPlayground();
    }
}
