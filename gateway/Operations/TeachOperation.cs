using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Learning;
using Sensorium.Deciders.Questions;
using Sensorium.Deciders.Storing;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Operations;

/// <summary>Teaches a decider from cases whose outcomes are known. Of their media only vectors are kept.</summary>
internal sealed class TeachOperation(CaseEmbedder embedder, EncoderDirectory encoders, DeciderStore store, IOptions<DecidersOptions> options, TimeProvider time) : IDisposable
{
    private const int Together = 32;

    // Teaching keeps a processor busy; requests need the others.
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="request">What is to be taught.</param>
    /// <param name="cases">As they come.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The request is wrong, or the cases do not teach it.</exception>
    public async IAsyncEnumerable<TeachEvent> RunAsync(
        TeachRequest request, IAsyncEnumerable<TaughtCaseInput> cases, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DeciderName.CheckId(request.Decider);
        QuestionRules.Check(request.Questions, named: true);
        var models = await CaseModels.ChooseAsync(encoders, request.Models, cancellationToken);
        var known = new List<TaughtCase>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var read = 0;
        await foreach (var part in cases.Chunk(Together).WithCancellation(cancellationToken))
        {
            TaughtCaseInput[] named = [.. part.Select(one => one with { Case = one.Case with { Id = ItemIds.Of(one.Case.Id, read++) } })];
            CheckNew(named, ids);
            var embedded = await embedder.EmbedAsync([.. named.Select(one => one.Case)], models.SelectorOf, models.Has, CaseVector.Reading(request.Encoding), cancellationToken);
            known.AddRange(named.Zip(embedded).Where(pair => pair.Second.Case is not null).Select(pair => new TaughtCase(pair.Second.Case!, pair.First.Group, pair.First.Outcomes)));
            yield return new TeachProgress(read, [.. embedded.Where(one => one.Error is not null).Select(one => (one.Input.Id, one.Error!))]);
        }

        yield return new Taught(store.Add(await TeachAsync(request, known, models, cancellationToken)));
    }

    public void Dispose() => _turn.Dispose();

    private void CheckNew(TaughtCaseInput[] cases, HashSet<string> ids)
    {
        foreach (var one in cases)
        {
            if (!ids.Add(one.Case.Id))
            {
                throw SensoriumException.Invalid(ErrorReasons.DuplicateItemId, $"{one.Case.Field} has the id \"{one.Case.Id}\", as another case does.", one.Case.Field);
            }
        }

        if (ids.Count > options.Value.MaxCases)
        {
            throw SensoriumException.Invalid(ErrorReasons.TooManyItems, $"A decider is taught by at most {options.Value.MaxCases} cases.", "cases");
        }
    }

    private async Task<Deciders.Deciding.Decider> TeachAsync(TeachRequest request, IReadOnlyList<TaughtCase> cases, CaseModels models, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var seen = cases.SelectMany(one => one.Case.Vectors.Keys).ToHashSet(StringComparer.Ordinal);
            Deciders.Deciding.TaughtModel[] used = [.. models.Taught.Where(model => seen.Contains(model.Modality))];
            return await Task.Run(
                () => DeciderTrainer.Teach(request.Decider, request.Questions, cases, used, time.GetUtcNow(), cancellationToken), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
