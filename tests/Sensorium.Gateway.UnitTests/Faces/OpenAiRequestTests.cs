using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Http.OpenAi;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

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
        { """{"model": "m", "input": [{"type": "input_audio", "input_audio": {}}]}""", "input[0].input_audio.url" },
        { """{"model": "m", "input": [{"type": "image_url", "image_url": {"url": "x", "detail": "high"}}]}""", "input[0].image_url.detail" },
        { """{"model": "m", "input": [{"image": 7}]}""", "input[0].image" },
        { """{"model": "m", "input": ["x"], "modality": "smell"}""", "modality" },
        { """{"model": "m", "input": "x", "normalized": false}""", "normalized" },
        { """{"model": "m", "input": "x", "late_chunking": true}""", "late_chunking" },
        { """{"model": "m", "input": "x", "truncate": 1}""", "truncate" },
        { """{"model": "m", "messages": [{"role": "user"}]}""", "messages[0].content" },
        { """{"model": "m", "messages": [{"content": "a"}, {"content": "b"}]}""", "messages" },
    };

    [Theory]
    [InlineData("""{"model": "m", "input": "a dog", "unknown": [1]}""", "a dog")]
    [InlineData("""{"model": "m", "input": ["a dog"], "encoding_format": null}""", "a dog")]
    [InlineData("""{"model": "m", "input": ["data: is what we have; base64, too"]}""", "data: is what we have; base64, too")]
    [InlineData("""{"model": "m", "input": [{"type": "input_text", "text": "a dog"}]}""", "a dog")]
    [InlineData("""{"model": "m", "input": {"content": [{"type": "text", "text": "a dog"}]}}""", "a dog")]
    [InlineData("""{"model": "m", "input": [{"text": "a dog"}], "normalized": true, "late_chunking": false}""", "a dog")]
    [InlineData("""{"model": "m", "input": ["data:,x"], "modality": "text"}""", "data:,x")]
    [InlineData("""{"model": "m", "messages": [{"role": "user", "content": "a dog"}]}""", "a dog")]
    [InlineData("""{"model": "m", "messages": [{"role": "user", "content": [{"type": "text", "text": "a dog"}]}]}""", "a dog")]
    public void Words_are_text(string body, string text) =>
        Assert.Equal(new TextSource(text), Assert.Single(Read(body).Input).Item?.Source);

    [Theory]
    [InlineData("""{"model": "m", "input": "data:image/png;base64,AAAA"}""")]
    [InlineData("""{"model": "m", "input": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}""")]
    [InlineData("""{"model": "m", "input": [{"type": "input_image", "image_url": "data:image/png;base64,AAAA"}]}""")]
    public void Pictures_are_data_URIs(string body) =>
        Assert.Equal("data:image/png;base64,AAAA", Base64MediaTests.UriOf(Assert.Single(Read(body).Input).Item?.Source));

    [Theory]
    [InlineData("""{"input": [{"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}]}""", "data:;base64,AAAA", Modality.Audio, "audio/wav")]
    [InlineData("""{"input": [{"type": "audio_url", "audio_url": {"url": "https://a/b"}}]}""", "https://a/b", Modality.Audio, null)]
    [InlineData("""{"input": [{"type": "input_video", "input_video": {"url": "https://a/b"}}]}""", "https://a/b", Modality.Video, null)]
    [InlineData("""{"input": [{"type": "video_url", "video_url": "https://a/b"}]}""", "https://a/b", Modality.Video, null)]
    [InlineData("""{"input": [{"image": "AAAA"}]}""", "data:;base64,AAAA", Modality.Image, null)]
    [InlineData("""{"input": [{"audio": "https://a/b"}]}""", "https://a/b", Modality.Audio, null)]
    [InlineData("""{"input": ["https://a/b"], "modality": "image"}""", "https://a/b", Modality.Image, null)]
    [InlineData("""{"input": "AAAA", "modality": "audio"}""", "data:;base64,AAAA", Modality.Audio, null)]
    public void Media_say_what_they_are(string body, string uri, Modality modality, string? type)
    {
        var item = Assert.Single(Read(body.Insert(1, "\"model\": \"m\", ")).Input).Item;

        Assert.Equal((uri, modality, type), (Base64MediaTests.UriOf(item!.Source), item.Modality, item.MediaType));
    }

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
