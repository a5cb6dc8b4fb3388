using System.CommandLine;
using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>search WORDS --collection NAME, or by a picture, a sound, a video; several are mixed.</summary>
internal sealed class SearchCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string[]> _words = new("words") { Description = "What to look for, in words", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _collection = new("--collection", "-c") { Description = "Name of the collection", Required = true };
    private readonly Option<float> _wordsWeight = new("--words-weight") { Description = "Of the words, where they are mixed with media", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _filter = new("--filter", "-f") { Description = "Which items are searched, as \"year >= 2020 AND tags = 'sea'\"" };
    private readonly Option<int> _top = new("--top", "-n") { Description = "Show the best so many", DefaultValueFactory = _ => 10 };
    private readonly Option<float?> _minScore = new("--min-score") { Description = "Leave out what is less similar" };

    private readonly (Option<string[]> Option, Modality Modality)[] _media =
    [
        (MediaOption("--image", "picture"), Modality.Image),
        (MediaOption("--audio", "sound"), Modality.Audio),
        (MediaOption("--video", "video"), Modality.Video),
    ];

    public SearchCommand(CliConsole console)
        : base("search", "Finds the items of a collection that are most like words, a picture, a sound, a video, or a mix of them.")
    {
        _console = console;
        Add(_words);
        Add(_collection);
        foreach (var (option, _) in _media)
        {
            Add(option);
        }

        Add(_wordsWeight);
        Add(_filter);
        Add(_top);
        Add(_minScore);
        _common.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_words) is not { Length: > 0 } && _media.All(media => result.GetValue(media.Option) is not { Length: > 0 }))
            {
                result.AddError("search needs words, or --image, --audio or --video.");
            }
        });
        SetAction(RunAsync);
    }

    private static Option<string[]> MediaOption(string name, string what) => new(name)
    {
        Description = $"A {what} to look for: {MediaArguments.Help}",
        DefaultValueFactory = _ => [],
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var request = new SearchRequest
        {
            Collection = parsed.GetRequiredValue(_collection),
            Filter = parsed.GetValue(_filter) ?? "",
            PageSize = parsed.GetValue(_top),
        };
        parsed.Give(_minScore, minScore => request.MinScore = minScore);
        await AddQueriesAsync(request, parsed, client, cancellationToken);
        var response = await client.SearchAsync(request, cancellationToken);
        for (var i = 0; i < response.Hits.Count; i++)
        {
            await WriteAsync(i + 1, response.Hits[i], parsed.GetValue(_common.Json));
        }

        return ExitCodes.Success;
    }

    private async Task AddQueriesAsync(SearchRequest request, ParseResult parsed, SensoriumClient client, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_words) is { Length: > 0 } words)
        {
            request.Queries.Add(new SearchQuery { Media = new Media { Text = string.Join(' ', words) }, Weight = parsed.GetValue(_wordsWeight) });
        }

        foreach (var (option, modality) in _media)
        {
            foreach (var argument in parsed.GetRequiredValue(option))
            {
                var media = await MediaArguments.OpenAsync(argument, client, _console, cancellationToken);
                (media.ItemId, media.Modality) = ("", modality);
                request.Queries.Add(new SearchQuery { Media = media });
            }
        }
    }

    private Task WriteAsync(int rank, SearchHit hit, bool json)
    {
        if (json)
        {
            return JsonLine.WriteAsync(_console.Output, new
            {
                Rank = rank,
                hit.Item.Id,
                hit.Score,
                Modality = hit.Item.Modality.ToString().ToLowerInvariant(),
                Start = hit.Moment?.Start?.ToTimeSpan().TotalSeconds,
                End = hit.Moment?.End?.ToTimeSpan().TotalSeconds,
                Metadata = System.Text.Json.Nodes.JsonNode.Parse((hit.Item.Metadata ?? new Google.Protobuf.WellKnownTypes.Struct()).ToString()),
                hit.Item.Text,
            });
        }

        var moment = hit.Moment is { } range ? $" {Clock(range.Start)}-{Clock(range.End)}" : "";
        var text = hit.Item.Text.Length > 0 ? $": {hit.Item.Text.ReplaceLineEndings(" ")}" : "";
        return _console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rank,3}. {hit.Score:0.0000}  {hit.Item.Id}{moment}{text}"));
    }

    private static string Clock(Google.Protobuf.WellKnownTypes.Duration? time) =>
        time is null ? "" : time.ToTimeSpan().ToString(time.Seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);
}
