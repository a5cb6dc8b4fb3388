using System.CommandLine;
using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>draw WORDS --out FILE: a picture of words, or a picture changed by words.</summary>
internal sealed class DrawCommand : Command
{
    private static readonly Dictionary<string, Sampler> Samplers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ddim"] = Sampler.Ddim,
        ["euler"] = Sampler.Euler,
        ["euler_ancestral"] = Sampler.EulerAncestral,
        ["dpm_solver"] = Sampler.DpmSolver,
        ["lcm"] = Sampler.Lcm,
    };

    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _prompt = new("prompt") { Description = "What shall be seen" };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The PNG that is written; with --count, its name gets numbers", DefaultValueFactory = _ => "picture.png" };
    private readonly PictureOptions _pictures = new("Steps out of the noise", "How much more the prompt counts than none; 1 is off", "The same seed makes the same picture");
    private readonly Option<int> _count = new("--count", "-n") { Description = "How many pictures", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _sampler = new("--sampler") { Description = $"One of {string.Join(", ", Samplers.Keys)}; default: the model's own", DefaultValueFactory = _ => "" };
    private readonly Option<string> _from = new("--from") { Description = "A picture that is changed: a path, or an https: or data: URI", DefaultValueFactory = _ => "" };
    private readonly Option<float?> _strength = new("--strength") { Description = "With --from: how much of it is changed, over 0 up to 1" };

    public DrawCommand(CliConsole console)
        : base("draw", "Makes a picture of words, or changes a picture.")
    {
        _console = console;
        Add(_prompt);
        Add(_out);
        _pictures.AddTo(this);
        foreach (var option in (Option[])[_count, _sampler, _from, _strength])
        {
            Add(option);
        }

        _sampler.AcceptOnlyFromAmong([.. Samplers.Keys]);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var request = await RequestOfAsync(parsed, client, cancellationToken);
        return await DrawBars.ShowAsync(_console, request.Count, async report =>
        {
            await foreach (var made in client.GenerateImageAsync(request, cancellationToken))
            {
                report(made);
                if (made.Finished is { } finished)
                {
                    await WriteAsync(finished, PathOf(parsed, finished.Index), parsed.GetValue(_common.Json), cancellationToken);
                }
            }

            return ExitCodes.Success;
        });
    }

    private async Task<GenerateImageRequest> RequestOfAsync(ParseResult parsed, SensoriumClient client, CancellationToken cancellationToken)
    {
        var request = new GenerateImageRequest
        {
            Prompt = parsed.GetRequiredValue(_prompt),
            Count = parsed.GetValue(_count),
            Sampler = Samplers.GetValueOrDefault(parsed.GetRequiredValue(_sampler)),
        };
        if (parsed.GetRequiredValue(_from) is { Length: > 0 } from)
        {
            request.Start = await MediaArguments.OpenAsync(from, client, _console, cancellationToken);
        }

        _pictures.Read(parsed, request);
        parsed.Give(_strength, strength => request.Strength = strength);
        return request;
    }

    private string PathOf(ParseResult parsed, int index)
    {
        var path = parsed.GetRequiredValue(_out);
        return parsed.GetValue(_count) == 1
            ? path
            : Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{index + 1}{Path.GetExtension(path)}");
    }

    private async Task WriteAsync(ImageFinished finished, string path, bool json, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(path, finished.Png.ToByteArray(), cancellationToken);
        var seconds = finished.Total.ToTimeSpan().TotalSeconds;
        await (json
            ? JsonLine.WriteAsync(_console.Output, new { File = path, finished.Seed, Seconds = seconds })
            : _console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path} (seed {finished.Seed}, {seconds:0.0} s)")));
    }
}
