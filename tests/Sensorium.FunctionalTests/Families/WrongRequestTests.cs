using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class WrongRequestInOneProcess(TinyModelsInOneProcess deployment) : WrongRequestTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class WrongRequestInSixProcesses(TinyModelsInSixProcesses deployment) : WrongRequestTests(deployment);

/// <summary>What a model cannot do is refused with what it can.</summary>
public abstract class WrongRequestTests(Deployment deployment) : DeploymentTests(deployment)
{
    // Over the 48 positions of the tiny models.
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("dog", 60));

    [Fact]
    public async Task A_pair_to_a_model_of_single_texts() => await ExpectFailureAsync(
        () => EmbedOneAsync("a dog", new V1.EncodeOptions { Model = Of("tiny-bert"), PairedWith = "what runs?" }),
        StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "single texts");

    [Fact]
    public async Task A_picture_to_a_model_of_texts() => await ExpectFailureAsync(
        () => EmbedAsync(Data(TinyModels.Media("picture-32.png")), new V1.EncodeOptions { Model = Of("tiny-bert") }),
        StatusCode.FailedPrecondition, ErrorReasons.ModelMismatch, "'tiny-bert' reads text, and no vision");

    [Fact]
    public async Task A_text_to_a_model_of_pictures() => await ExpectFailureAsync(
        () => EmbedAsync(Text("a dog"), new V1.EncodeOptions { Model = Of("tiny-vit-pooled") }),
        StatusCode.FailedPrecondition, ErrorReasons.ModelMismatch, "'tiny-vit-pooled' reads vision");

    [Fact]
    public async Task A_text_over_the_positions_is_refused_with_both_counts_or_cut_on_demand()
    {
        var options = new V1.EncodeOptions { Model = Of("tiny-bert") };
        await ExpectFailureAsync(() => EmbedOneAsync(LongText, options), StatusCode.InvalidArgument, ErrorReasons.TextTooLong, "62 tokens");
        await ExpectFailureAsync(() => EmbedOneAsync(LongText, options), StatusCode.InvalidArgument, ErrorReasons.TextTooLong, "48");

        options.Truncate = true;
        var cut = await EmbedAsync(Text(LongText), options);

        Assert.Equal(WarningReasons.TextTruncated, Assert.Single(cut.Warnings).Reason);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_answered_with_those_that_are_and_no_revisions()
    {
        var status = await ExpectFailureAsync(
            () => EmbedAsync(Text("a dog"), new V1.EncodeOptions { Model = Of("nobody") }),
            StatusCode.FailedPrecondition, ErrorReasons.ModelMismatch, "'nobody'");

        Assert.Contains("'sensorium-mini'", status.Message);
        Assert.DoesNotMatch("[0-9a-f]{64}", status.Message);
        Assert.True(status.Message.Count(letter => letter == '\'') <= 2 * 21, status.Message);
    }

    private static V1.ModelSelector Of(string id) => new() { Id = id };

    private new async Task<V1.EncodeResult> EmbedAsync(V1.Media media, V1.EncodeOptions options) =>
        (await Client.EmbedAsync(new V1.EmbedRequest { Items = { media }, Options = options })).Results.Single();

    // The failure of the one item is that of the request.
    private async Task EmbedOneAsync(string text, V1.EncodeOptions options)
    {
        var result = await EmbedAsync(Text(text), options);
        if (result.Error is { } error)
        {
            var status = new Google.Rpc.Status { Code = error.Code, Message = error.Message };
            status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(new Google.Rpc.ErrorInfo { Reason = error.Reason, Domain = "sensorium.dev" }));
            throw status.ToRpcException();
        }
    }
}
