using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Encoding;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>What can be seen and heard here.</summary>
/// <param name="Seeing">Null if frames cannot be embedded.</param>
/// <param name="Hearing">Null if sound cannot be.</param>
internal sealed record LiveSenses(EncoderDescription? Seeing, EncoderDescription? Hearing, SensoriumException? NoSeeing, SensoriumException? NoHearing)
{
    public IEnumerable<ModelIdentity> Models => new[] { Seeing, Hearing }.OfType<EncoderDescription>().Select(one => one.Model);

    /// <exception cref="SensoriumException">Neither is served.</exception>
    public static async Task<LiveSenses> FindAsync(EncoderDirectory encoders, LivePlan plan, CancellationToken cancellationToken)
    {
        var (seeing, noSeeing) = await FindAsync(encoders, Modality.Image, plan.Encoding.Model, cancellationToken);
        var (hearing, noHearing) = await FindAsync(encoders, Modality.Audio, plan.SoundEncoding.Model, cancellationToken);
        return seeing is null && hearing is null ? throw noSeeing! : new LiveSenses(seeing, hearing, noSeeing, noHearing);
    }

    /// <exception cref="SensoriumException">There is no sense for it.</exception>
    public void Check(LiveInput input)
    {
        if ((input is LiveFrame ? NoSeeing : NoHearing) is { } missing)
        {
            throw missing;
        }
    }

    private static async Task<(EncoderDescription? Model, SensoriumException? Missing)> FindAsync(
        EncoderDirectory encoders, Modality modality, ModelSelector? model, CancellationToken cancellationToken)
    {
        try
        {
            return ((await encoders[modality].DescribeAsync(cancellationToken)).Select(model), null);
        }
        catch (SensoriumException error)
        {
            return (null, await ModelSenses.ExplainAsync(error, model, modality, encoders, cancellationToken));
        }
    }
}
