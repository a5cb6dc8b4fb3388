using System.Text.Json;
using Sensorium.Core.Media;
using Sensorium.Gateway.Http;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>Media in JSON are decoded from its bytes where they are plainly written, and read as strings where they are not.</summary>
public sealed class Base64MediaTests
{
    [Theory]
    [InlineData("data:image/png;base64,AQID", "image/png")]
    [InlineData("DATA:image/png;BASE64,AQID", "image/png")]
    [InlineData("data:;base64,AQID", null)]
    [InlineData("data:audio/wav;rate=8000;base64,AQID", "audio/wav;rate=8000")]
    public void A_data_URI_is_its_bytes(string uri, string? type)
    {
        var source = Base64Media.OfUri(Json(uri))!;

        Assert.Equal([1, 2, 3], source.Data.ToArray());
        Assert.Equal(type, source.MediaType);
    }

    [Theory]
    [InlineData("\"data:image\\/png;base64,AQID\"")]
    [InlineData("\"data:;base64,AQ\\u0049D\"")]
    [InlineData("\"data:;base64,AQ%3D%3D\"")]
    [InlineData("\"data:;base64,_-A=\"")]
    [InlineData("\"data:;base64,AQI\"")]
    [InlineData("\"data:;base64,\"")]
    [InlineData("\"data:,AQID\"")]
    [InlineData("\"data\"")]
    [InlineData("\"https://a/b;base64,AQID\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    public void All_else_is_left_to_who_reads_strings(string json) => Assert.Null(Base64Media.OfUri(JsonElement.Parse(json)));

    [Fact]
    public void Base64_by_itself_has_no_type()
    {
        Assert.Equal([1, 2, 3], Base64Media.OfBase64(Json("AQID"))!.Data.ToArray());
        Assert.Null(Base64Media.OfBase64(Json("https://a/b")));
    }

    /// <summary>As the data: URI that it was, or the URI that it is.</summary>
    internal static string UriOf(MediaSource? source) =>
        source is DataSource data ? $"data:{data.MediaType};base64,{Convert.ToBase64String(data.Data.Span)}" : Assert.IsType<UriSource>(source).Uri;

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}
