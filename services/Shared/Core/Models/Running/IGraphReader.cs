using Sensorium.Core.Packs;

namespace Sensorium.Core.Models.Running;

/// <summary>Reads what the graphs of a part declare, without loading them.</summary>
public interface IGraphReader
{
    /// <param name="part">Whose graphs are read.</param>
    /// <param name="variant">Read in this variant where it is there; null, or one that is not, reads the best precision.</param>
    IEnumerable<GraphFacts> Read(PackPart part, string? variant);
}
