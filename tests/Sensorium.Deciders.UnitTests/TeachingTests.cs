using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Questions;
using Xunit;

namespace Sensorium.Deciders.UnitTests;

public sealed class TeachingTests
{
    private static readonly Lazy<Deciding.Decider> Cohorts = new(() => Cohort.Teach(Cohort.Make(400)));

    [Fact]
    public void All_parts_together_tell_more_than_any_alone_and_probabilities_are_those_that_come_true()
    {
        var report = Cohorts.Value.Info.Reports.Single();

        Assert.Equal(["fields", "image", "text"], report.Parts.Select(part => part.Part).Order(StringComparer.Ordinal));
        Assert.All(report.Parts, part => Assert.InRange(part.Alone.Value, 0.55, report.Auroc.Value - 0.02));
        Assert.All(report.Parts, part => Assert.True(part.Adds > 0.005, $"{part.Part} adds {part.Adds}"));
        Assert.InRange(report.Auroc.Value, 0.85, 0.97);
        Assert.InRange(report.Auroc.Low, 0.8, report.Auroc.Value);
        Assert.InRange(report.Auroc.High, report.Auroc.Value, 1);
        Assert.InRange(report.CalibrationError, 0, 0.05);
        Assert.Equal(400, report.Curve.Sum(bin => bin.Cases));
        Assert.True(report.Coverage.Single(point => point.Coverage == 0.8).Error < report.Coverage[0].Error);
    }

    [Fact]
    public void What_is_measured_when_it_is_taught_holds_for_cases_that_it_has_never_seen()
    {
        var decider = Cohorts.Value;
        var fresh = Cohort.Make(1500, seed: 2);

        var probabilities = fresh.Select(one => decider.Decide(one.Case, [], new()).Answers.Single().Probabilities[1]).ToArray();
        bool[] ill = [.. fresh.Select(one => one.Outcomes[Cohort.Ill] == "true")];

        Assert.InRange(Measuring.Auroc.Of(probabilities, ill), decider.Info.Reports[0].Auroc.Value - 0.04, decider.Info.Reports[0].Auroc.Value + 0.04);
        Assert.InRange(Measuring.CalibrationCurve.Error(Measuring.CalibrationCurve.Of(probabilities, ill)), 0, 0.05);
    }

    [Fact]
    public void Fields_and_media_may_be_missing()
    {
        var decider = Cohort.Teach(Cohort.Make(200, missing: 0.4));
        var part = decider.Info.Reports[0].Parts.Single(part => part.Part == "image");

        Assert.InRange(part.Cases, 95, 145);
        var nothing = decider.Decide(Cohort.Case(), [], new());
        var age = decider.Decide(Cohort.Case(fields: [("age", FieldValue.OfNumber(79, "years"))]), [], new());
        Assert.Equal(Deciding.Abstention.NoEvidence, nothing.Answers[0].Abstained);
        Assert.Null(age.Answers[0].Abstained);
        Assert.True(age.Answers[0].Probabilities[1] > nothing.Answers[0].Probabilities[1] + 0.1);
    }

    [Fact]
    public void Equal_cases_make_equal_deciders()
    {
        var cases = Cohort.Make(60);
        var (one, other) = (Cohort.Teach(cases), Cohort.Teach(cases));

        Assert.Equal(
            cases.Select(taught => one.Decide(taught.Case, [], new()).Answers[0].Probabilities[1]),
            cases.Select(taught => other.Decide(taught.Case, [], new()).Answers[0].Probabilities[1]));
    }

    [Fact]
    public void A_choice_of_several_is_told_apart_and_its_probabilities_add_up_to_one()
    {
        var cases = Cohort.Make(150).Select(taught => taught with
        {
            Outcomes = new Dictionary<string, string>
            {
                ["group"] = taught.Case.Fields["age"].Number switch { < 25 => "young", < 50 => "middle", _ => "old" },
            },
        }).ToArray();
        var question = new Question("group", QuestionKind.Score, "How old?", [new("young", ""), new("middle", ""), new("old", "")]);

        var decider = Cohort.Teach(cases, question);

        var answer = decider.Decide(Cohort.Case(fields: [("age", FieldValue.OfNumber(38, "years"))]), ["group"], new()).Answers.Single();
        Assert.Equal(1, answer.Probabilities.Sum(), 1e-9);
        Assert.Equal("middle", question.Options[answer.Best].Value);
        Assert.InRange(answer.ExpectedLevel, 0.6, 1.4);
    }

    [Fact]
    public void Cases_of_one_patient_are_held_back_together()
    {
        string[] groups = [.. Enumerable.Range(0, 100).Select(i => $"patient {i / 4}")];

        var divisions = Learning.Folds.Assign(groups, [.. Enumerable.Range(0, 100).Select(i => i / 4 % 2)]);

        Assert.All(divisions, folds => Assert.All(groups.Distinct(), group => Assert.Single(Enumerable.Range(0, 100).Where(i => groups[i] == group).Select(i => folds[i]).Distinct())));
        Assert.All(divisions, folds => Assert.Equal(Learning.Folds.Count, folds.Distinct().Count()));
    }
}
