using System.Diagnostics;
using System.Text.Json;

namespace Sensorium.Deployment.Tests;

/// <summary>The one Containerfile: its instructions, and what its commands do for a service, tried with a program in place of dotnet.</summary>
internal static class Containerfile
{
    private static readonly string[] Lines = File.ReadAllText(SourceTree.PathOf("Containerfile")).Replace("\\\n", "", StringComparison.Ordinal).Split('\n');

    /// <summary>What follows each instruction of a kind, in order.</summary>
    public static string[] All(string instruction) =>
        [.. Lines.Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal)).Select(line => line[(instruction.Length + 1)..])];

    /// <summary>The arguments that dotnet is published with.</summary>
    public static string[] Publish(string service, string accelerator) =>
        Run(["sh", "-c", All("RUN").Single(command => command.Contains("dotnet publish", StringComparison.Ordinal))],
            new() { ["SERVICE"] = service, ["ACCELERATOR"] = accelerator });

    /// <summary>The arguments that dotnet is started with, where the container is given some of its own.</summary>
    public static string[] Start(string service, params string[] arguments) =>
        Run([.. JsonSerializer.Deserialize<string[]>(All("ENTRYPOINT").Single())!, .. arguments], new() { ["SERVICE"] = service });

    private static string[] Run(string[] command, Dictionary<string, string> environment)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var dotnet = Path.Combine(folder.FullName, "dotnet");
            File.WriteAllText(dotnet, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = SourceTree.Root };
            start.RedirectStandardOutput = start.RedirectStandardError = true;
            start.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
