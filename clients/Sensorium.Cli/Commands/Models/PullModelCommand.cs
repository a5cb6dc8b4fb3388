using System.CommandLine;
using Sensorium.Cli.Commands.Models.Pull;
using Sensorium.Cli.Output;

namespace Sensorium.Cli.Commands.Models;

/// <summary>models pull ID|URL|FOLDER.</summary>
internal sealed class PullModelCommand : Command
{
    private const string DefaultHub = "https://huggingface.co";

    private readonly CliConsole _console;
    private readonly Argument<string> _source = new("source") { Description = "owner/name at the hub, the URL of a model at a mirror, or a folder" };
    private readonly Option<string> _to = new("--to") { Description = "Folder of models that it is taken into", DefaultValueFactory = _ => "models" };
    private readonly Option<string> _as = new("--as") { Description = "Id that it gets; default: the last part of its name", DefaultValueFactory = _ => "" };
    private readonly Option<string> _revision = new("--revision") { Description = "Branch, tag or commit", DefaultValueFactory = _ => "main" };
    private readonly Option<string> _variant = new("--variant") { Description = "Number type of the weights", DefaultValueFactory = _ => "fp32" };
    private readonly Option<string> _mirror = new("--mirror")
    {
        Description = "Address of the hub. Default: $HF_ENDPOINT, else " + DefaultHub,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HF_ENDPOINT") is { Length: > 0 } hub ? hub : DefaultHub,
    };

    private readonly Option<string> _token = new("--token")
    {
        Description = "For models that are not open to all. Default: $HF_TOKEN",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HF_TOKEN") ?? "",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace what is there under the same id" };

    public PullModelCommand(CliConsole console)
        : base("pull", "Takes a model into a folder of models, with the files of one variant alone. It appears there whole or not at all.")
    {
        _console = console;
        _variant.AcceptOnlyFromAmong([.. PullSelection.Variants]);
        Add(_source);
        foreach (var option in (Option[])[_to, _as, _revision, _variant, _mirror, _token, _force])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var (source, name) = Open(parsed, http);
        var id = parsed.GetValue(_as) is { Length: > 0 } given ? given : name;
        if (id.StartsWith('.') || id.IndexOfAny(['/', '\\', ':']) >= 0)
        {
            throw new PullException($"'{id}' cannot be the id of a model; give another with --as");
        }

        var folder = Path.GetFullPath(parsed.GetRequiredValue(_to));
        Directory.CreateDirectory(folder);
        var pull = new ModelPull(source, folder, id, parsed.GetRequiredValue(_variant), parsed.GetValue(_force));
        var taken = await PullBars.ShowAsync(_console, progressOf => pull.RunAsync(progressOf, cancellationToken));
        await _console.Output.WriteLineAsync(taken is null
            ? $"{id} is there already"
            : $"{id}: {taken.Files.Count} files, {ModelWords.OfBytes(taken.Files.Sum(file => file.SizeBytes))}, in {Path.Combine(folder, id)}");
        return ExitCodes.Success;
    }

    private (IModelSource Source, string Name) Open(ParseResult parsed, HttpClient http)
    {
        var source = parsed.GetRequiredValue(_source);
        if (Directory.Exists(source))
        {
            return (new FolderSource(source), Path.GetFileName(Path.GetFullPath(source).TrimEnd(Path.DirectorySeparatorChar)));
        }

        var address = new Uri(source.Contains("://", StringComparison.Ordinal) ? source : $"{parsed.GetRequiredValue(_mirror).TrimEnd('/')}/{source}");
        string[] parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            throw new PullException($"'{source}' is no folder and no id as owner/name");
        }

        var hub = new Uri($"{address.GetLeftPart(UriPartial.Authority)}/{string.Join('/', parts[..^2])}");
        return (new HubSource(http, hub, $"{parts[^2]}/{parts[^1]}", parsed.GetRequiredValue(_revision), parsed.GetRequiredValue(_token)), parts[^1]);
    }
}
