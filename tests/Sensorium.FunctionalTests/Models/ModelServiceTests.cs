using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

public sealed class ModelServiceInOneProcess(ChangingInOneProcess deployment)
    : ModelServiceTests(deployment, deployment), IClassFixture<ChangingInOneProcess>;

public sealed class ModelServiceInServices(ChangingInServices deployment)
    : ModelServiceTests(deployment, deployment), IClassFixture<ChangingInServices>;

public abstract class ModelServiceTests(Deployment deployment, IChangingModels changing) : DeploymentTests(deployment)
{
    private V1.ModelService.ModelServiceClient Models => new(Sensorium.Channel);

    private string Where => Sensorium.Distributed ? "127.0.0.1:" : "in-process";

    [Fact]
    public async Task All_models_are_listed_with_what_each_service_has_of_them()
    {
        var models = (await Models.ListAsync(new V1.ModelServiceListRequest())).Models;

        Assert.Equal(["mini-clip", "sensorium-mini", "writer", "zz-broken"], models.Select(model => model.Id).Where(id => id != "later").Order());
        var clip = models.Single(model => model.Id == "mini-clip");
        Assert.Equal(("clip", "clip"), (Assert.Single(clip.Aliases), clip.Family));
        Assert.Equal(["text", "video", "vision"], clip.Parts.Select(part => part.Service).Order());
        Assert.All(clip.Parts.Where(part => part.Service != "video"), part => Assert.StartsWith(Where, part.Address, StringComparison.Ordinal));
        Assert.All(clip.Parts, part => Assert.Equal((V1.ModelState.Loaded, V1.ModelTask.Embed, 64), (part.State, part.Task, part.Model.Revision.Length)));
        Assert.True(clip.SizeBytes > 1_000_000);
        Assert.True(models.Single(model => model.Id == "sensorium-mini").IsDefault);
        Assert.Contains("config.json", models.Single(model => model.Id == "zz-broken").Reason);
    }

    [Fact]
    public async Task A_model_that_is_unloaded_is_refused_with_the_reason_until_it_is_loaded_again()
    {
        Assert.Equal("mini-clip", (await EmbedAsync("clip", "before")).Models[0].Id);

        var unloaded = await UnloadAsync("clip");
        await ExpectFailureAsync(() => EmbedAsync("mini-clip", "while it is not there"), StatusCode.FailedPrecondition, ErrorReasons.ModelNotServed, "ModelService.Load");
        var loaded = await LoadAsync("mini-clip");

        AssertSteps(unloaded, V1.ModelState.Unloading, V1.ModelState.Unloaded);
        AssertSteps(loaded, V1.ModelState.Loading, V1.ModelState.Loaded);
        Assert.Equal("mini-clip", (await EmbedAsync("clip", "after")).Models[0].Id);
    }

    [Fact]
    public async Task What_was_encoded_before_is_not_answered_for_a_model_that_is_unloaded()
    {
        var known = await EmbedAsync("mini-clip", "asked before", V1.CachePolicy.Unspecified);
        Assert.NotEqual(V1.CacheStatus.Miss, (await EmbedAsync("mini-clip", "asked before", V1.CachePolicy.Unspecified)).Results[0].CacheStatus);

        await UnloadAsync("mini-clip");
        await ExpectFailureAsync(
            () => EmbedAsync("mini-clip", "asked before", V1.CachePolicy.Unspecified), StatusCode.FailedPrecondition, ErrorReasons.ModelNotServed, "'mini-clip'");
        await LoadAsync("mini-clip");

        var again = await EmbedAsync("mini-clip", "asked before", V1.CachePolicy.Unspecified);
        Assert.Equal(known.Results[0].Encoded.Embedding.Data, again.Results[0].Encoded.Embedding.Data);
    }

