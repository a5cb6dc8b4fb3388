using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>film WORDS… --out FILE: a clip that goes from prompt to prompt, in the time of a sound where one is given.</summary>
internal sealed class FilmCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string[]> _prompts = new("prompts") { Description = "What shall be seen, one after the other", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The MP4 that is written", DefaultValueFactory = _ => "clip.mp4" };
    private readonly Option<string> _sound = new("--sound") { Description = "Its sound track: a path, or an https: or data: URI; the clip keeps time with it", DefaultValueFactory = _ => "" };
    private readonly PictureOptions _pictures = new("Steps of each picture", "How much more the prompts count than none; 1 is off", "The same seed makes the same clip");
    private readonly Option<double?> _rate = new("--fps") { Description = "Pictures of a second; default: 8" };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "How long the clip is; default: as the sound, or 4" };

    public FilmCommand(CliConsole console)
        : base("film", "Makes a clip that goes from prompt to prompt.")
    {
        _console = console;
        Add(_prompts);
        foreach (var option in (System.CommandLine.Option[])[_out, _sound, _rate, _seconds])
        {
            Add(option);
        }

        _pictures.AddTo(this);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var request = await RequestOfAsync(parsed, client, cancellationToken);
        var path = parsed.GetRequiredValue(_out);
        return await DrawBars.ShowClipAsync(_console, async report =>
        {
            using var file = new MemoryStream();
            VideoStarted? started = null;
            await foreach (var made in client.GenerateVideoAsync(request, cancellationToken))
            {
                report(made);
                started = made.Started ?? started;
                file.Write(made.Chunk.Span);
            }

            await File.WriteAllBytesAsync(path, file.ToArray(), cancellationToken);
            await WriteAsync(started!, path, parsed.GetValue(_common.Json));
            return ExitCodes.Success;
        });
    }

    private async Task<GenerateVideoRequest> RequestOfAsync(ParseResult parsed, SensoriumClient client, CancellationToken cancellationToken)
    {
        var request = new GenerateVideoRequest
        {
            Prompts = { parsed.GetRequiredValue(_prompts) },
            Duration = parsed.GetValue(_seconds) is { } seconds ? Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)) : null,
        };
        if (parsed.GetRequiredValue(_sound) is { Length: > 0 } sound)
        {
            request.Sound = await MediaArguments.OpenAsync(sound, client, _console, cancellationToken);
        }

        _pictures.Read(parsed, request);
        parsed.Give(_rate, rate => request.FramesPerSecond = rate);
        return request;
    }

    private Task WriteAsync(VideoStarted started, string path, bool json)
    {
        var seconds = started.Duration.ToTimeSpan().TotalSeconds;
        return json
            ? JsonLine.WriteAsync(_console.Output, new { File = path, started.Seed, started.Frames, Seconds = seconds })
            : _console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{path} (seed {started.Seed}, {started.Frames} pictures, {seconds:0.0} s)"));
    }
}
