using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Errors;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

/// <summary>Endpoints over HTTP inherit keys, errors and the bound of bodies.</summary>
public sealed class HttpFaceTests
{
    private const string Key = "0123456789abcdef";

    [Fact]
    public async Task Failures_are_problems_with_a_reason()
    {
        await using var host = await StartAsync(app => app.MapSensoriumHttp().MapPost("/face", IResult () => throw SensoriumException.Overloaded("Too much.", TimeSpan.FromSeconds(2.5))));
        using var http = Client(host);

        using var response = await http.PostAsync(new Uri("/face", UriKind.Relative), null);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter?.Delta);
        Assert.Equal(ErrorReasons.Overloaded, problem.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_face_shapes_its_own_errors_and_those_of_the_policies()
    {
        await using var host = await StartAsync(app => app.MapSensoriumHttp().WithMetadata(new PlainShape()).MapPost("/face", () => "done"));
        using var http = Client(host, key: "wrong");

        using var response = await http.PostAsync(new Uri("/face", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(ErrorReasons.Unauthenticated, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var host = await StartAsync(app => app.MapSensoriumHttp().MapPost("/face", async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            return "done";
        }));
        using var http = Client(host);

        using var within = await http.PostAsync(new Uri("/face", UriKind.Relative), new ByteArrayContent(new byte[64 << 10]));
        using var over = await http.PostAsync(new Uri("/face", UriKind.Relative), new ByteArrayContent(new byte[(64 << 10) + 1]));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (within.StatusCode, over.StatusCode));
    }

    [Theory]
    [InlineData("POST", "/face/nothing", 404, "UNKNOWN_PATH", "/face/nothing", null)]
    [InlineData("GET", "/face/nothing/at/all", 404, "UNKNOWN_PATH", "/face/nothing/at/all", null)]
    [InlineData("GET", "/", 404, "UNKNOWN_PATH", "/", null)]
    [InlineData("DELETE", "/face", 405, "METHOD_NOT_ALLOWED", "DELETE", "POST")]
    public async Task Paths_and_methods_that_are_not_served_are_named(string method, string path, int status, string reason, string named, string? allowed)
    {
        await using var host = await StartAsync(app => app.MapSensoriumHttp().MapPost("/face", () => "done"));
        using var http = Client(host);

        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)));
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((status, reason), ((int)response.StatusCode, problem.GetProperty("reason").GetString()));
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(allowed, response.Content.Headers.Allow.SingleOrDefault());
    }

    [Fact]
    public async Task Strangers_are_not_told_what_is_served()
    {
        await using var host = await StartAsync(app => app.MapSensoriumHttp().MapPost("/face", () => "done"));
        using var http = Client(host, key: "wrong");

        using var unknown = await http.GetAsync(new Uri("/nothing", UriKind.Relative));
        using var wrong = await http.GetAsync(new Uri("/face", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (unknown.StatusCode, wrong.StatusCode));
    }

    private static Task<EncoderHost> StartAsync(Action<WebApplication> map) => EncoderHost.StartAsync(
        new()
        {
            ["Sensorium:Host:ApiKeys:0"] = Key,
            ["Sensorium:Host:MaxReceiveBytes"] = $"{64 << 10}",
            ["Sensorium:Host:MaxInlineBytes"] = "1024",
        },
        map: map);

    private static HttpClient Client(EncoderHost host, string key = Key) => new()
    {
        BaseAddress = new Uri(host.HttpAddress),
        DefaultRequestHeaders = { { "authorization", $"Bearer {key}" } },
    };

    private sealed class PlainShape : IErrorShape
    {
        public Task WriteAsync(HttpContext context, SensoriumException failure)
        {
            context.Response.StatusCode = HttpStatuses.Of(failure);
            return context.Response.WriteAsync(failure.Reason);
        }
    }
}
