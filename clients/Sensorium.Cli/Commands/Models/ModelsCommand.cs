using System.CommandLine;

namespace Sensorium.Cli.Commands.Models;

/// <summary>models: what is there, its variants, loading and unloading while a gateway runs.</summary>
internal sealed class ModelsCommand : Command
{
    public ModelsCommand(CliConsole console)
        : base("models", "Takes models into a folder; lists, loads and unloads those behind a gateway.")
    {
        Add(new ListModelsCommand(console));
        Add(new CheckModelCommand(console));
        Add(new PullModelCommand(console));
        Add(new QuantizeModelCommand(console));
        Add(new ChangeModelCommand(
            "load", "Loads a model from its folder as it is now. What served before serves until then.", console, (client, id, token) => client.LoadModelAsync(id, token)));
        Add(new ChangeModelCommand(
            "unload", "Gives a model's memory back. Requests under way are finished first.", console, (client, id, token) => client.UnloadModelAsync(id, token)));
    }
}
