using Sensorium.Core.Errors;
using Sensorium.Core.Models;

namespace Sensorium.Core.Encoding;

/// <summary>Asks for a model; null or empty members match any.</summary>
public sealed record ModelSelector(string? Id, string? Revision)
{
    private const char BeforeRevision = '@';

    /// <summary>A name as "id", or "id@revision".</summary>
    public static ModelSelector Parse(string name) => name.LastIndexOf(BeforeRevision) is > 0 and var at
        ? new ModelSelector(name[..at], name[(at + 1)..])
        : new ModelSelector(name, null);

    /// <summary>Whether a model is the one that is asked for. Nothing else decides that.</summary>
    public bool Matches(ModelIdentity model) => Matches(model, []);

    /// <summary>As <see cref="Matches(ModelIdentity)"/>, by an alias too.</summary>
    public bool Matches(IModelDescription model) => Matches(model.Model, model.Aliases);

    /// <exception cref="SensoriumException">MODEL_MISMATCH: the one that is served is another.</exception>
    public void Require(ModelIdentity served)
    {
        if (!Matches(served))
        {
            throw new SensoriumException(
                ErrorCode.FailedPrecondition,
                ErrorReasons.ModelMismatch,
                $"{this} was asked for; '{served.Id}' revision '{served.Revision}' is served.");
        }
    }

    private bool Matches(ModelIdentity model, IReadOnlyList<string> aliases) =>
        (string.IsNullOrEmpty(Id) || Id == model.Id || aliases.Contains(Id)) && (string.IsNullOrEmpty(Revision) || Revision == model.Revision);

    /// <summary>As in messages.</summary>
    public override string ToString() => (string.IsNullOrEmpty(Id), string.IsNullOrEmpty(Revision)) switch
    {
        (false, false) => $"model '{Id}' revision '{Revision}'",
        (true, false) => $"revision '{Revision}'",
        _ => $"model '{Id}'",
    };
}
