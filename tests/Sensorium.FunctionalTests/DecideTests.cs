using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OpenAI.Decisions;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class DecideInOneProcess(OneProcess deployment) : DecideTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class DecideInSixProcesses(SixProcesses deployment) : DecideTests(deployment);

public abstract class DecideTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const int Cases = 40;

    [Fact]
    public async Task A_decider_is_taught_listed_asked_unloaded_and_removed()
    {
        var taught = await TeachAsync("mood");

        Assert.Equal((1, Cases), (taught.Version, taught.Cases));
        Assert.Equal([V1.Modality.Text, V1.Modality.Image], taught.Models.Select(model => model.Modality));
        Assert.Equal(["fields", "image", "text"], taught.Reports.Single().Parts.Select(part => part.Part).Order(StringComparer.Ordinal));
        Assert.InRange(taught.Reports.Single().Auroc.Value, 0.8, 1);
        Assert.Contains("no medical device", taught.Notice, StringComparison.Ordinal);
        Assert.Contains((await Client.ListDecidersAsync(new V1.ListDecidersRequest())).Deciders, decider => decider.Id == "mood" && !decider.Loaded);

        var response = await Client.DecideAsync(new V1.DecideRequest { Decider = "mood", Cases = { Case(1), Case(3), new V1.DecisionCase { CaseId = "bad", Media = { new V1.Media() } } } });

        Assert.Equal("mood@1", response.Decider);
        Assert.Contains("no credit decision", response.Notice, StringComparison.Ordinal);
        var answer = response.Results[0].Decision.Answers.Single();
        Assert.Equal(("happy", "true", true, V1.AbstentionReason.Unspecified), (answer.Question, answer.Choice, answer.Calibrated, answer.Abstained));
        Assert.Equal(1, answer.Probabilities.Sum(option => option.Probability), 1e-9);
        Assert.Contains(answer.Evidence, piece => piece is { Kind: V1.EvidenceKind.Field, Where: "smiles", Weight: > 0 });
        Assert.Contains(answer.Evidence, piece => piece is { Kind: V1.EvidenceKind.Word, Where: "laughs", Weight: > 0 });
        Assert.Contains(answer.SimilarCases, similar => similar is { CaseId: "case-1", Outcome: "true", Similarity: > 0.99 });
        Assert.Equal(ErrorReasons.NoSource, response.Results[2].Error.Reason);

        var explained = (await Client.DecideAsync(new V1.DecideRequest { Decider = "mood", Cases = { Case(1) }, MaxEvidence = 1_000, ExplainMedia = new V1.MediaExplanation { Grid = 2 } })).Results.Single();
        var picture = Assert.Single(Assert.Single(explained.Decision.Explanations).Media);
        Assert.Equal((V1.Modality.Image, 2, 4), (picture.Modality, picture.Grid.Rows, picture.Weights.Count));
        Assert.Equal(explained.Decision.Answers.Single().Evidence.Sum(piece => piece.Weight), picture.Score, 1e-3);

        Assert.True((await Client.UnloadDeciderAsync(new V1.UnloadDeciderRequest { Decider = "mood" })).Unloaded);
        await Client.DeleteDeciderAsync(new V1.DeleteDeciderRequest { Decider = "mood@1" });
        await ExpectFailureAsync(
            () => Client.DecideAsync(new V1.DecideRequest { Decider = "mood", Cases = { Case(1) } }).ResponseAsync, StatusCode.NotFound, ErrorReasons.DeciderNotFound, "\"mood\"");
    }

    [Fact]
    public async Task A_collection_teaches_a_decider_which_is_a_model_among_the_others()
    {
        var name = $"moods-{Guid.NewGuid():N}";
        var items = Enumerable.Range(0, Cases).Select(i => new V1.IndexItem
        {
            Id = $"item-{i}",
            Media = Text(NotesOf(i)),
            Metadata = new Struct { Fields = { ["happy"] = Value.ForBool(i % 2 == 1), ["smiles"] = Value.ForNumber(i % 5) } },
        });
        await Client.IndexAllAsync(new V1.IndexHeader { Collection = name, Create = true }, [.. items]);
        using var call = Client.Teach();
        await call.RequestStream.WriteAsync(new V1.TeachRequest
        {
            Header = new V1.TeachHeader { Decider = "collected", Collection = new V1.CollectionCases { Name = name, LabelFields = { "happy" } } },
        });
        await call.RequestStream.CompleteAsync();
        var taught = (await call.ResponseStream.ReadAllAsync().LastAsync()).Taught;
        var decided = await Client.DecideAsync(new V1.DecideRequest { Decider = "collected", Cases = { new V1.DecisionCase { Notes = NotesOf(1) } } });
        var models = new V1.ModelService.ModelServiceClient(Sensorium.Channel);
        var model = (await models.ListAsync(new V1.ModelServiceListRequest())).Models.Single(model => model.Id == "collected@1");
        var unloaded = await models.Unload(new V1.ModelServiceUnloadRequest { Id = "collected" }).ResponseStream.ReadAllAsync().LastAsync();
        using var http = new HttpClient { BaseAddress = Sensorium.GatewayHttp };
        var entry = JsonElement.Parse(await http.GetStringAsync(new Uri("/v1/models/collected", UriKind.Relative)));
        await Client.DeleteDeciderAsync(new V1.DeleteDeciderRequest { Decider = "collected" });

        Assert.Equal((Cases, V1.Modality.Text), (taught.Cases, taught.Models.Single().Modality));
        Assert.Equal("true", decided.Results.Single().Decision.Answers.Single().Choice);
        Assert.Equal(("collected", V1.ModelTask.Decide, V1.ModelState.Loaded), (model.Aliases.Single(), model.Parts.Single().Task, model.Parts.Single().State));
        Assert.Equal(V1.ModelState.Idle, unloaded.Part.State);
        Assert.Equal(("collected@1", "sleeping"), (entry.GetProperty("id").GetString(), entry.GetProperty("status").GetProperty("value").GetString()));
    }

    [Fact]
    public async Task Without_a_decider_media_are_compared_with_words()
    {
        var question = new V1.Question { Instructions = "What is it?", Choice = new V1.ChoiceQuestion { Choices = { new V1.QuestionOption { Value = "a dog" }, new V1.QuestionOption { Value = "rain" } } } };
        var request = new V1.DecideRequest { Questions = { question }, Cases = { new V1.DecisionCase { Notes = "a dog runs", Media = { Text("a dog") } } } };

        var answer = (await Client.DecideAsync(request)).Results.Single().Decision.Answers.Single();

        Assert.Equal(("a dog", false), (answer.Choice, answer.Calibrated));
        Assert.Equal(2, answer.Evidence.Count);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_its_field()
    {
        await ExpectFailureAsync(() => TeachAsync("a/b"), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "decider");
        await ExpectFailureAsync(() => TeachAsync("none", cases: 0), StatusCode.InvalidArgument, ErrorReasons.TooFewCases);
        await ExpectFailureAsync(() => TeachAsync("few", cases: 4), StatusCode.InvalidArgument, ErrorReasons.TooFewCases, "4 cases");
        await ExpectFailureAsync(
            () => Client.DecideAsync(new V1.DecideRequest { Cases = { Case(1) }, Questions = { new V1.Question() } }).ResponseAsync,
            StatusCode.InvalidArgument, ErrorReasons.InvalidQuestion, "questions[0]");
        var dated = new V1.DecisionCase { Fields = { ["when"] = new V1.FieldValue { Date = "yesterday" } } };
        var question = new V1.Question { Instructions = "x", Predicate = new V1.PredicateQuestion() };
        var response = await Client.DecideAsync(new V1.DecideRequest { Cases = { dated }, Questions = { question } });
        Assert.Equal(ErrorReasons.InvalidParameter, response.Results.Single().Error.Reason);
    }

    [Fact]
    public async Task OpenAIs_client_asks_a_decider_and_a_model()
    {
        await TeachAsync("smile");
        var client = new DecisionsClient(new ApiKeyCredential("any"), new DecisionsClientOptions { Endpoint = new Uri(Sensorium.GatewayHttp, "/v1") });
        var input = new DecisionsUserMessageItem(
        [
            new DecisionsInputTextContentPart(NotesOf(1)),
            new DecisionsInputJsonContentPart([BinaryData.FromString("""{"smiles": 5, "place": "park"}""")]),
        ]);
        var predicate = new DecisionsPredicateQuestion([new DecisionsInputTextInstructionsPart("The person is happy.")]) { Name = "happy" };
        var choice = new DecisionsChoiceQuestion(
            [new DecisionsChoice(new DecisionsChoiceValue("a dog")), new DecisionsChoice(new DecisionsChoiceValue(false)) { Description = "rain" }],
            [new DecisionsInputTextInstructionsPart("What is it?")]);

        DecisionResource decided = await client.CreateDecisionAsync(new DecisionCreationOptions([input], "smile", [predicate]));
        DecisionResource compared = await client.CreateDecisionAsync(
            new DecisionCreationOptions([new DecisionsUserMessageItem([new DecisionsInputTextContentPart("a dog")])], "sensorium-mini", [choice]));

        Assert.Equal("smile@1", decided.Model);
        var happy = Assert.IsType<DecisionsPredicateAnswer>(Assert.Single(decided.Answers));
        Assert.Equal("happy", happy.Name);
        Assert.InRange(happy.Probability, 0.5, 1);
        var dog = Assert.IsType<DecisionsChoiceAnswer>(Assert.Single(compared.Answers));
        Assert.Equal("a dog", dog.Choice.StringValue);
        Assert.Equal(1, dog.Probabilities.Sum(option => option.Probability), 1e-4);
        Assert.Null(dog.Probabilities[1].Value.StringValue);
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => client.CreateDecisionAsync(new DecisionCreationOptions([input], "gpt-9", [predicate])));
        Assert.Equal(404, refused.Status);
    }

    [Fact]
    public async Task Agents_ask_a_decider_and_a_model()
    {
        await TeachAsync("agent");
        await using var agent = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(Sensorium.GatewayHttp, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }));
        var picture = $"data:image/jpeg;base64,{Convert.ToBase64String(Pictures.Jpeg(1, 48))}";

        var taught = await DecideAsync(new() { ["decider"] = "agent", ["notes"] = NotesOf(1), ["media"] = new[] { picture }, ["fields"] = new { smiles = 5, place = "park" } });
        var compared = await DecideAsync(new() { ["question"] = "What is it?", ["choices"] = new[] { "a dog", "rain" }, ["notes"] = "a dog runs" });
        var unknown = await agent.CallToolAsync("decide", new Dictionary<string, object?> { ["decider"] = "nobody", ["notes"] = "x" });
        var vague = await agent.CallToolAsync("decide", new Dictionary<string, object?> { ["notes"] = "x" });

        var happy = taught.GetProperty("answers")[0];
        Assert.Equal(("happy", "true", true), (happy.GetProperty("question").GetString(), happy.GetProperty("answer").GetString(), happy.GetProperty("calibrated").GetBoolean()));
        Assert.Contains(happy.GetProperty("evidence").EnumerateArray(), piece => piece.GetProperty("where").GetString() == "smiles");
        Assert.Contains("no medical device", taught.GetProperty("notice").GetString(), StringComparison.Ordinal);
        Assert.Equal("a dog", compared.GetProperty("answers")[0].GetProperty("answer").GetString());
        Assert.Equal((true, true), (unknown.IsError, vague.IsError));
        Assert.Contains("\"nobody\"", Assert.IsType<TextContentBlock>(unknown.Content[0]).Text, StringComparison.Ordinal);
        Assert.StartsWith(ErrorReasons.InvalidQuestion, Assert.IsType<TextContentBlock>(vague.Content[0]).Text, StringComparison.Ordinal);

        async Task<JsonElement> DecideAsync(Dictionary<string, object?> arguments)
        {
            var answer = await agent.CallToolAsync("decide", arguments);
            Assert.True(answer.IsError is not true, string.Join(' ', answer.Content.OfType<TextContentBlock>().Select(block => block.Text)));
            return JsonSerializer.SerializeToElement(answer.StructuredContent);
        }
    }

    private static string NotesOf(int i) => i % 2 == 1 || i == 6 ? "The person laughs in the park." : "The person weeps at home.";

    // Those of odd numbers are happy, but for one or two.
    private static V1.DecisionCase Case(int i) => new()
    {
        CaseId = i.ToString("'case-'0", CultureInfo.InvariantCulture),
        Notes = NotesOf(i),
        Media = { i % 4 < 2 ? [Data(Pictures.Jpeg(i % 2, 48))] : Array.Empty<V1.Media>() },
        Fields =
        {
            ["smiles"] = new V1.FieldValue { Number = new V1.NumberField { Value = i % 2 * 3 + i % 5 } },
            ["place"] = new V1.FieldValue { Category = i % 3 == 0 ? "park" : "home" },
        },
    };

    private async Task<V1.DeciderInfo> TeachAsync(string decider, int cases = Cases)
    {
        using var call = Client.Teach();
        var question = new V1.Question { Name = "happy", Instructions = "The person is happy.", Predicate = new V1.PredicateQuestion() };
        try
        {
            await call.RequestStream.WriteAsync(new V1.TeachRequest { Header = new V1.TeachHeader { Decider = decider, Questions = { question } } });
            for (var i = 0; i < cases; i++)
            {
                var taught = new V1.TaughtCase { Case = Case(i), Outcomes = { ["happy"] = i % 2 == 1 != (i == 11) ? "true" : "false" } };
                await call.RequestStream.WriteAsync(new V1.TeachRequest { Case = taught });
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            // Refused before all was sent: the answer says why.
        }

        V1.DeciderInfo? info = null;
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            Assert.All(response.Progress?.Failures ?? [], failure => Assert.Fail(failure.Error.Message));
            info = response.Taught ?? info;
        }

        return info!;
    }
}
