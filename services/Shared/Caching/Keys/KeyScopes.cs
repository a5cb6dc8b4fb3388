using Sensorium.Core.Encoding;
using Sensorium.Core.Models;

namespace Sensorium.Caching.Keys;

/// <summary>The key scopes of all models of one encoder, under one description of it.</summary>
internal sealed class KeyScopes(ServedModels<EncoderDescription> served)
{
    // By reference: what is looked up is one of these, and comparing all that a description says would cost more than a hit.
    private readonly Dictionary<EncoderDescription, KeyScope> _scopes =
        served.Models.ToDictionary<EncoderDescription, EncoderDescription, KeyScope>(
            model => model, model => new KeyScope(model), ReferenceEqualityComparer.Instance);

    public ServedModels<EncoderDescription> Served => served;

    /// <summary>Null if the model that is asked for is not served.</summary>
    public KeyScope? Find(ModelSelector? selector) => served.Find(selector) is { } model ? _scopes[model] : null;

    /// <summary>Whether every model of the other is here unchanged.</summary>
    public bool Covers(KeyScopes other) => other.Served.Models.All(model => _scopes.Values.Any(scope => scope.Covers(model.Model)));
}
