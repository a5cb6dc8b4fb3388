namespace Sensorium.Gateway.Operations.Explanation.Occlusion;

/// <summary>Which parts of a medium an encoder does not get to see.</summary>
/// <param name="Parts">Of the layout, ascending.</param>
/// <param name="ShowsOnly">These parts are all that is shown; else they are what is hidden.</param>
internal sealed record Mask(IReadOnlyList<int> Parts, bool ShowsOnly)
{
    /// <summary>Hides nothing.</summary>
    public static Mask Nothing { get; } = new([], ShowsOnly: false);

    /// <summary>Hides everything.</summary>
    public static Mask Everything { get; } = new([], ShowsOnly: true);

    /// <summary>For each part, whether it is hidden.</summary>
    public bool[] Hidden(int parts)
    {
        var hidden = new bool[parts];
        Array.Fill(hidden, ShowsOnly);
        foreach (var part in Parts)
        {
            hidden[part] = !ShowsOnly;
        }

        return hidden;
    }
}
