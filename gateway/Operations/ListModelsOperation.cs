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
        var models = await Task.WhenAll(EncoderDirectory.Modalities.Select(modality => ModelOfAsync(encoders[modality], cancellationToken)));
        return [.. models.OfType<ModelIdentity>().Select(model => model.Id).Distinct(StringComparer.Ordinal)];
    }

    private static async Task<ModelIdentity?> ModelOfAsync(IEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            return (await encoder.DescribeAsync(cancellationToken)).Model;
        }
        catch (SensoriumException)
        {
            return null;
        }
    }
}
