using System.Text.Json;
using Sensorium.Core.Modalities;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Explanation.Parts;

namespace Sensorium.Gateway.Http.OpenAi.Decisions;

/// <summary>Answers in the shapes of the API: what is abstained from is a refusal.</summary>
internal static class DecisionAnswers
{
    public static DecisionEntry Of(Answer answer, AskedQuestion asked)
    {
        var entry = new DecisionEntry(answer.Abstained is null ? NameOf(answer.Question.Kind.ToString()) : "refusal", asked.Name)
        {
            Calibrated = answer.Calibrated,
            Evidence = [.. answer.Evidence.Select(piece => new EvidenceEntry(NameOf(piece.Kind.ToString()), piece.Part, piece.Where, piece.Said, piece.Weight))],
            SimilarCases = [.. answer.Similar.Select(one => new SimilarEntry(one.Id, one.Similarity, one.Outcome))],
        };
        return answer.Abstained is { } reason ? entry with { Reason = NameOf(reason.ToString()) } : Answered(entry, answer, asked);
    }

    public static MediumEntry ToEntry(ExplainedMedium medium)
    {
        var entry = new MediumEntry(medium.ItemId, ModalityTable.Of(medium.Modality).Name, medium.Score, medium.Weighed.Weights);
        return medium.Layout switch
        {
            GridLayout grid => entry with { Grid = [grid.Rows, grid.Columns] },
            TimeLayout time => entry with { Spans = [.. time.Ranges.Select(range => (IReadOnlyList<double>)[range.Start.TotalSeconds, range.End!.Value.TotalSeconds])] },
            WordLayout text => entry with { Words = [.. text.Words.Select(word => text.Text.Substring(word.Start, word.Length))] },
            _ => entry,
        };
    }

    private static DecisionEntry Answered(DecisionEntry entry, Answer answer, AskedQuestion asked) => answer.Question.Kind switch
    {
        QuestionKind.Predicate => entry with { Probability = answer.Probabilities[1] },
        QuestionKind.Choice => entry with
        {
            Choice = asked.Values[answer.Best],
            Confidence = answer.Confidence,
            Probabilities = [.. answer.Probabilities.Select((probability, i) => new ProbabilityEntry(probability, asked.Values[i], null))],
        },
        _ => entry with
        {
            Score = answer.ExpectedLevel,
            Confidence = answer.Confidence,
            Probabilities = [.. answer.Probabilities.Select((probability, i) => new ProbabilityEntry(probability, i, answer.Question.Options[i].Value))],
        },
    };

    private static string NameOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
