using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Deciders.Cases;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>How the media of cases are embedded.</summary>
/// <param name="SelectorOf">Which model embeds a modality.</param>
/// <param name="Has">Media of other modalities count for nothing.</param>
/// <param name="Template">Everything of the batches but their items and their model.</param>
/// <param name="IsPatient">Encoders that are overloaded are waited for.</param>
internal sealed record CaseEncoding(Func<Modality, ModelSelector?> SelectorOf, Func<Modality, bool> Has, EncodeBatch Template, bool IsPatient = false);

/// <summary>Embeds the media of cases: those of all cases and one modality together, modalities at once. Cases fail one by one.</summary>
internal sealed class CaseEmbedder(Embedder embedder, PatientEmbedder patient)
{
    /// <param name="received">With their ids.</param>
    /// <param name="encoding">By which models.</param>
    /// <param name="cancellationToken">Of the call.</param>
    public async Task<EmbeddedCase[]> EmbedAsync(ReceivedCases received, CaseEncoding encoding, CancellationToken cancellationToken)
    {
        var routes = received.Cases.Where(one => one.Error is null).SelectMany(one => one.Batch?.Good ?? [])
            .GroupBy(medium => EncoderDirectory.RouteOf(medium.Item!))
            .Where(route => encoding.Has(route.Key))
            .Select(route => EmbedAsync(route.Key, [.. route], encoding, cancellationToken));
        var outcomes = new Dictionary<ReceivedMedia, EncodeOutcome>(ReferenceEqualityComparer.Instance);
        foreach (var (medium, outcome) in (await Task.WhenAll(routes)).SelectMany(route => route))
        {
            outcomes[medium] = outcome;
        }

        return [.. received.Cases.Select(one => one.Error is { } error
            ? new EmbeddedCase(one.Input) { Error = error }
            : Finish(one.Input, one.Batch?.Media ?? [], outcomes))];
    }

    private async Task<(ReceivedMedia Medium, EncodeOutcome Outcome)[]> EmbedAsync(
        Modality modality, ReceivedMedia[] own, CaseEncoding encoding, CancellationToken cancellationToken)
    {
        // Ids are unique within a case only.
        ReceivedMedia[] named = [.. own.Select((medium, i) => medium with { ItemId = $"{i}", Item = medium.Item! with { ItemId = $"{i}" } })];
        var template = encoding.Template with { Model = encoding.SelectorOf(modality) };
        var outcomes = encoding.IsPatient
            ? await patient.EmbedAsync(named, template, cancellationToken)
            : await embedder.EmbedAsync(named, template, cancellationToken);
        return [.. own.Zip(outcomes)];
    }

    private static EmbeddedCase Finish(CaseInput input, IReadOnlyList<ReceivedMedia> media, Dictionary<ReceivedMedia, EncodeOutcome> outcomes)
    {
        var (embedded, warnings) = (new List<EmbeddedMedium>(), new List<MediaWarning>());
        foreach (var medium in media)
        {
            var modality = EncoderDirectory.RouteOf(medium.Item!);
            if (!outcomes.TryGetValue(medium, out var outcome))
            {
                // Words count as words even where nothing embeds texts.
                warnings.AddRange(modality == Modality.Text ? [] : [NotConsidered(medium, modality)]);
                continue;
            }

            if (outcome.Error is { } error)
            {
                return new EmbeddedCase(input) { Error = error.At(medium.ItemId, medium.Field) };
            }

            warnings.AddRange(outcome.Warnings.Select(warning => warning with { ItemId = medium.ItemId }));
            embedded.Add(new EmbeddedMedium(medium, modality, outcome.Encoded!, outcome.Usage.InputUnits));
        }

        var vectors = embedded.GroupBy(medium => medium.Modality)
            .ToDictionary(group => ModalityTable.Of(group.Key).Name, group => CaseVector.Of(group.Select(medium => medium.Encoded.Embedding)), StringComparer.Ordinal);
        return new EmbeddedCase(input)
        {
            Case = new DecisionCase(input.Id, input.Fields, vectors, string.Join('\n', media.Select(WordsOf).OfType<string>())),
            Media = embedded,
            Warnings = warnings,
        };
    }

    private static MediaWarning NotConsidered(ReceivedMedia medium, Modality modality) => new(
        WarningReasons.NotConsidered, $"No case of the decider had {ModalityTable.Of(modality).Name}: {medium.Field} counts for nothing.", medium.ItemId);

    private static string? WordsOf(ReceivedMedia medium)
    {
        if (medium.Item!.Modality != Modality.Text)
        {
            return null;
        }

        if (medium.Item.Source is TextSource text)
        {
            return text.Text;
        }

        using var reader = new StreamReader(medium.Content!.OpenRead(), System.Text.Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
