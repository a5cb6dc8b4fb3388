using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Tensors;

namespace Sensorium.Generation;

/// <summary>Tells whether the decoders decode, and whether graphs work. Those that sleep are not woken for that.</summary>
internal sealed class DecoderReadiness(CaptionHub hub, GraphHub graphs) : IModelReadiness
{
    public string Name => "generation";

    /// <summary>Where no model has a decoder, none is expected.</summary>
    public bool IsRequired => !hub.IsLoaded || hub.Served.Models.Count > 0 || HasGraphs;

    private bool HasGraphs => graphs.Served.Models.Count > 0;

    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (!hub.IsLoaded || (hub.Served.Models.Count == 0 && !HasGraphs))
        {
            return !hub.IsLoaded ? "the models have not been loaded" : Unserved();
        }

        foreach (var peek in hub.PeekAll())
        {
            using var use = peek;
            await new DecoderProbe(use.Server.Backend).CheckAsync(cancellationToken);
        }

        return await graphs.CheckAsync(cancellationToken);
    }

    private string Unserved() => hub.Served.Unserved.Count == 0
        ? "no model here has a decoder"
        : string.Join("; ", hub.Served.Unserved.Select(model => $"{model.Id}: {model.Reason}"));
}
