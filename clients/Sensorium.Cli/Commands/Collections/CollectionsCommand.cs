using System.CommandLine;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>collections list, create, describe, drop.</summary>
internal sealed class CollectionsCommand : Command
{
    public CollectionsCommand(CliConsole console)
        : base("collections", "Lists, creates, describes and drops collections.")
    {
        Argument<string> name = new("name") { Description = "Of the collection" };
        Option<string> model = new("--model") { Description = "The model that encodes. Default: the gateway's" };
        Add(new CollectionVerb(console, "list", "All collections.", _ => new CollectionsRequest { List = new ListCollections() }));
        Add(new CollectionVerb(console, "create", "Makes an empty collection.", parsed => new CollectionsRequest
        {
            Create = new CreateCollection { Name = parsed.GetRequiredValue(name), Model = new ModelSelector { Id = parsed.GetValue(model) ?? "" } },
        }) { name, model });
        Add(new CollectionVerb(console, "describe", "Shows one collection.", parsed => new CollectionsRequest
        {
            Describe = new DescribeCollection { Name = parsed.GetRequiredValue(name) },
        }) { name });
        Add(new CollectionVerb(console, "drop", "Deletes a collection with everything in it.", parsed => new CollectionsRequest
        {
            Drop = new DropCollection { Name = parsed.GetRequiredValue(name) },
        }) { name });
    }
}
