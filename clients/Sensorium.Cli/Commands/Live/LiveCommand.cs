using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Live;

/// <summary>live FILE|DEVICE: what it shows and sounds like, while it does.</summary>
internal sealed class LiveCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _source = new("source") { Description = "A file, which is read at its own pace, a camera as /dev/video0, or an address that ffmpeg opens" };
    private readonly Option<string> _microphone = new("--microphone") { Description = "ALSA's name of a microphone to listen to, as default", DefaultValueFactory = _ => "" };
    private readonly Option<string[]> _watch = new("--watch", "-w") { Description = "Words to look and listen for, as \"a dog barks\"; may be given several times", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _look = new("--look-for") { Description = "Words to look for alone; may be given several times", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _listen = new("--listen-for") { Description = "Words to listen for alone; may be given several times", DefaultValueFactory = _ => [] };
    private readonly Option<float?> _similarity = new("--min-similarity") { Description = "Of watched words; default: the server's" };
    private readonly Option<float?> _rise = new("--min-rise") { Description = "Tell watched words, too, where they fit by so much better than before: for a camera that stands still, as 0.03" };
    private readonly Option<string> _sounds = new("--sounds") { Description = "Sound events to tell, with commas between them", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _transcribe = new("--transcribe") { Description = "Write down what is said" };
    private readonly Option<string> _decider = new("--decider") { Description = "A decider that answers its questions about frames and sound", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _noCaptions = new("--no-captions") { Description = "Do not describe frames in words" };
    private readonly Option<double> _every = new("--every") { Description = "Seconds between captions, and between decisions, of one scene", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _frames = new("--fps") { Description = "Frames that are sent each second", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _width = new("--width") { Description = "Frames are sent no wider than this", DefaultValueFactory = _ => 640 };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "End after so long" };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model that embeds; default: that of the server", DefaultValueFactory = _ => "" };

    public LiveCommand(CliConsole console)
        : base("live", "Says what a video or a camera shows and sounds like, while it does.")
    {
        _console = console;
        Add(_source);
        System.CommandLine.Option[] all = [_microphone, _watch, _look, _listen, _similarity, _rise, _sounds, _transcribe, _decider, _noCaptions, _every, _frames, _width, _seconds, _model];
        foreach (var option in all)
        {
            Add(option);
        }

        _frames.Validators.Add(given => Require(given.GetValueOrDefault<double>() is > 0 and <= 100, given, "--fps must be over 0 and at most 100"));
        _width.Validators.Add(given => Require(given.GetValueOrDefault<int>() is >= 16 and <= 8192, given, "--width must be 16 to 8192"));
        _every.Validators.Add(given => Require(given.GetValueOrDefault<double>() is > 0 and <= 3600, given, "--every must be over 0 and at most 3600"));
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private static void Require(bool right, System.CommandLine.Parsing.SymbolResult result, string rule)
    {
        if (!right)
        {
            result.AddError(rule);
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var source = new LiveSource(
            parsed.GetRequiredValue(_source), parsed.GetRequiredValue(_microphone), parsed.GetValue(_frames), parsed.GetValue(_width), parsed.GetValue(_seconds));
        source.Check();
        using var client = _common.Connect(parsed);
        var printer = new LivePrinter(_console, parsed.GetValue(_common.Json));
        await foreach (var said in client.LiveAsync(HeaderOf(parsed), LiveMessages.ReadAsync(source, cancellationToken), cancellationToken))
        {
            await printer.WriteAsync(said);
        }

        return ExitCodes.Success;
    }

    private LiveHeader HeaderOf(ParseResult parsed)
    {
        var interval = Duration.FromTimeSpan(TimeSpan.FromSeconds(parsed.GetValue(_every)));
        var sounds = parsed.GetRequiredValue(_sounds).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new LiveHeader
        {
            Model = parsed.GetRequiredValue(_model) is { Length: > 0 } model ? new ModelSelector { Id = model } : null,
            Sound = new LiveSoundFormat { Encoding = LiveSoundEncoding.PcmS16, SampleRate = LiveSource.SampleRate },
            Captions = parsed.GetValue(_noCaptions) ? null : new LiveCaptions { Interval = interval },
            SoundEvents = sounds.Length == 0 ? null : new LiveSoundEvents { Labels = { sounds.Select(name => new LiveLabel { Name = name }) } },
            Transcript = parsed.GetValue(_transcribe) ? new LiveTranscript() : null,
            Decisions = parsed.GetRequiredValue(_decider) is { Length: > 0 } decider ? new LiveDecisions { Decider = decider, Interval = interval } : null,
            Watch =
            {
                parsed.GetRequiredValue(_watch).Select(words => Watched(words, Modality.Unspecified, parsed)),
                parsed.GetRequiredValue(_look).Select(words => Watched(words, Modality.Image, parsed)),
                parsed.GetRequiredValue(_listen).Select(words => Watched(words, Modality.Audio, parsed)),
            },
        };
    }

    private WatchedWords Watched(string words, Modality modality, ParseResult parsed)
    {
        var watched = new WatchedWords { Name = words, Modality = modality };
        parsed.Give(_similarity, least => watched.MinSimilarity = least);
        parsed.Give(_rise, more => watched.MinRise = more);
        return watched;
    }
}
