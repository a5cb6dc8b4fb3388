using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Google.Protobuf;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Models;

/// <summary>The gateway's program, which has all services in it: run with a verb, it serves nobody.</summary>
internal sealed class GatewayProgram(string path)
{
    private const string Assembly = "Sensorium.Gateway.dll";
    private const string CheckVerb = "check";

    // Beside this program, in a folder beside it, or in a source tree above it.
    private static readonly string[] Places = [Assembly, $"gateway/{Assembly}", $"gateway/bin/Release/net10.0/{Assembly}", $"gateway/bin/Debug/net10.0/{Assembly}"];

    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public string Path { get; } = path;

    /// <param name="does">What it is run for, as "checks a folder".</param>
    public static Option<string> Option(string does) => new("--program")
    {
        Description = $"The gateway's program, which {does}. Default: $SENSORIUM_GATEWAY_PROGRAM, else the one beside this program or above it",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SENSORIUM_GATEWAY_PROGRAM") ?? "",
    };

    /// <param name="named">By the caller; empty looks for it.</param>
    public static GatewayProgram Find(string named)
    {
        if (named.Length > 0)
        {
            return File.Exists(named) ? new GatewayProgram(named) : throw new FileNotFoundException($"there is no program '{named}'");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Array.Find(Places, place => File.Exists(System.IO.Path.Combine(folder.FullName, place))) is { } place)
            {
                return new GatewayProgram(System.IO.Path.Combine(folder.FullName, place));
            }
        }

        throw new FileNotFoundException("folders are read by the gateway's program, which is not here; name it with --program, or ask a gateway by a model's id");
    }

    public async Task<ModelServiceCheckResponse> CheckAsync(string folder, CancellationToken cancellationToken) =>
        Json.Parse<ModelServiceCheckResponse>(await RunAsync([CheckVerb, System.IO.Path.GetFullPath(folder)], cancellationToken));

    /// <summary>What it writes. Throws <see cref="IOException"/> with its words if it fails.</summary>
    public async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Start(arguments);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new IOException($"'{Path}' ended with status {process.ExitCode}: {FirstLine(await errors)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // What follows it is where in the program that was.
    private static string FirstLine(string text) => text.Trim().Split('\n')[0].TrimEnd();

    private Process Start(string[] arguments)
    {
        var isAssembly = Path.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : Path) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in isAssembly ? [Path, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Off before the runtime of graphs is there at all.
        start.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new IOException($"'{start.FileName}' cannot be started: {error.Message}", error);
        }
    }
}
