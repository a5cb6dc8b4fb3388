using System.Net.Http.Headers;
using System.Text.Json;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>POST /v1/images/generations and /edits.</summary>
public sealed class ImageFaceTests : IDisposable
{
    private readonly TestGateway _gateway = new();

    public ImageFaceTests() => _gateway.Media.Modality = Modality.Image;

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Fields_reach_the_model_and_pictures_come_back()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync("/v1/images/generations", """
            {"model": "painter", "prompt": "a dog", "n": 2, "size": "64x32", "negative_prompt": "rain", "seed": 9007199254740991, "steps": 9, "guidance": 2.5, "sampler": "euler_ancestral",
             "response_format": "b64_json", "quality": "auto", "user": "me"}
            """);

        var job = Assert.Single(_gateway.Images.Jobs);
        Assert.Equal(("painter", "a dog", "rain", 64, 32), (job.Model!.Id, job.Prompt, job.NegativePrompt, job.Width, job.Height));
        Assert.Equal((9, 2.5f, 9007199254740991UL, 2, SamplerKind.EulerAncestral), (job.Steps, job.Guidance, job.Seed, job.Count, job.Sampler));
        Assert.Equal(("64x32", "teller"), (answer.GetProperty("size").GetString(), answer.GetProperty("model").GetString()));
        var made = answer.GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal([[2, 0], [2, 1]], made.Select(picture => picture.GetProperty("b64_json").GetBytesFromBase64()));
        Assert.Equal([9007199254740991UL, 9007199254740992UL], made.Select(picture => picture.GetProperty("seed").GetUInt64()));
    }

    [Fact]
    public async Task Pictures_on_the_way_are_sent_as_they_are_made()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (status, body) = await host.PostAsync("/v1/images/generations", """{"prompt": "a dog", "stream": true, "partial_images": 1}""");

        Assert.Equal(200, status);
        var events = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line["data: ".Length..])).ToArray();
        Assert.Equal(["image_generation.partial_image", "image_generation.completed"], events.Select(one => one.GetProperty("type").GetString()));
        Assert.Equal((0, 1), (events[0].GetProperty("partial_image_index").GetInt32(), _gateway.Images.Jobs[0].Previews));
        Assert.Equal([2, 0], events[1].GetProperty("b64_json").GetBytesFromBase64());
    }

    [Theory]
    [InlineData("image")]
    [InlineData("image[]")]
    public async Task A_picture_is_changed(string field)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (status, body) = await EditAsync(host, field, ("prompt", "1984"), ("strength", "0.4"), ("size", "auto"), ("seed", "9007199254740993"));

        Assert.True(status == 200, body);
        var job = Assert.Single(_gateway.Images.Jobs);
        Assert.Equal(("1984", 9007199254740993UL), (job.Prompt, job.Seed));
        Assert.Equal((0.4f, Modality.Image, 2), (job.Strength, job.Start!.Modality, ((InlineSource)job.Start.Source).Data.Length));
    }

    [Fact]
    public async Task Changes_that_cannot_be_made_are_refused()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        Assert.Equal(400, (await EditAsync(host, "image", ("prompt", "a cat"), ("mask", "x"))).Status);
        Assert.Equal(400, (await EditAsync(host, "picture", ("prompt", "a cat"))).Status);
        Assert.Equal(400, (await EditAsync(host, "image")).Status);
        Assert.Empty(_gateway.Images.Jobs);
    }

    [Fact]
    public async Task A_failure_in_the_middle_is_told_in_the_stream()
    {
        _gateway.Images.Failure = SensoriumException.Overloaded("too much", TimeSpan.FromSeconds(1));
        await using var host = await FaceHost.StartAsync(_gateway);

        var (_, body) = await host.PostAsync("/v1/images/generations", """{"prompt": "a dog", "stream": true, "partial_images": 1}""");

        Assert.Contains("too much", body, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Body)> EditAsync(FaceHost host, string field, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        using var picture = new ByteArrayContent([1, 2]);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(picture, field, "a.png");
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        using var response = await host.Http.PostAsync(new Uri("/v1/images/edits", UriKind.Relative), form, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
