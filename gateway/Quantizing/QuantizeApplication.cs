using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Quantizing;

namespace Sensorium.Gateway.Quantizing;

/// <summary>The verb "quantize" of this program, which serves nobody meanwhile.</summary>
internal static class QuantizeApplication
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes what came of each graph as one line of JSON. Answers the exit status: 1 with a line of words if nothing could be tried.</summary>
    public static async Task<int> RunAsync(string folder, string[] arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            var request = QuantizeArguments.Parse(folder, arguments);
            await using var app = GatewayApplication.CreateForQuantizing();
            var result = await app.Services.GetRequiredService<FolderQuantization>().RunAsync(request, CancellationToken.None);
            await output.WriteLineAsync(JsonSerializer.Serialize(result, Json));
            return 0;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ModelPackException or SensoriumException
            or OptionsValidationException or AggregateException)
        {
            await errors.WriteLineAsync(error.Message);
            return 1;
        }
    }

    /// <summary>What the verb needs beside what serving needs.</summary>
    public static void AddQuantizing(this IServiceCollection services)
    {
        services.AddSingleton<GraphRecorder>();
        services.AddSingleton<FolderQuantization>();
    }
}
