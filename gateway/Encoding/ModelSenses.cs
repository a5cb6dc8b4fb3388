using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Gateway.Encoding;

/// <summary>Says of a model that one service does not have what it does read.</summary>
internal static class ModelSenses
{
    /// <summary>The same error, with a message that knows the other services before that which knows the models of this one.</summary>
    public static async Task<SensoriumException> ExplainAsync(
        SensoriumException error, ModelSelector? model, Modality modality, EncoderDirectory encoders, CancellationToken cancellationToken)
    {
        if (error.Reason != ErrorReasons.ModelMismatch || string.IsNullOrEmpty(model?.Id))
        {
            return error;
        }

        var read = new List<string>();
        foreach (var other in EncoderDirectory.Modalities.Where(other => other != modality))
        {
            if (await HasAsync(encoders[other], model, cancellationToken))
            {
                read.Add(ModalityTable.Of(other).Service);
            }
        }

        return read.Count == 0
            ? error
            : new SensoriumException(
                error.Code,
                error.Reason,
                $"Model '{model.Id}' reads {string.Join(", ", read)}, and no {ModalityTable.Of(modality).Service}. {error.Message}",
                error);
    }

    // A service that cannot be asked says nothing.
    private static async Task<bool> HasAsync(IEncoder encoder, ModelSelector model, CancellationToken cancellationToken)
    {
        try
        {
            return (await encoder.DescribeAsync(cancellationToken)).Find(model) is not null;
        }
        catch (SensoriumException)
        {
            return false;
        }
    }
}
