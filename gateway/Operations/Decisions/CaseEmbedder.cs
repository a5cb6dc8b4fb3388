using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Deciders.Cases;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Receives the media of cases and embeds them, those of all cases and one modality together. Cases fail one by one.</summary>
internal sealed class CaseEmbedder(MediaIntake intake, Embedder embedder)
{
    /// <param name="inputs">With their ids.</param>
    /// <param name="selectorOf">Which model embeds a modality.</param>
    /// <param name="has">Media of other modalities count for nothing.</param>
    /// <param name="template">Everything of the batches but their items and their model.</param>
    /// <param name="cancellationToken">Of the call.</param>
    public async Task<EmbeddedCase[]> EmbedAsync(
        IReadOnlyList<CaseInput> inputs,
        Func<Modality, ModelSelector?> selectorOf,
        Func<Modality, bool> has,
        EncodeBatch template,
        CancellationToken cancellationToken)
    {
        var received = new ReceivedBatch?[inputs.Count];
        try
        {
            var errors = new SensoriumException?[inputs.Count];
            for (var i = 0; i < inputs.Count; i++)
            {
                (received[i], errors[i]) = await ReceiveAsync(inputs[i], cancellationToken);
            }

            var outcomes = await EmbedAsync(received, selectorOf, has, template, cancellationToken);
            return [.. inputs.Select((input, i) => errors[i] is { } error
                ? new EmbeddedCase(input) { Error = error }
                : Finish(input, received[i]?.Media ?? [], outcomes))];
        }
        finally
        {
            foreach (var batch in received.OfType<ReceivedBatch>())
            {
                await batch.DisposeAsync();
            }
        }
    }

    private async Task<(ReceivedBatch? Batch, SensoriumException? Error)> ReceiveAsync(CaseInput input, CancellationToken cancellationToken)
    {
        if (input.Error is { } written)
        {
            return (null, written);
        }

        MediaInput[] media = input.Notes.Length == 0 ? [.. input.Media] : [.. input.Media, MediaInput.OfText($"{input.Field}.notes", input.Notes)];
        if (media.Length == 0)
        {
            return (null, null);
        }

        try
        {
            var batch = await intake.ReceiveAsync(media, $"{input.Field}.media", cancellationToken);
            return (batch, batch.Bad.FirstOrDefault()?.Error);
        }
        catch (SensoriumException error)
        {
            return (null, error);
        }
    }

    private async Task<Dictionary<ReceivedMedia, EncodeOutcome>> EmbedAsync(
        ReceivedBatch?[] received, Func<Modality, ModelSelector?> selectorOf, Func<Modality, bool> has, EncodeBatch template, CancellationToken cancellationToken)
    {
        var outcomes = new Dictionary<ReceivedMedia, EncodeOutcome>(ReferenceEqualityComparer.Instance);
        var routes = received.SelectMany(batch => batch?.Good ?? []).GroupBy(medium => EncoderDirectory.RouteOf(medium.Item!)).Where(route => has(route.Key));
        foreach (var route in routes)
        {
            // Ids are unique within a case only.
            ReceivedMedia[] own = [.. route];
            ReceivedMedia[] named = [.. own.Select((medium, i) => medium with { ItemId = $"{i}", Item = medium.Item! with { ItemId = $"{i}" } })];
            var encoded = await embedder.EmbedAsync(named, template with { Model = selectorOf(route.Key) }, cancellationToken);
            for (var i = 0; i < own.Length; i++)
            {
                outcomes[own[i]] = encoded[i];
            }
        }

        return outcomes;
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
            embedded.Add(new EmbeddedMedium(medium.ItemId, modality, outcome.Encoded!, outcome.Usage.InputUnits));
        }

        var vectors = embedded.GroupBy(medium => medium.Modality)
            .ToDictionary(group => ModalityTable.Of(group.Key).Name, group => CaseVector.Of(group.Select(medium => medium.Encoded)), StringComparer.Ordinal);
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
