using Sensorium.Core.Errors;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;
using Xunit;

namespace Sensorium.Deciders.UnitTests;

public sealed class BadInputTests
{
    private static readonly Lazy<Decider> Cohorts = new(() => Cohort.Teach(Cohort.Make(60)));

    [Fact]
    public void No_cases_are_refused() => Refused(ErrorReasons.TooFewCases, "no cases", () => Cohort.Teach([]));

    [Fact]
    public void Few_cases_are_refused() => Refused(ErrorReasons.TooFewCases, "has 19 cases", () => Cohort.Teach(Cohort.Make(19)));

    [Fact]
    public void One_outcome_alone_is_refused() => Refused(ErrorReasons.OneOutcomeOnly, "\"true\"", () => Cohort.Teach([.. Cohort.Make(40).Select(one => With(one, "true"))]));

    [Fact]
    public void An_outcome_of_few_cases_is_refused() => Refused(
        ErrorReasons.TooFewCases, "4 cases with the outcome \"false\"", () => Cohort.Teach([.. Cohort.Make(40).Select((one, i) => With(one, i < 4 ? "false" : "true"))]));

    [Fact]
    public void An_outcome_that_is_no_option_is_refused() => Refused(
        ErrorReasons.InvalidQuestion, "case-0' has the outcome \"maybe\"", () => Cohort.Teach([.. Cohort.Make(40).Select(one => With(one, "maybe"))]));

    [Fact]
    public void Cases_that_disagree_about_a_field_are_refused()
    {
        var cases = Cohort.Make(40);
        cases[7] = cases[7] with { Case = cases[7].Case with { Fields = new Dictionary<string, FieldValue> { ["age"] = FieldValue.OfCategory("old") } } };

        var error = Refused(ErrorReasons.FieldTypeMismatch, "'age' is a category in case 'case-7', but a number in case 'case-0'", () => Cohort.Teach(cases));

        Assert.Equal("fields.age", error.Field);
    }

    [Theory]
    [InlineData("a category")]
    [InlineData("in 'months'")]
    [InlineData("without a unit")]
    [InlineData("not a finite number")]
    public void A_field_of_another_type_is_refused(string fault)
    {
        var value = fault switch
        {
            "a category" => FieldValue.OfCategory("old"),
            "in 'months'" => FieldValue.OfNumber(40, "months"),
            "without a unit" => FieldValue.OfNumber(40),
            _ => FieldValue.OfNumber(double.NaN, "years"),
        };

        Refused(ErrorReasons.FieldTypeMismatch, fault, () => Cohorts.Value.Decide(Cohort.Case(fields: [("age", value)]), [], new DecideOptions()));
    }

    [Fact]
    public void A_field_that_was_never_taught_is_told()
    {
        var decided = Cohorts.Value.Decide(Cohort.Case(fields: [("shoe", FieldValue.OfNumber(44))]), [], new DecideOptions());

        Assert.Equal(["shoe"], decided.UnknownFields);
    }

    [Fact]
    public void A_question_that_was_not_taught_is_refused() => Refused(
        ErrorReasons.InvalidQuestion, "not taught question 'rich'; it answers 'ill'", () => Cohorts.Value.Decide(Cohort.Case(), ["rich"], new DecideOptions()));

    [Theory]
    [InlineData(QuestionKind.Choice, 0, "questions[0].choices holds 0")]
    [InlineData(QuestionKind.Choice, 1, "questions[0].choices holds 1")]
    [InlineData(QuestionKind.Choice, 256, "questions[0].choices holds 256")]
    [InlineData(QuestionKind.Score, 1, "questions[0].levels holds 1")]
    [InlineData(QuestionKind.Score, 11, "questions[0].levels holds 11")]
    public void Questions_have_two_options_or_more(QuestionKind kind, int options, string message)
    {
        var question = new Question("q", kind, "?", [.. Enumerable.Range(0, options).Select(i => new QuestionOption($"{i}", ""))]);

        Refused(ErrorReasons.InvalidQuestion, message, () => QuestionRules.Check([question], named: true));
    }

    [Fact]
    public void Questions_are_there_have_names_and_differ()
    {
        Refused(ErrorReasons.InvalidQuestion, "questions is empty", () => QuestionRules.Check([], named: false));
        Refused(ErrorReasons.InvalidQuestion, "questions[0].name is empty", () => QuestionRules.Check([Question.Predicate("", "?")], named: true));
        Refused(ErrorReasons.InvalidQuestion, "questions[1].name \"q\"", () => QuestionRules.Check([Question.Predicate("q", "?"), Question.Predicate("q", "!")], named: false));
        Refused(
            ErrorReasons.InvalidQuestion,
            "questions[0].choices[1] \"a\" is there twice",
            () => QuestionRules.Check([new Question("q", QuestionKind.Choice, "?", [new("a", ""), new("a", "")])], named: true));
    }

    [Fact]
    public void A_field_that_gives_the_outcome_away_is_reported()
    {
        var cases = Cohort.Make(200).Select((one, i) => one with
        {
            Case = one.Case with
            {
                Fields = new Dictionary<string, FieldValue>(one.Case.Fields)
                {
                    ["treatment"] = FieldValue.OfCategory(one.Outcomes[Cohort.Ill] == "true" ? "yes" : "no"),
                    ["code"] = FieldValue.OfNumber(one.Outcomes[Cohort.Ill] == "true" ? 5 : i % 2 == 0 ? 1 : 9),
                },
            },
        });

        var fields = Cohort.Teach([.. cases]).Info.Reports[0].Fields;

        Assert.Equal(["code", "treatment"], fields.Where(field => field.Leaks).Select(field => field.Field));
        Assert.InRange(fields.Single(field => field.Field == "age").Alone, 0.6, 0.95);
    }

    [Fact]
    public void That_a_field_is_filled_in_for_one_outcome_alone_is_reported()
    {
        var cases = Cohort.Make(100).Select(one => one.Outcomes[Cohort.Ill] == "true"
            ? one
            : one with { Case = one.Case with { Fields = one.Case.Fields.Where(field => field.Key != "colour").ToDictionary() } });

        var figure = Cohort.Teach([.. cases]).Info.Reports[0].Fields.Single(field => field.Field == "colour");

        Assert.Equal(1, figure.Missing);
    }

    private static TaughtCase With(TaughtCase taught, string outcome) => taught with { Outcomes = new Dictionary<string, string> { [Cohort.Ill] = outcome } };

    private static SensoriumException Refused(string reason, string message, Action action)
    {
        var error = Assert.Throws<SensoriumException>(action);
        Assert.Equal(reason, error.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        return error;
    }
}
