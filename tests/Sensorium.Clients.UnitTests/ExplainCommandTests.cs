using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class ExplainCommandTests : GatewayFixture
{
    private static readonly Drawing Png = new() { Data = ByteString.CopyFrom(1, 2, 3), MediaType = "image/png" };
    private static readonly Drawing Svg = new() { Data = ByteString.CopyFrom(4, 5), MediaType = "image/svg+xml" };

    [Fact]
    public async Task Writes_the_cells_and_draws_both_sides()
    {
        var file = WriteFile("dog.jpg", [7]);
        Gateway.OnExplain = _ => new ExplainResponse
        {
            Explanations =
            {
                new Explanation { ItemId = "dog.jpg", Score = 0.25f, Grid = new PictureGrid { Rows = 2, Columns = 2 }, Weights = { 0.1f, -0.2f, 0, 0.3f }, Drawing = Png },
                new Explanation { ItemId = "text:a dog", Score = 0.25f, Words = new TextWords { Words = { "a", "dog" } }, Weights = { 0, 0.5f }, Drawing = Svg },
            },
        };
        var heat = Path.Combine(Path.GetDirectoryName(file)!, "heat.png");

        var (exitCode, output, _) = await RunAsync("explain", file, "--text", "a dog", "--both", "--grid", "2", "--out", heat);

        var other = Path.ChangeExtension(heat, ".other.svg");
        Assert.Equal(
            ["dog.jpg: 0.2500", "+0.1000 -0.2000", " 0.0000 +0.3000", heat, "text:a dog: 0.2500", " 0.0000 a", "+0.5000 dog", other, ""],
            output.Split(Environment.NewLine));
        Assert.Equal(0, exitCode);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(heat));
        Assert.Equal([4, 5], File.ReadAllBytes(other));
        var request = Assert.Single(Gateway.Explains);
        Assert.Equal(("a dog", true, 2, true), (request.SimilarTo.Text, request.BothSides, request.Grid, request.Draw));
    }

    [Fact]
    public async Task Explains_a_label_as_json()
    {
        var span = new TimeRange { Start = new Duration(), End = new Duration { Nanos = 500_000_000 } };
        Gateway.OnExplain = _ => new ExplainResponse
        {
            Explanations = { new Explanation { ItemId = "x", Score = 2, Spans = new TimeSpans { Ranges = { span } }, Weights = { 1 }, Runs = 3 } },
        };

        var (_, output, _) = await RunAsync("explain", WriteFile("x.wav", [1]), "--label", "rain", "--labels", "rain, wind", "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal(0.5, json.RootElement.GetProperty("spans")[0].GetProperty("end").GetDouble());
        Assert.Equal(1, json.RootElement.GetProperty("weights")[0].GetDouble());
        var request = Gateway.Explains.Single();
        Assert.Equal(("rain", false), (request.Label, request.Draw));
        Assert.Equal(["rain", "wind"], request.Labels.Select(label => label.Name));
    }

    [Fact]
    public async Task Explains_a_caption_token_by_token()
    {
        var file = WriteFile("dog.jpg", [7]);
        ExplainedToken[] tokens = [new() { Text = "a", Logprob = -0.5f, Weights = { 0.25f }, Drawing = Png }, new() { Text = " dog", Logprob = -1, Weights = { 1 }, Drawing = Png }];
        Gateway.OnExplain = _ => new ExplainResponse
        {
            Caption = "a dog",
            Explanations = { new Explanation { ItemId = "dog.jpg", Score = -1.5f, Grid = new PictureGrid { Rows = 1, Columns = 1 }, Weights = { 1.25f }, Tokens = { tokens }, Drawing = Svg } },
        };
        var heat = Path.Combine(Path.GetDirectoryName(file)!, "heat.png");

        var (_, output, _) = await RunAsync("explain", file, "--caption", "--out", heat);
        var (_, json, _) = await RunAsync("explain", file, "--caption", "--json");

        Assert.Equal(["dog.jpg: -1.5000", "+1.2500", "-0.5000 a", "-1.0000  dog", heat, ""], output.Split(Environment.NewLine));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.ChangeExtension(heat, ".1.png")));
        Assert.Equal(ExplainRequest.QuestionOneofCase.Caption, Gateway.Explains[0].QuestionCase);
        using var parsed = JsonDocument.Parse(json);
        Assert.Equal(("a dog", 2), (parsed.RootElement.GetProperty("caption").GetString(), parsed.RootElement.GetProperty("tokens").GetArrayLength()));
    }

    [Theory]
    [InlineData]
    [InlineData("--text", "a", "--label", "b")]
    public async Task One_question_is_needed(params string[] questions)
    {
        var (exitCode, _, error) = await RunAsync(["explain", "text:a", .. questions]);

        Assert.Equal(2, exitCode);
        Assert.Contains("give one of --text, --like, --label and --caption", error, StringComparison.Ordinal);
    }
}
