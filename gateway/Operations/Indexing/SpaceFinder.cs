using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>Tells which space a model embeds in.</summary>
internal sealed class SpaceFinder(EncoderDirectory encoders)
{
    /// <summary>By the first encoder, in the order of the table of modalities, that has the model.</summary>
    /// <exception cref="SensoriumException">None has it, or one cannot be asked.</exception>
    public async Task<EncoderDescription> FindAsync(ModelSelector? model, CancellationToken cancellationToken)
    {
        SensoriumException? first = null;
        foreach (var modality in EncoderDirectory.Modalities)
        {
            try
            {
                return (await encoders[modality].DescribeAsync(cancellationToken)).Select(model);
            }
            catch (SensoriumException error) when (error.Code == ErrorCode.FailedPrecondition)
            {
                first ??= error;
            }
        }

        throw first!;
    }
}
