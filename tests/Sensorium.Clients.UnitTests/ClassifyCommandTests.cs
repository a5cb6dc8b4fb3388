using System.Text.Json;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class ClassifyCommandTests : GatewayFixture
{
    [Fact]
    public async Task Writes_the_labels_of_each_medium_with_their_scores()
    {
        Gateway.OnClassify = Answer(none: false);

        var (exitCode, output, error) = await RunAsync("classify", "text:x", "text:bad", "--labels", "cat, dog", "--template", "a {}", "--top", "2");

        Assert.Equal(1, exitCode);
        Assert.Equal($"1. text:x: dog 0.7500, cat 0.2500{Environment.NewLine}", output);
        Assert.Contains("2. text:bad: UNDECODABLE_MEDIA: broken", error, StringComparison.Ordinal);
        var request = Assert.Single(Gateway.Classifies);
        Assert.Equal(["cat", "dog"], request.Labels.Select(label => label.Name));
        Assert.Equal(("a {}", Scoring.Softmax, 2, false), (request.Templates.Single(), request.Scoring, request.TopK, request.HasNoneThreshold));
    }

    [Fact]
    public async Task None_of_these_is_said()
    {
        Gateway.OnClassify = Answer(none: true);

        var (exitCode, output, _) = await RunAsync("classify", "text:x", "--labels", "cat,dog", "--independent", "--none-below", "0.5", "--json");

        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("none_of_these").GetBoolean());
        Assert.Equal((0, 0.5f, Scoring.Independent), (exitCode, Gateway.Classifies[0].NoneThreshold, Gateway.Classifies[0].Scoring));
    }

    [Fact]
    public async Task Without_labels_those_of_the_model_are_asked_for_as_it_was_trained()
    {
        Gateway.OnClassify = Answer(none: false);

        var (exitCode, output, _) = await RunAsync("classify", "text:x", "--model", "sounds");

        var request = Assert.Single(Gateway.Classifies);
        Assert.Equal((0, "sounds", Scoring.Unspecified, 0), (exitCode, request.Model.Id, request.Scoring, request.Labels.Count));
        Assert.Equal($"1. text:x: dog 0.7500, cat 0.2500{Environment.NewLine}", output);
    }

    [Fact]
    public async Task Media_are_needed() => Assert.Equal(2, (await RunAsync("classify")).ExitCode);

    private static Func<ClassifyRequest, ClassifyResponse> Answer(bool none) => request => new ClassifyResponse
    {
        Results =
        {
            request.Items.Select(item => item.Text == "bad"
                ? new ClassifyResult { ItemId = item.ItemId, Error = new ErrorStatus { Reason = "UNDECODABLE_MEDIA", Message = "broken" } }
                : new ClassifyResult
                {
                    ItemId = item.ItemId,
                    Classification = new Classification
                    {
                        NoneOfThese = none,
                        Scores = { new LabelScore { Label = "dog", Score = 0.75f }, new LabelScore { Label = "cat", Score = 0.25f } },
                    },
                }),
        },
    };
}