    [Fact]
    public async Task A_stream_under_way_comes_to_its_end_while_its_model_is_unloaded()
    {
        using var call = Client.Caption(CaptionRequest());
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        var unloading = UnloadAsync("writer");
        var events = await call.ResponseStream.ReadAllAsync().Select(response => response.Event).ToArrayAsync();
        await unloading;

        Assert.NotNull(events[^1].Finished);
        await ExpectFailureAsync(() => CaptionAsync(CaptionRequest()), StatusCode.FailedPrecondition, ErrorReasons.ModelNotServed, "'writer'");
        await LoadAsync("writer");
        Assert.NotEmpty(await CaptionAsync(CaptionRequest()));
    }

    [Fact]
    public async Task Requests_under_way_are_finished_while_their_model_comes_and_goes()
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(caller => CallAsync(caller, stop.Token)).ToArray();

        for (var round = 0; round < 2; round++)
        {
            await UnloadAsync("mini-clip");
            await LoadAsync("mini-clip");
        }

        await stop.CancelAsync();
        var answers = (await Task.WhenAll(callers)).SelectMany(answer => answer).ToArray();
        Assert.All(answers, answer => Assert.Contains(answer, (string[])["", ErrorReasons.ModelNotServed]));
        Assert.Contains("", answers);
    }

    [Fact]
    public async Task A_folder_that_has_come_since_the_start_is_loaded()
    {
        changing.Models.AddPart("clip", "later");

        var parts = await LoadAsync("later");

        AssertSteps(parts, V1.ModelState.Loading, V1.ModelState.Loaded);
        Assert.Equal("later", (await EmbedAsync("later", "a dog")).Models[0].Id);
    }

    [Theory]
    [InlineData("zz-broken", ErrorReasons.ModelNotServed, "config.json")]
    [InlineData("nobody", ErrorReasons.ModelMismatch, "'mini-clip'")]
    public async Task What_cannot_be_loaded_says_why(string id, string reason, string inMessage) =>
        await ExpectFailureAsync(() => LoadAsync(id), StatusCode.FailedPrecondition, reason, inMessage);

    [Fact]
    public async Task No_name_is_an_invalid_argument() =>
        await ExpectFailureAsync(() => UnloadAsync(""), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "id");

    // Of each service that has a part, one after the other.
    private static void AssertSteps(V1.ModelPart[] parts, V1.ModelState first, V1.ModelState last)
    {
        Assert.Equal(["text", "video", "vision"], parts.Select(part => part.Service).Distinct().Order());
        Assert.All(parts.GroupBy(part => part.Service), steps => Assert.Equal([first, last], steps.Select(step => step.State)));
    }

    private async Task<List<string>> CallAsync(int caller, CancellationToken stop)
    {
        var answers = new List<string>();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var response = await EmbedAsync("mini-clip", $"caller {caller} asks for {answers.Count}");
                answers.Add(response.Results[0].Error?.Reason ?? "");
            }
            catch (RpcException error)
            {
                answers.Add(error.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? error.Status.ToString());
            }
        }

        return answers;
    }

    private static V1.CaptionRequest CaptionRequest() => new()
    {
        Media = { Data(TinyModels.Media("picture-32.png")) },
        Model = new V1.ModelSelector { Id = "writer" },
        Parameters = new V1.GenerationParameters { MinNewTokens = 12, MaxNewTokens = 12 },
    };

    private async Task<V1.EmbedResponse> EmbedAsync(string model, string text, V1.CachePolicy policy = V1.CachePolicy.Bypass) => await Client.EmbedAsync(new V1.EmbedRequest
    {
        Items = { Text(text) },
        Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model }, CachePolicy = policy },
    });

    private async Task<V1.ModelPart[]> LoadAsync(string id)
    {
        using var call = Models.Load(new V1.ModelServiceLoadRequest { Id = id });
        return await call.ResponseStream.ReadAllAsync().Select(response => response.Part).ToArrayAsync();
    }

    private async Task<V1.ModelPart[]> UnloadAsync(string id)
    {
        using var call = Models.Unload(new V1.ModelServiceUnloadRequest { Id = id });
        return await call.ResponseStream.ReadAllAsync().Select(response => response.Part).ToArrayAsync();
    }
}
