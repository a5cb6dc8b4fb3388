using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Deciders.Deciding;
using Sensorium.Gateway.Encoding;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Which model embeds the media of each modality. A modality that is not here is not embedded.</summary>
internal sealed class CaseModels(IReadOnlyDictionary<Modality, ModelIdentity> models)
{
    public IEnumerable<TaughtModel> Taught => models.Select(pair => new TaughtModel(ModalityTable.Of(pair.Key).Name, pair.Value));

    public bool Has(Modality modality) => models.ContainsKey(modality);

    public ModelIdentity? Find(Modality modality) => models.GetValueOrDefault(modality);

    public ModelSelector SelectorOf(Modality modality) => new(models[modality].Id, models[modality].Revision);

    /// <summary>For a decider that is to be taught: the model that was asked for, or the default of a modality.</summary>
    /// <exception cref="SensoriumException">MODEL_MISMATCH: one that was asked for is served for no modality.</exception>
    public static async Task<CaseModels> ChooseAsync(EncoderDirectory encoders, IReadOnlyList<ModelSelector> asked, CancellationToken cancellationToken)
    {
        var models = new Dictionary<Modality, ModelIdentity>();
        var found = new HashSet<ModelSelector>();
        foreach (var modality in EncoderDirectory.Modalities)
        {
            var served = await DescribeAsync(encoders[modality], cancellationToken);
            var selector = asked.FirstOrDefault(one => served?.Find(one) is not null);
            if (served?.Find(selector) is { } description)
            {
                models[modality] = description.Model;
                found.UnionWith(asked.Where(one => served.Find(one) is not null));
            }
        }

        return asked.FirstOrDefault(one => !found.Contains(one)) is { } missing
            ? throw new SensoriumException(ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch, $"{missing} is not served here for any modality; see Status.") { Field = "models" }
            : new CaseModels(models);
    }

    /// <summary>For a decider that was taught: the very models that it was taught with.</summary>
    /// <exception cref="SensoriumException">DECIDER_OUTDATED: one of them is not served.</exception>
    public static async Task<CaseModels> OfAsync(EncoderDirectory encoders, DeciderInfo decider, CancellationToken cancellationToken)
    {
        var models = new Dictionary<Modality, ModelIdentity>();
        foreach (var (name, taught) in decider.Models)
        {
            var modality = ModalityTable.OfName(name)!.Modality;
            var served = await encoders[modality].DescribeAsync(cancellationToken);
            var now = served.Find(new ModelSelector(taught.Id, taught.Revision))?.Model
                ?? throw decider.Outdated(name, taught, served.Find(new ModelSelector(taught.Id, null)) is { } other
                    ? $"which is served as revision '{other.Model.Revision}'"
                    : "which is not served");
            decider.CheckModel(name, now);
            models[modality] = now;
        }

        return new CaseModels(models);
    }

    // A partial deployment is a deployment: what cannot be asked embeds nothing.
    private static async Task<Core.Models.ServedModels<EncoderDescription>?> DescribeAsync(IEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            return await encoder.DescribeAsync(cancellationToken);
        }
        catch (SensoriumException)
        {
            return null;
        }
    }
}
