namespace Sensorium.Core.Encoding;

/// <summary>Asks for a model; null or empty members match any.</summary>
public sealed record ModelSelector(string? Id, string? Revision)
{
    /// <summary>Whether a model is the one that is asked for. Nothing else decides that.</summary>
    public bool Matches(ModelIdentity model) =>
        (string.IsNullOrEmpty(Id) || Id == model.Id) && (string.IsNullOrEmpty(Revision) || Revision == model.Revision);

    /// <summary>As in messages.</summary>
    public override string ToString() => (string.IsNullOrEmpty(Id), string.IsNullOrEmpty(Revision)) switch
    {
        (false, false) => $"model '{Id}' revision '{Revision}'",
        (true, false) => $"revision '{Revision}'",
        _ => $"model '{Id}'",
    };
}
