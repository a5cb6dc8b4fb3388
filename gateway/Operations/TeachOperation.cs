using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Learning;
using Sensorium.Deciders.Questions;
using Sensorium.Deciders.Storing;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Operations;

/// <summary>Teaches a decider from cases whose outcomes are known. Of their media only vectors are kept.</summary>
internal sealed class TeachOperation(
    CaseStream stream, CollectionCases collections, EncoderDirectory encoders, DeciderStore store, IOptions<DecidersOptions> options, TimeProvider time) : IDisposable
{
    // Teaching keeps a processor busy; requests need the others.
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="request">What is to be taught.</param>
    /// <param name="cases">As they come.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The request is wrong, or the cases do not teach it.</exception>
    public async IAsyncEnumerable<TeachEvent> RunAsync(
        TeachRequest request, IAsyncEnumerable<TaughtCaseInput> cases, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        request = Check(request);
        var asked = request is { Models.Count: 0, Collection: { } named } ? await collections.ModelsOfAsync(named, cancellationToken) : request.Models;
        var models = await CaseModels.ChooseAsync(encoders, asked, cancellationToken);
        var known = new List<TaughtCase>();
        var ids = new CaseIds(options.Value.MaxCases);
        if (request.Collection is { } source)
        {
            var collected = await collections.ReadAsync(source, models, options.Value.MaxCases, cancellationToken);
            ids.Add(collected.Cases.Select(one => (one.Case.Id, "header.collection")));
            known.AddRange(collected.Cases);
            yield return new TeachProgress(ids.Count, collected.Failures);
        }

        await foreach (var part in stream.EmbedAsync(cases, ids, models, request.Encoding, cancellationToken))
        {
            known.AddRange(part.Taught);
            yield return new TeachProgress(part.Read, part.Failures);
        }

        yield return new Taught(store.Add(await TeachAsync(request with { Questions = QuestionsOf(request, known) }, known, models, cancellationToken)));
    }

    public void Dispose() => _turn.Dispose();

    // Without labels named, questions name them; without questions, labels do.
    private static TeachRequest Check(TeachRequest request)
    {
        DeciderName.CheckId(request.Decider);
        if (request.Collection is not { LabelFields.Count: > 0 } source)
        {
            QuestionRules.Check(request.Questions, named: true);
            return request.Collection is { } unlabelled ? request with { Collection = unlabelled with { LabelFields = [.. request.Questions.Select(question => question.Name)] } } : request;
        }

        if (request.Questions.Count > 0)
        {
            QuestionRules.Check(request.Questions, named: true);
        }

        return request with { Collection = source with { LabelFields = [.. source.LabelFields.Distinct(StringComparer.Ordinal)] } };
    }

    private static IReadOnlyList<Question> QuestionsOf(TeachRequest request, IReadOnlyList<TaughtCase> cases)
    {
        if (request.Questions.Count > 0)
        {
            return request.Questions;
        }

        return [.. request.Collection!.LabelFields.Select(name =>
            MetadataCases.QuestionOf(name, cases.Select(one => one.Outcomes.GetValueOrDefault(name)).OfType<string>()))];
    }

    private async Task<Decider> TeachAsync(TeachRequest request, IReadOnlyList<TaughtCase> cases, CaseModels models, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var seen = cases.SelectMany(one => one.Case.Vectors.Keys).ToHashSet(StringComparer.Ordinal);
            TaughtModel[] used = [.. models.Taught.Where(model => seen.Contains(model.Modality))];
            return await Task.Run(
                () => DeciderTrainer.Teach(request.Decider, request.Questions, cases, used, time.GetUtcNow(), cancellationToken), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
