using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>The words of questions, embedded: answers are by likeness to them. Probabilities rank; nobody has measured them.</summary>
/// <param name="questions">To answer.</param>
/// <param name="options">One vector for each option of each question.</param>
/// <param name="scale">What similarities are multiplied with.</param>
internal sealed class ZeroShot(IReadOnlyList<Question> questions, IReadOnlyList<float[][]> options, ModelIdentity model, float scale)
{
    // What a statement is compared with, for want of its opposite in words: spaces of media and words do not know "not".
    private const string Otherwise = "something else";

    public ModelIdentity Model => model;

    /// <exception cref="SensoriumException">The words cannot be embedded.</exception>
    public static async Task<ZeroShot> ReadAsync(
        IReadOnlyList<Question> questions, EncodeBatch template, Embedder embedder, float scale, CancellationToken cancellationToken)
    {
        var words = questions.SelectMany((question, i) => Phrases(question, $"questions[{i}]")).ToArray();
        ReceivedMedia[] media = [.. words.Select((phrase, i) => new ReceivedMedia($"{i}", phrase.Field) { Item = new MediaItem($"{i}", new TextSource(phrase.Words), Modality.Text) })];
        var outcomes = await embedder.EmbedAsync(media, template, cancellationToken);
        EncodedMedia[] encoded = [.. outcomes.Select((outcome, i) => outcome.Encoded ?? throw outcome.Error!.At(words[i].Field, words[i].Field))];
        var next = 0;
        return new ZeroShot(questions, [.. questions.Select(question => question.Options.Select(_ => encoded[next++].Embedding.ToArray()).ToArray())], encoded[0].Model, scale);
    }

    /// <exception cref="SensoriumException">SPACE_MISMATCH: a medium is in another space than the words.</exception>
    public IReadOnlyList<Answer> Answer(IReadOnlyList<EmbeddedMedium> media, DecideOptions asked)
    {
        foreach (var medium in media)
        {
            Spaces.Check(model.SpaceId, medium.Encoded.Model.SpaceId);
        }

        return [.. questions.Select((question, q) => Answer(question, options[q], media, asked))];
    }

    private Answer Answer(Question question, float[][] vectors, IReadOnlyList<EmbeddedMedium> media, DecideOptions asked)
    {
        var probabilities = Probabilities(vectors, VectorsOf(media));
        var best = Array.IndexOf(probabilities, probabilities.Max());
        Abstention? abstained = media.Count == 0 ? Abstention.NoEvidence : probabilities[best] < asked.MinConfidence ? Abstention.LowConfidence : null;
        var subject = SubjectOf(question, best);
        var evidence = media.Select(medium => EvidenceOf(medium, media, vectors, subject)).OrderByDescending(piece => Math.Abs(piece.Weight));
        return new Answer(question, probabilities, best, Calibrated: false, abstained, [.. evidence.Take(asked.Evidence)], []);
    }

    /// <summary>How sure an answer would be of other media.</summary>
    /// <param name="answer">Of these questions.</param>
    /// <param name="place">Of the question.</param>
    /// <param name="media">Their vectors.</param>
    public double LogOdds(Answer answer, int place, IReadOnlyList<ReadOnlyMemory<float>> media) =>
        LogOdds(Probabilities(options[place], media)[SubjectOf(answer.Question, answer.Best)]);

    private static int SubjectOf(Question question, int best) => question.Kind == QuestionKind.Predicate ? 1 : best;

    // What leaving the medium out takes away.
    private Evidence EvidenceOf(EmbeddedMedium medium, IReadOnlyList<EmbeddedMedium> media, float[][] vectors, int option)
    {
        var without = Probabilities(vectors, VectorsOf(media.Where(other => other != medium)));
        var weight = LogOdds(Probabilities(vectors, VectorsOf(media))[option]) - LogOdds(without[option]);
        return new Evidence(EvidenceKind.Medium, ModalityTable.Of(medium.Modality).Name, medium.ItemId, "", weight);
    }

    private static ReadOnlyMemory<float>[] VectorsOf(IEnumerable<EmbeddedMedium> media) => [.. media.Select(medium => medium.Encoded.Embedding)];

    private double[] Probabilities(float[][] vectors, IReadOnlyList<ReadOnlyMemory<float>> media)
    {
        if (media.Count == 0)
        {
            return [.. vectors.Select(_ => 1.0 / vectors.Length)];
        }

        var whole = LabelScorer.Mean(media);
        var scores = LabelScorer.Scores(LabelScorer.Similarities(whole, vectors), Scoring.Softmax, scale, 0);
        return [.. scores.Select(score => (double)score)];
    }

    private static double LogOdds(double probability) => Math.Log(Math.Max(probability, 1e-9) / Math.Max(1 - probability, 1e-9));

    private static IEnumerable<(string Words, string Field)> Phrases(Question question, string field) => question.Kind == QuestionKind.Predicate
        ? [(Otherwise, field), (question.Instructions, $"{field}.instructions")]
        : question.Options.Select((option, i) => (option.Description.Length > 0 ? option.Description : option.Value, $"{field}.options[{i}]"));
}
