namespace Sensorium.Core.Packs;

/// <summary>How the tokens of a medium become its one vector, where the graph does not say.</summary>
public enum Pooling
{
    Mean,

    /// <summary>The first token's.</summary>
    First,

    /// <summary>The largest of each component.</summary>
    Max,

    Last,
}
