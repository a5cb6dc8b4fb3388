using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Gateway.Encoding;

namespace Sensorium.Gateway.Operations;

/// <summary>Which models answer here. A service that cannot be asked is left out.</summary>
internal sealed class ListModelsOperation(EncoderDirectory encoders, JoinedModels models)
{
    /// <summary>All that any service has, whatever they do; the default first.</summary>
    public async Task<IReadOnlyList<ServedModel>> ServedAsync(CancellationToken cancellationToken) =>
        [.. (await models.ListAsync(cancellationToken)).Select(ServedModel.Of).OfType<ServedModel>()];

    /// <summary>By id or alias, with a revision if one is given.</summary>
    /// <exception cref="SensoriumException">MODEL_MISMATCH, listing the models that there are.</exception>
    public async Task<ServedModel> FindAsync(string name, CancellationToken cancellationToken)
    {
        var (served, wanted) = (await ServedAsync(cancellationToken), ModelSelector.Parse(name));
        return served.FirstOrDefault(model => model.Id == name)
            ?? served.FirstOrDefault(model => model.Id == wanted.Id || model.Overview.Aliases.Contains(wanted.Id))
            ?? throw Missing(name, served.Select(model => model.Id));
    }

    /// <summary>Ids of those that encode, each once.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(CancellationToken cancellationToken) =>
        [.. (await DescribeAsync(cancellationToken)).Select(model => model.Model.Id).Distinct(StringComparer.Ordinal)];

    /// <summary>That an encoder has a model of this name: an id or an alias, and a revision if one is given.</summary>
    /// <param name="name">Of the model.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <param name="others">Names that would have done, too.</param>
    /// <exception cref="SensoriumException">MODEL_MISMATCH, listing the models that there are.</exception>
    public async Task RequireAsync(string name, CancellationToken cancellationToken, IReadOnlyList<string>? others = null)
    {
        var wanted = ModelSelector.Parse(name);
        if (!(await DescribeAsync(cancellationToken)).Any(wanted.Matches))
        {
            throw Missing(name, (await IdsAsync(cancellationToken)).Concat(others ?? []));
        }
    }

    /// <summary>The models of one modality, the default first.</summary>
    public Task<IReadOnlyList<EncoderDescription>> DescribeAsync(Modality modality, CancellationToken cancellationToken) =>
        DescribeAsync(encoders[modality], cancellationToken);

    private async Task<IReadOnlyList<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(EncoderDirectory.Modalities.Select(modality => DescribeAsync(encoders[modality], cancellationToken)));
        return [.. found.SelectMany(models => models)];
    }

    private static async Task<IReadOnlyList<EncoderDescription>> DescribeAsync(IEncoder encoder, CancellationToken cancellationToken)
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

    private static SensoriumException Missing(string name, IEnumerable<string> ids) => new(
        ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch, $"There is no model \"{name}\" here; there is: {ModelNames.List(ids)}.")
    { Field = "model" };
}
