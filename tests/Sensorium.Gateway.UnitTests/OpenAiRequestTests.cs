using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Http.OpenAi;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class OpenAiRequestTests
{
    /// <summary>Bodies that are JSON objects but no requests, and what is wrong with each.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { """{"input": "x"}""", "model" },
        { """{"model": 7, "input": "x"}""", "model" },
        { """{"model": "m"}""", "input" },
        { """{"model": "m", "input": []}""", "input" },
        { """{"model": "m", "input": true}""", "input" },
        { """{"model": "m", "input": [1, 2]}""", "input[0]" },
        { """{"model": "m", "input": [[1, 2]]}""", "input[0]" },
        { """{"model": "m", "input": [null]}""", "input[0]" },
        { """{"model": "m", "input": "\ud800"}""", "input" },
        { """{"model": "m", "input": [{}]}""", "input[0].type" },
        { """{"model": "m", "input": [{"type": "smell"}]}""", "input[0].type" },
        { """{"model": "m", "input": [{"type": "text"}]}""", "input[0].text" },
        { """{"model": "m", "input": [{"type": "image_url", "image_url": {"url": 1}}]}""", "input[0].image_url.url" },
        { """{"model": "m", "input": [{"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]}""", "input[0].content" },
        { """{"model": "m", "input": "x", "encoding_format": "int8"}""", "encoding_format" },
        { """{"model": "m", "input": "x", "dimensions": 0}""", "dimensions" },
        { """{"model": "m", "input": "x", "dimensions": 1.5}""", "dimensions" },
        { """{"model": "m", "input": "x", "dimensions": 1e999}""", "dimensions" },
        { """{"model": "m", "input": "x", "dimensions": "8"}""", "dimensions" },
        { """{"model": "m", "input": "x", "user": {}}""", "user" },
    };

    [Theory]
    [InlineData("""{"model": "m", "input": "a dog", "unknown": [1]}""", "a dog")]
    [InlineData("""{"model": "m", "input": ["a dog"], "encoding_format": null}""", "a dog")]
    [InlineData("""{"model": "m", "input": ["data: is what we have; base64, too"]}""", "data: is what we have; base64, too")]
    [InlineData("""{"model": "m", "input": [{"type": "input_text", "text": "a dog"}]}""", "a dog")]
    [InlineData("""{"model": "m", "input": {"content": [{"type": "text", "text": "a dog"}]}}""", "a dog")]
    public void Words_are_text(string body, string text) =>
        Assert.Equal(new TextSource(text), Assert.Single(Read(body).Input).Item?.Source);

    [Theory]
    [InlineData("""{"model": "m", "input": "data:image/png;base64,AAAA"}""")]
    [InlineData("""{"model": "m", "input": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}""")]
    [InlineData("""{"model": "m", "input": [{"type": "input_image", "image_url": "data:image/png;base64,AAAA"}]}""")]
    public void Pictures_are_data_URIs(string body) =>
        Assert.Equal(new UriSource("data:image/png;base64,AAAA"), Assert.Single(Read(body).Input).Item?.Source);

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(string body, string field)
    {
        var error = Assert.Throws<SensoriumException>(() => Read(body));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidParameter, field), (error.Code, error.Reason, error.Field));
    }

    private static EmbeddingsRequest Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return EmbeddingsRequest.Read(document.RootElement);
    }
}
