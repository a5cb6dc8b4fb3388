using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

/// <summary>What a page in a browser of this machine can ask of a host without keys.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData("localhost", null)]
    [InlineData("localhost:7080", "http://localhost:5173")]
    [InlineData("127.0.0.1:7080", "http://127.0.0.1:7080")]
    [InlineData("[::1]:7080", "http://[::1]:7080")]
    [InlineData("app.localhost", "http://app.localhost")]
    [InlineData("proxy.example", "https://proxy.example")]
    [InlineData("localhost", "https://proxy.example")]
    public async Task Pages_of_this_machine_and_of_allowed_names_may(string host, string? origin) =>
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, origin, ("Sensorium:Host:AllowedHosts:0", "proxy.example"))).Status);

    [Theory]
    [InlineData("evil.example", null, "evil.example")]
    [InlineData("evil.example:7080", "http://evil.example:7080", "evil.example")]
    [InlineData("localhost.evil.example", null, "localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example", null, "127.0.0.1.evil.example")]
    [InlineData("localhost", "http://evil.example", "http://evil.example")]
    [InlineData("127.0.0.1", "null", "null")]
    [InlineData("localhost", "http://localhost.evil.example", "evil.example")]
    public async Task Pages_of_strangers_may_not(string host, string? origin, string named)
    {
        var (status, body) = await AskAsync(host, origin);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        var problem = JsonElement.Parse(body);
        Assert.Equal(ErrorReasons.OriginNotAllowed, problem.GetProperty("reason").GetString());
        Assert.Contains(named, body, StringComparison.Ordinal);
        Assert.Contains("Sensorium:Host:AllowedHosts", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_was_opened_to_everyone_has_every_name() =>
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("gateway.example", "https://page.example", ("Sensorium:Host:Address", "*"), ("Sensorium:Host:AllowAnonymous", "true"))).Status);

    [Fact]
    public async Task Where_keys_are_asked_for_a_page_of_a_stranger_has_none()
    {
        (string, string)[] keys = [("Sensorium:Host:ApiKeys:0", "0123456789abcdef")];

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("evil.example", "http://evil.example", keys)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("gateway.example", null, [.. keys], "0123456789abcdef")).Status);
    }

    private static Task<(HttpStatusCode Status, string Body)> AskAsync(string host, string? origin, params (string, string)[] settings) => AskAsync(host, origin, settings, key: null);

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(string host, string? origin, (string Name, string Value)[] settings, string? key)
    {
        await using var served = await EncoderHost.StartAsync(
            settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value), map: app => app.MapSensoriumHttp().MapPost("/face", () => "done"));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(served.HttpAddress) { Host = "127.0.0.1", Path = "/face" }.Uri);
        request.Headers.Host = host;
        _ = origin is null || request.Headers.TryAddWithoutValidation("origin", origin);
        _ = key is null || request.Headers.TryAddWithoutValidation("authorization", $"Bearer {key}");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
