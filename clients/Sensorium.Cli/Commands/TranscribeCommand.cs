using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Cli.Output;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>transcribe FILE: what is said in a sound or video, with times.</summary>
internal sealed class TranscribeCommand : Command
{
    // What the published algorithm takes for silence, and the temperatures that it tries.
    private const float Silence = 0.6f;
    private static readonly float[] Fallback = [0, 0.2f, 0.4f, 0.6f, 0.8f, 1];

    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _media = new("media") { Description = "A sound or video: a path, or an https: or data: URI" };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: the one for speech", DefaultValueFactory = _ => "" };
    private readonly Option<string> _language = new("--language", "-l") { Description = "As en; default: told from the sound", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _translate = new("--translate") { Description = "Into English" };
    private readonly Option<bool> _words = new("--words") { Description = "Times of each word; with --json" };
    private readonly Option<string> _prompt = new("--prompt") { Description = "What was said before, or names as they are spelled", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _carry = new("--carry-text") { Description = "Read what has been written before going on" };
    private readonly Option<bool> _fallback = new("--fallback") { Description = "Write again at higher temperatures where a text is repetitive or unlikely, and leave out silence" };
    private readonly Option<uint> _bestOf = new("--best-of") { Description = "Texts drawn at each temperature above 0, of which the likeliest is taken", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _plain = new("--plain") { Description = "Text alone, without times" };

    public TranscribeCommand(CliConsole console)
        : base("transcribe", "Writes down what is said in a sound or video.")
    {
        _console = console;
        Add(_media);
        Add(_model);
        Add(_language);
        Add(_translate);
        Add(_words);
        Add(_prompt);
        Add(_carry);
        Add(_fallback);
        Add(_bestOf);
        Add(_plain);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var request = new TranscribeRequest
        {
            Media = await MediaArguments.OpenAsync(parsed.GetRequiredValue(_media), client, _console, cancellationToken),
            Model = new ModelSelector { Id = parsed.GetValue(_model) },
            Parameters = ParametersOf(parsed),
        };
        await foreach (var said in client.TranscribeAsync(request, cancellationToken))
        {
            if (said.Segment is { } segment)
            {
                await (parsed.GetValue(_common.Json) ? WriteJsonAsync(segment) : _console.Output.WriteLineAsync(LineOf(segment, parsed.GetValue(_plain))));
            }
        }

        return ExitCodes.Success;
    }

    private TranscriptionParameters ParametersOf(ParseResult parsed)
    {
        var parameters = new TranscriptionParameters
        {
            Language = parsed.GetValue(_language),
            Words = parsed.GetValue(_words),
            Prompt = parsed.GetValue(_prompt),
            CarryText = parsed.GetValue(_carry),
            BestOf = parsed.GetValue(_bestOf),
            Task = parsed.GetValue(_translate) ? TranscriptionTask.Translate : TranscriptionTask.Transcribe,
        };
        if (parsed.GetValue(_fallback))
        {
            parameters.Temperatures.AddRange(Fallback);
            parameters.MaxNoSpeechProb = Silence;
        }

        return parameters;
    }

    private static string LineOf(TranscriptSegment segment, bool plain) =>
        plain ? segment.Text : $"[{Clock(segment.Range.Start)} → {Clock(segment.Range.End)}] {segment.Text}";

    private Task WriteJsonAsync(TranscriptSegment segment) => JsonLine.WriteAsync(_console.Output, new
    {
        Start = segment.Range.Start.ToTimeSpan().TotalSeconds,
        End = segment.Range.End.ToTimeSpan().TotalSeconds,
        segment.Text,
        MeanLogProb = segment.MeanLogprob,
        Words = segment.Words.Select(word => new { Start = word.Range.Start.ToTimeSpan().TotalSeconds, End = word.Range.End.ToTimeSpan().TotalSeconds, word.Text }),
    });

    private static string Clock(Duration time) => time.ToTimeSpan().ToString(@"hh\:mm\:ss\.ff", CultureInfo.InvariantCulture);
}
