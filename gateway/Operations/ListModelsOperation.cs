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
        return [.. models.SelectMany(ids => ids).Distinct(StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<string>> ModelsOfAsync(IEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            return (await encoder.DescribeAsync(cancellationToken)).Models.Select(model => model.Model.Id);
        }
        catch (SensoriumException)
        {
            return [];
        }
    }
}
