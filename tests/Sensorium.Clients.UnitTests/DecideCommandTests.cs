using System.Text;
using System.Text.Json;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class DecideCommandTests : GatewayFixture
{
    private const string Cases = """
        {"id": "a", "media": ["a.bin", "text:words"], "notes": "n", "group": "g", "fields": {"age": 5, "itch": true, "none": null, "size": {"number": 2, "unit": "mm"}, "when": {"date": "2026-01-01"}}, "outcomes": {"ill": true, "kind": "x"}}

        {"id": "b", "outcomes": {"ill": false, "kind": "y", "degree": "low"}}
        """;

    [Fact]
    public async Task Teach_sends_cases_with_questions_made_of_their_outcomes_and_writes_what_was_measured()
    {
        WriteFile("a.bin", [1]);
        Gateway.OnTeach = _ => [Progress("b", "EMPTY_MEDIA"), new TeachResponse { Taught = Decider() }];

        var (exitCode, output, error) = await RunAsync("teach", WriteFile("skin.jsonl", Encoding.UTF8.GetBytes(Cases)), "--levels", "degree=low,high", "--model", "m");

        Assert.Equal(1, exitCode);
        Assert.Contains("b: EMPTY_MEDIA", error, StringComparison.Ordinal);
        Assert.Contains("skin@1: taught by 2 cases", output, StringComparison.Ordinal);
        Assert.Contains("ill (false 1, true 1): AUROC 0.900 (0.800 to 0.950), Brier 0.100, calibration error 0.020", output, StringComparison.Ordinal);
        Assert.Contains("  fields: AUROC alone 0.700 (0.600 to 0.800), adds +0.050, in 2 cases", output, StringComparison.Ordinal);
        Assert.Contains("  error 0.200; 0.100 where the most confident 80 % are answered", output, StringComparison.Ordinal);
        Assert.Contains("field 'biopsy' alone has AUROC 1.000", output, StringComparison.Ordinal);
        Assert.Contains("not a device", output, StringComparison.Ordinal);
        var header = Gateway.Taught[0].Header;
        Assert.Equal(("skin", "m"), (header.Decider, header.Models.Single().Id));
        Assert.Equal(
            [("ill", Question.KindOneofCase.Predicate), ("kind", Question.KindOneofCase.Choice), ("degree", Question.KindOneofCase.Score)],
            header.Questions.Select(question => (question.Name, question.KindCase)));
        var first = Gateway.Taught[1].Case;
        Assert.Equal(("a", "n", "g", "true", 2), (first.Case.CaseId, first.Case.Notes, first.Group, first.Outcomes["ill"], first.Case.Media.Count));
        Assert.Equal(["age", "itch", "size", "when"], first.Case.Fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((5.0, "true", "mm", "2026-01-01"), (first.Case.Fields["age"].Number.Value, first.Case.Fields["itch"].Category, first.Case.Fields["size"].Number.Unit, first.Case.Fields["when"].Date));
    }

    [Fact]
    public async Task Teach_names_a_collection_and_what_its_metadata_mean()
    {
        Gateway.OnTeach = _ => [new TeachResponse { Taught = Decider() }];

        var (exitCode, _, _) = await RunAsync(
            "teach", "--collection", "lesions", "--label-field", "cancer", "--label-field", "degree", "--group-field", "patient", "--field", "age", "--filter", "age > 3", "--levels", "degree=low,high");

        Assert.Equal(0, exitCode);
        var header = Assert.Single(Gateway.Taught).Header;
        Assert.Equal(("lesions", "lesions", "age > 3", "patient"), (header.Decider, header.Collection.Name, header.Collection.Filter, header.Collection.GroupField));
        Assert.Equal(["cancer", "degree"], header.Collection.LabelFields);
        Assert.Equal(["age"], header.Collection.Fields);
        Assert.Equal("degree", Assert.Single(header.Questions).Name);
    }

    [Theory]
    [InlineData("give a file of cases, or --collection")]
    [InlineData("--label-field is of a collection", "--label-field", "cancer")]
    [InlineData("--label-field says which metadata is the outcome", "--collection", "lesions")]
    public async Task Teach_without_cases_or_without_an_outcome_is_told(string message, params string[] options)
    {
        var (exitCode, _, error) = await RunAsync(["teach", .. options]);

        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line 1 is not JSON")]
    [InlineData("{}\n\n{nonsense}", "line 3 is not JSON: 'n' is an invalid start of a property name. Expected a '\"'.\n")]
    [InlineData("{\"outcomes\": {\"kind\": \"x\"}}\n{\"outcomes\": {\"kind\": \"x\"}}", "every case has the outcome \"x\" for question 'kind'")]
    [InlineData("[]", "line 1 is not a JSON object")]
    [InlineData("", "bad.jsonl holds no cases")]
    [InlineData("""{"id": "a"}""", "no case has \"outcomes\"")]
    [InlineData("""{"media": ["nowhere.jpg"], "outcomes": {"ill": true}}""", "no such file")]
    [InlineData("""{"media": [5], "outcomes": {"ill": true}}""", "\"media\" must be an array of strings")]
    [InlineData("""{"fields": {"a": []}, "outcomes": {"ill": true}}""", "field 'a' is neither")]
    [InlineData("""{"id": 5, "outcomes": {"ill": true}}""", "\"id\" must be a string")]
    public async Task A_file_that_is_not_of_cases_is_told(string line, string message)
    {
        var (exitCode, _, error) = await RunAsync("teach", WriteFile("bad.jsonl", Encoding.UTF8.GetBytes(line)));

        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_without_a_decider_or_a_question_says_what_is_missing()
    {
        var (exitCode, _, error) = await RunAsync("decide", WriteFile("case.json", "{}"u8.ToArray()));

        Assert.Equal(2, exitCode);
        Assert.Contains("name a decider with --decider, or ask with --ask or --choices", error, StringComparison.Ordinal);
        Assert.Empty(Gateway.Decisions);
    }

    [Fact]
    public async Task Decide_writes_what_the_parts_of_media_weigh()
    {
        var explanation = new Explanation { ItemId = "lesion.jpg", Modality = Modality.Image, Grid = new PictureGrid { Rows = 1, Columns = 2 }, Weights = { 0.5f, -0.25f } };
        var decision = new Decision { Answers = { new DecisionAnswer { Question = "ill", Choice = "true" } }, Explanations = { new AnswerExplanation { Media = { explanation } } } };
        Gateway.OnDecide = _ => new DecideResponse { Results = { new DecideResult { CaseId = "c", Decision = decision } } };

        var (exitCode, output, _) = await RunAsync("decide", WriteFile("case.json", "{}"u8.ToArray()), "--decider", "skin", "--explain");

        Assert.Equal(0, exitCode);
        Assert.NotNull(Gateway.Decisions.Single().ExplainMedia);
        Assert.Contains("lesion.jpg", output, StringComparison.Ordinal);
        Assert.Contains("+0.5000", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_writes_the_answer_with_its_evidence_and_similar_cases()
    {
        Gateway.OnDecide = request => new DecideResponse { Results = { request.Cases.Select(given => Result(given.CaseId, AbstentionReason.Unspecified)) } };

        var (exitCode, output, _) = await RunAsync("decide", WriteFile("case.json", """{"id": "c", "fields": {"age": 5}}"""u8.ToArray()), "--decider", "skin@1", "--coverage", "0.8");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            string.Join(Environment.NewLine, "c, ill: true (false 0.250, true 0.750)", "  +0.500 fields age 5", "  -0.100 every case", "  +0.300 text as a whole", "  +0.200 text \"it has\"", "  like x (0.900): true", ""), output);
        var request = Assert.Single(Gateway.Decisions);
        Assert.Equal(("skin@1", 0.8, 8, 0), (request.Decider, request.Coverage, request.MaxEvidence, request.Questions.Count));
    }

    [Fact]
    public async Task Decide_says_that_it_abstains_and_asks_in_words()
    {
        Gateway.OnDecide = _ => new DecideResponse { Results = { Result("c", AbstentionReason.UnlikeTaughtCases) } };
        var file = WriteFile("case.json", """{"id": "c"}"""u8.ToArray());

        var (_, output, _) = await RunAsync("decide", file, "--ask", "Which?", "--choices", "a, b");
        var (_, json, _) = await RunAsync("decide", file, "--ask", "It is ill.", "--json");

        Assert.StartsWith("c, ill: not answered, unlike taught cases (", output, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], Gateway.Decisions[0].Questions.Single().Choice.Choices.Select(choice => choice.Value));
        Assert.Equal(Question.KindOneofCase.Predicate, Gateway.Decisions[1].Questions.Single().KindCase);
        using var document = JsonDocument.Parse(json);
        Assert.Equal("c", document.RootElement.GetProperty("case_id").GetString());
    }

    [Fact]
    public async Task Deciders_are_listed()
    {
        Gateway.OnListDeciders = () => new ListDecidersResponse { Deciders = { Decider() } };

        var (exitCode, output, _) = await RunAsync("deciders");

        Assert.Equal((0, $"skin@1: ill (AUROC 0.900), 2 cases{Environment.NewLine}"), (exitCode, output));
    }

    private static TeachResponse Progress(string caseId, string reason) => new()
    {
        Progress = new TeachProgress { Cases = 2, Failures = { new TeachFailure { CaseId = caseId, Error = new ErrorStatus { Reason = reason } } } },
    };

    private static DecideResult Result(string caseId, AbstentionReason abstained) => new()
    {
        CaseId = caseId,
        Decision = new Decision
        {
            Answers =
            {
                new DecisionAnswer
                {
                    Question = "ill",
                    Choice = "true",
                    Calibrated = true,
                    Abstained = abstained,
                    Probabilities = { new OptionProbability { Value = "false", Probability = 0.25 }, new OptionProbability { Value = "true", Probability = 0.75 } },
                    Evidence = { new DecisionEvidence { Part = "fields", Where = "age", Said = "5", Weight = 0.5 }, new DecisionEvidence { Kind = EvidenceKind.Base, Weight = -0.1 },
                        new DecisionEvidence { Kind = EvidenceKind.Medium, Part = "text", Weight = 0.3 }, new DecisionEvidence { Kind = EvidenceKind.Word, Part = "text", Where = "it has", Weight = 0.2 } },
                    SimilarCases = { new SimilarCase { CaseId = "x", Similarity = 0.9, Outcome = "true" } },
                },
            },
        },
    };

    private static DeciderInfo Decider() => new()
    {
        Id = "skin",
        Version = 1,
        Cases = 2,
        Notice = "It is not a device.",
        Reports =
        {
            new QuestionReport
            {
                Question = "ill",
                Options = { new OptionCount { Value = "false", Cases = 1 }, new OptionCount { Value = "true", Cases = 1 } },
                Auroc = new Figure { Value = 0.9, Low = 0.8, High = 0.95 },
                Brier = 0.1,
                CalibrationError = 0.02,
                Parts = { new PartFigure { Part = "fields", Cases = 2, Alone = new Figure { Value = 0.7, Low = 0.6, High = 0.8 }, Adds = 0.05 } },
                Fields = { new FieldFigure { Field = "biopsy", Alone = 1, Leaks = true }, new FieldFigure { Field = "age", Alone = 0.6 } },
                Coverage = { new CoveragePoint { Coverage = 1, Error = 0.2 }, new CoveragePoint { Coverage = 0.8, Error = 0.1 } },
            },
        },
    };
}
