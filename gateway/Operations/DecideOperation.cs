using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Storing;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Operations;

/// <summary>Answers questions about cases, by a decider that was taught or by comparing media with words. Cases fail one by one.</summary>
internal sealed class DecideOperation(
    CaseReceiver receiver,
    CaseEmbedder embedder,
    Embedder words,
    DecisionExplainer explainer,
    EncoderDirectory encoders,
    DeciderStore store,
    IOptions<ClassifyOptions> classify,
    IOptions<HostingOptions> host)
{
    /// <param name="cases">Of the field "cases".</param>
    /// <param name="request">What is asked of each.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The request is wrong, or its decider cannot answer.</exception>
    public async Task<DecidedCases> RunAsync(IReadOnlyList<CaseInput> cases, DecideRequest request, CancellationToken cancellationToken)
    {
        DecideRules.Check(request, cases.Count);
        var ids = ItemIds.Assign([.. cases.Select(one => one.Id)], "cases", host.Value.MaxItems);
        CaseInput[] named = [.. cases.Select((one, i) => one with { Id = ids[i] })];
        return request.Decider.Length > 0
            ? await ByDeciderAsync(named, request, cancellationToken)
            : await ByWordsAsync(named, request, cancellationToken);
    }

    private async Task<DecidedCases> ByDeciderAsync(CaseInput[] cases, DecideRequest request, CancellationToken cancellationToken)
    {
        var decider = store.Get(request.Decider);
        var models = await CaseModels.OfAsync(encoders, decider.Info, cancellationToken);
        string[] names = [.. request.Questions.Select(question => question.Name)];
        await using var received = await receiver.ReceiveAsync(cases, cancellationToken);
        var encoding = new CaseEncoding(models.SelectorOf, models.Has, CaseVector.Reading(request.Encoding));
        var embedded = await embedder.EmbedAsync(received, encoding, cancellationToken);
        CaseOutcome[] outcomes = [.. embedded.Select(one => Decide(one, given => decider.Decide(given.Case!, names, request.Options)))];
        if (request.Explaining is { } division)
        {
            outcomes[0] = await explainer.ByDeciderAsync(outcomes[0], embedded[0], decider, division, encoding, cancellationToken);
        }

        return new DecidedCases(outcomes, decider.Info, ModelsOf(embedded), UnitsOf(embedded));
    }

    private async Task<DecidedCases> ByWordsAsync(CaseInput[] cases, DecideRequest request, CancellationToken cancellationToken)
    {
        var template = request.Encoding with { Text = request.Encoding.Text with { Truncate = true } };
        var trained = (await encoders[Modality.Text].DescribeAsync(cancellationToken)).Select(template.Model).Similarity;
        var asked = await ZeroShot.ReadAsync(request.Questions, template, words, trained?.Scale ?? (float)classify.Value.LogitScale, cancellationToken);
        await using var received = await receiver.ReceiveAsync(cases, cancellationToken);
        var encoding = new CaseEncoding(_ => template.Model, _ => true, template);
        var embedded = await embedder.EmbedAsync(received, encoding, cancellationToken);
        CaseOutcome[] outcomes = [.. embedded.Select(one => Decide(one, given => new Decided(given.Input.Id, asked.Answer(given.Media, request.Options), [.. given.Input.Fields.Keys])))];
        if (request.Explaining is { } division)
        {
            outcomes[0] = await explainer.ByWordsAsync(outcomes[0], embedded[0], asked, division, encoding, cancellationToken);
        }

        return new DecidedCases(outcomes, null, [.. ModelsOf(embedded).Prepend(asked.Model).Distinct()], UnitsOf(embedded));
    }

    private static CaseOutcome Decide(EmbeddedCase embedded, Func<EmbeddedCase, Decided> decide)
    {
        if (embedded.Error is { } failed)
        {
            return new CaseOutcome(embedded.Input.Id, [], failed, []);
        }

        try
        {
            var decided = decide(embedded);
            var ignored = decided.UnknownFields.Select(field => new MediaWarning(
                WarningReasons.NotConsidered, $"Field '{field}' counts for nothing: nothing was taught about it.", embedded.Input.Id));
            return new CaseOutcome(embedded.Input.Id, decided.Answers, null, [.. embedded.Warnings, .. ignored]);
        }
        catch (SensoriumException error)
        {
            return new CaseOutcome(embedded.Input.Id, [], error.At(embedded.Input.Id, embedded.Input.Field), embedded.Warnings);
        }
    }

    private static long UnitsOf(IEnumerable<EmbeddedCase> cases) => cases.SelectMany(one => one.Media).Sum(medium => medium.InputUnits);

    private static ModelIdentity[] ModelsOf(IEnumerable<EmbeddedCase> cases) =>
        [.. cases.SelectMany(one => one.Media).Select(medium => medium.Encoded.Model).Distinct()];
}
