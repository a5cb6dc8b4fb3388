using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;

namespace Sensorium.Gateway.Operations;

/// <summary>Which models embed here. A service that cannot be asked is left out.</summary>
internal sealed class ListModelsOperation(EncoderDirectory encoders)
{
    /// <summary>Ids, each once.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var models = await Task.WhenAll(EncoderDirectory.Modalities.Select(modality => ModelsOfAsync(encoders[modality], cancellationToken)));
        return [.. models.SelectMany(found => found).Select(model => model.Model.Id).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a service has a model of this name: an id or an alias, and a revision if one is given.</summary>
    public async Task<bool> HasAsync(ModelSelector wanted, CancellationToken cancellationToken)
    {
        var models = await Task.WhenAll(EncoderDirectory.Modalities.Select(modality => ModelsOfAsync(encoders[modality], cancellationToken)));
        return models.Any(found => found.Any(wanted.Matches));
    }

    private static async Task<IReadOnlyList<EncoderDescription>> ModelsOfAsync(IEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            return (await encoder.DescribeAsync(cancellationToken)).Models;
        }
        catch (SensoriumException)
        {
            return [];
        }
    }
}
