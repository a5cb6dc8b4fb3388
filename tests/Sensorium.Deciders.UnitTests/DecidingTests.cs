using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;
using Xunit;

namespace Sensorium.Deciders.UnitTests;

public sealed class DecidingTests
{
    private static readonly Lazy<Decider> Cohorts = new(() => Cohort.Teach(Cohort.Make(200)));

    private static readonly DecisionCase Old = Cohort.Case(
        "old", [("age", FieldValue.OfNumber(75, "years")), ("colour", FieldValue.OfCategory("red"))], [0.9f, 0.5f, 0.95f], "The person has pain today.");

    [Fact]
    public void Evidence_adds_up_to_the_answer()
    {
        var answer = Answer(Old, new DecideOptions(Evidence: 1000));

        var logOdds = Math.Log(answer.Probabilities[1] / answer.Probabilities[0]);
        Assert.Equal(logOdds, answer.Evidence.Sum(piece => piece.Weight), 1e-5);
    }

    [Fact]
    public void Evidence_names_the_fields_words_and_media_that_speak_for_it()
    {
        var evidence = Answer(Old, new DecideOptions(Evidence: 1000)).Evidence;

        Assert.True(Of(EvidenceKind.Field, "age") is { Weight: > 0.5, Said: "75 years", Part: "fields" });
        Assert.True(Of(EvidenceKind.Field, "colour") is { Weight: > 0.2, Said: "red" });
        Assert.True(Of(EvidenceKind.Word, "pain") is { Weight: > 0, Part: "text" });
        Assert.True(evidence.Single(piece => piece.Kind == EvidenceKind.Medium) is { Weight: > 0, Part: "image" });
        Assert.Equal(evidence.Select(piece => Math.Abs(piece.Weight)).OrderDescending(), evidence.Select(piece => Math.Abs(piece.Weight)));

        Evidence Of(EvidenceKind kind, string where) => evidence.Single(piece => piece.Kind == kind && piece.Where == where);
    }

    [Fact]
    public void A_piece_weighs_what_leaving_it_out_takes_away()
    {
        var without = Old with { Fields = Old.Fields.Where(field => field.Key != "age").ToDictionary() };

        var (all, less) = (Answer(Old, new DecideOptions(Evidence: 1000)), Answer(without, new DecideOptions(Evidence: 1000)));

        var difference = Math.Log(all.Probabilities[1] / all.Probabilities[0]) - Math.Log(less.Probabilities[1] / less.Probabilities[0]);
        Assert.Equal(all.Evidence.Single(piece => piece.Where == "age").Weight, difference, 1e-5);
    }

    [Fact]
    public void The_most_similar_cases_come_with_their_outcomes()
    {
        var taught = Cohort.Make(200);
        var like = taught[17];

        var similar = Cohorts.Value.Decide(like.Case, [], new DecideOptions(Similar: 5)).Answers[0].Similar;

        Assert.Equal(5, similar.Count);
        Assert.Equal((like.Case.Id, like.Outcomes[Cohort.Ill]), (similar[0].Id, similar[0].Outcome));
        Assert.InRange(similar[0].Similarity, 0.99, 1.001);
        Assert.Equal(similar.Select(one => one.Similarity).OrderDescending(), similar.Select(one => one.Similarity));
    }

    [Fact]
    public void It_abstains_where_the_caller_asks_for_more_confidence()
    {
        var coverage = Cohorts.Value.Info.Reports[0].Coverage;
        var doubtful = Cohort.Make(200, seed: 5).Select(one => one.Case)
            .First(one => Answer(one).Confidence < coverage.Single(point => point.Coverage == 0.8).Confidence - 0.01);

        Assert.Null(Answer(doubtful).Abstained);
        Assert.Equal(Abstention.LowConfidence, Answer(doubtful, new DecideOptions(MinConfidence: 0.999)).Abstained);
        Assert.Equal(Abstention.LowConfidence, Answer(doubtful, new DecideOptions(Coverage: 0.8)).Abstained);
        Assert.Null(Answer(Old, new DecideOptions(Coverage: 0.8)).Abstained);
    }

    [Fact]
    public void It_abstains_from_a_case_that_is_unlike_all_that_it_was_taught()
    {
        var strange = Cohort.Case("strange", image: [1, 0.5f, -1]);

        Assert.Equal(Abstention.UnlikeTaughtCases, Answer(strange).Abstained);
        Assert.InRange(Cohort.Make(300, seed: 9).Count(one => Answer(one.Case).Abstained == Abstention.UnlikeTaughtCases), 0, 9);
    }

    private static Answer Answer(DecisionCase given, DecideOptions? options = null) =>
        Cohorts.Value.Decide(given, [], options ?? new DecideOptions()).Answers.Single();
}
