using System.CommandLine;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Decisions;

/// <summary>Which items of a collection teach, and what their metadata mean.</summary>
internal sealed class CollectionOptions
{
    private readonly Option<string?> _collection = new("--collection", "-c") { Description = "A collection whose items are cases" };
    private readonly Option<string[]> _labels = Names("--label-field", "Metadata of the items that are outcomes; may be given several times");
    private readonly Option<string?> _group = new("--group-field") { Description = "Metadata that says which items belong together, as those of one patient" };
    private readonly Option<string[]> _fields = Names("--field", "Metadata that make the record; default: all but labels and group");
    private readonly Option<string?> _filter = new("--filter", "-f") { Description = "Of the items, as search has it" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_collection, _labels, _group, _fields, _filter])
        {
            command.Add(option);
        }
    }

    /// <summary>Null where no collection is named.</summary>
    /// <exception cref="IOException">An option of a collection without one, or a collection without a label.</exception>
    public CollectionCases? Read(ParseResult parsed)
    {
        var labels = parsed.GetRequiredValue(_labels);
        if (parsed.GetValue(_collection) is not { } name)
        {
            var other = ((Option[])[_labels, _group, _fields, _filter]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return other is null ? null : throw new IOException($"{other.Name} is of a collection: name one with --collection");
        }

        return labels.Length == 0
            ? throw new IOException("--collection: --label-field says which metadata is the outcome")
            : new CollectionCases
            {
                Name = name,
                Filter = parsed.GetValue(_filter) ?? "",
                LabelFields = { labels },
                GroupField = parsed.GetValue(_group) ?? "",
                Fields = { parsed.GetRequiredValue(_fields) },
            };
    }

    private static Option<string[]> Names(string name, string description) => new(name) { Description = description, DefaultValueFactory = _ => [] };
}
