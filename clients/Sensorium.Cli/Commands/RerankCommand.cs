using System.CommandLine;
using System.Globalization;
using Sensorium.Cli.Output;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>rerank QUERY DOCUMENT…: which texts answer a query best.</summary>
internal sealed class RerankCommand : Command
{
    private readonly CliConsole _console;
    private readonly CommonOptions _common = new();
    private readonly Argument<string> _query = new("query") { Description = "What is asked, in words" };
    private readonly Argument<string[]> _documents = new("documents") { Description = "Each a text", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: the first that reranks", DefaultValueFactory = _ => "" };
    private readonly Option<int> _top = new("--top") { Description = "Show only the best so many documents" };
    private readonly Option<bool> _truncate = new("--truncate") { Description = "Read the beginning of documents that are too long" };

    public RerankCommand(CliConsole console)
        : base("rerank", "Orders texts by how well they answer a query.")
    {
        _console = console;
        Add(_query);
        Add(_documents);
        Add(_model);
        Add(_top);
        Add(_truncate);
        _common.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = _common.Connect(parsed);
        var documents = parsed.GetRequiredValue(_documents);
        var request = new RerankRequest
        {
            Query = parsed.GetRequiredValue(_query),
            Documents = { documents },
            TopN = parsed.GetValue(_top),
            Truncate = parsed.GetValue(_truncate),
        };
        if (parsed.GetValue(_model) is { Length: > 0 } model)
        {
            request.Model = new ModelSelector { Id = model };
        }

        var response = await client.RerankAsync(request, cancellationToken);
        foreach (var result in response.Results)
        {
            await (parsed.GetValue(_common.Json)
                ? JsonLine.WriteAsync(_console.Output, new { result.Index, result.Score, result.Logit, Document = documents[result.Index] })
                : _console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{result.Score:0.0000} {documents[result.Index]}")));
        }

        return ExitCodes.Success;
    }
}
