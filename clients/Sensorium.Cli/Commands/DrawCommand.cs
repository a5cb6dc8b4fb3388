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
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: the one for pictures", DefaultValueFactory = _ => "" };
    private readonly Option<string> _negative = new("--negative") { Description = "What shall not be seen", DefaultValueFactory = _ => "" };
    private readonly Option<(int Width, int Height)?> _size = SizeOption.Create();
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps out of the noise" };
    private readonly Option<float?> _guidance = new("--guidance") { Description = "How much more the prompt counts than none; 1 is off" };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The same seed makes the same picture" };
    private readonly Option<int> _count = new("--count", "-n") { Description = "How many pictures", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _sampler = new("--sampler") { Description = $"One of {string.Join(", ", Samplers.Keys)}; default: the model's own", DefaultValueFactory = _ => "" };
    private readonly Option<string> _from = new("--from") { Description = "A picture that is changed: a path, or an https: or data: URI", DefaultValueFactory = _ => "" };
    private readonly Option<float?> _strength = new("--strength") { Description = "With --from: how much of it is changed, over 0 up to 1" };

    public DrawCommand(CliConsole console)
        : base("draw", "Makes a picture of words, or changes a picture.")
    {
        _console = console;
        Add(_prompt);
        foreach (var option in (Option[])[_out, _model, _negative, _size, _steps, _guidance, _seed, _count, _sampler, _from, _strength])
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
            NegativePrompt = parsed.GetRequiredValue(_negative),
            Model = new ModelSelector { Id = parsed.GetValue(_model) },
            Count = parsed.GetValue(_count),
            Sampler = Samplers.GetValueOrDefault(parsed.GetRequiredValue(_sampler)),
        };
        if (parsed.GetRequiredValue(_from) is { Length: > 0 } from)
        {
            request.Start = await MediaArguments.OpenAsync(from, client, _console, cancellationToken);
        }

        if (parsed.GetValue(_size) is { } size)
        {
            (request.Width, request.Height) = (size.Width, size.Height);
        }

        SetNumbers(request, parsed);
        return request;
    }

    private void SetNumbers(GenerateImageRequest request, ParseResult parsed)
    {
        if (parsed.GetValue(_steps) is { } steps)
        {
            request.Steps = steps;
        }

        if (parsed.GetValue(_guidance) is { } guidance)
        {
            request.Guidance = guidance;
        }

        if (parsed.GetValue(_seed) is { } seed)
        {
            request.Seed = seed;
        }

        if (parsed.GetValue(_strength) is { } strength)
        {
            request.Strength = strength;
        }
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
