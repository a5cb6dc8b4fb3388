using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Http.OpenAi;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class OpenAiRequestTests
{
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
    [InlineData("""{"input": "x"}""", "model")]
    [InlineData("""{"model": 7, "input": "x"}""", "model")]
    [InlineData("""{"model": "m"}""", "input")]
    [InlineData("""{"model": "m", "input": []}""", "input")]
    [InlineData("""{"model": "m", "input": true}""", "input")]
    [InlineData("""{"model": "m", "input": [1, 2]}""", "input[0]")]
    [InlineData("""{"model": "m", "input": [[1, 2]]}""", "input[0]")]
    [InlineData("""{"model": "m", "input": [null]}""", "input[0]")]
    [InlineData("""{"model": "m", "input": "\ud800"}""", "input")]
    [InlineData("""{"model": "m", "input": [{}]}""", "input[0].type")]
    [InlineData("""{"model": "m", "input": [{"type": "smell"}]}""", "input[0].type")]
    [InlineData("""{"model": "m", "input": [{"type": "text"}]}""", "input[0].text")]
    [InlineData("""{"model": "m", "input": [{"type": "image_url", "image_url": {"url": 1}}]}""", "input[0].image_url.url")]
    [InlineData("""{"model": "m", "input": [{"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]}""", "input[0].content")]
    [InlineData("""{"model": "m", "input": "x", "encoding_format": "int8"}""", "encoding_format")]
    [InlineData("""{"model": "m", "input": "x", "dimensions": 0}""", "dimensions")]
    [InlineData("""{"model": "m", "input": "x", "dimensions": 1.5}""", "dimensions")]
    [InlineData("""{"model": "m", "input": "x", "dimensions": 1e999}""", "dimensions")]
    [InlineData("""{"model": "m", "input": "x", "dimensions": "8"}""", "dimensions")]
    [InlineData("""{"model": "m", "input": "x", "user": {}}""", "user")]
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
