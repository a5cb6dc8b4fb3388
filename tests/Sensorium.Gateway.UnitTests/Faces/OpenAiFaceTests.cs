using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>What the face inherits from the policies, in OpenAI's shape, and how it ends what nobody waits for.</summary>
public sealed class OpenAiFaceTests : IDisposable
{
    private const string Key = "0123456789abcdef";

    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/openai/v1/models")]
    public async Task A_call_without_a_valid_key_is_refused(string path)
    {
        await using var host = await FaceHost.StartAsync(_gateway, ("Sensorium:Host:ApiKeys:0", Key));

        using var stranger = await GetAsync(host, path, "another-key-of-16");
        using var friend = await GetAsync(host, path, Key);

        await AssertErrorAsync(stranger, HttpStatusCode.Unauthorized, "invalid_request_error", "invalid_api_key");
        Assert.Equal(HttpStatusCode.OK, friend.StatusCode);
    }

    [Fact]
    public async Task Too_much_at_this_time_says_when_to_try_again()
    {
        _gateway.Encoders[Modality.Text].Failure = SensoriumException.Overloaded("busy", TimeSpan.FromSeconds(2.5));
        await using var host = await FaceHost.StartAsync(_gateway);

        using var response = await PostAsync(host, """{"model": "fake", "input": "x"}""");

        await AssertErrorAsync(response, HttpStatusCode.TooManyRequests, "rate_limit_error", ErrorReasons.Overloaded);
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData(ErrorCode.FailedPrecondition, ErrorReasons.SpaceMismatch, HttpStatusCode.BadRequest, "invalid_request_error", ErrorReasons.SpaceMismatch)]
    [InlineData(ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch, HttpStatusCode.NotFound, "invalid_request_error", "model_not_found")]
    [InlineData(ErrorCode.ResourceExhausted, ErrorReasons.MediaTooLarge, HttpStatusCode.RequestEntityTooLarge, "invalid_request_error", ErrorReasons.MediaTooLarge)]
    [InlineData(ErrorCode.Unavailable, ErrorReasons.PeerUnavailable, HttpStatusCode.ServiceUnavailable, "server_error", ErrorReasons.PeerUnavailable)]
    [InlineData(ErrorCode.Internal, ErrorReasons.ModelFault, HttpStatusCode.InternalServerError, "server_error", ErrorReasons.ModelFault)]
    public async Task Each_kind_of_failure_has_its_status(ErrorCode code, string reason, HttpStatusCode status, string type, string said)
    {
        _gateway.Encoders[Modality.Text].Failure = new SensoriumException(code, reason, "because");
        await using var host = await FaceHost.StartAsync(_gateway);

        using var response = await PostAsync(host, """{"model": "fake", "input": "x"}""");

        await AssertErrorAsync(response, status, type, said);
    }

    [Fact]
    public async Task A_model_that_is_not_here_is_not_found()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        using var response = await PostAsync(host, """{"model": "gpt-9", "input": "x"}""");

        await AssertErrorAsync(response, HttpStatusCode.NotFound, "invalid_request_error", "model_not_found");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var host = await FaceHost.StartAsync(
            _gateway, ("Sensorium:Host:MaxReceiveBytes", $"{64 << 10}"), ("Sensorium:Host:MaxInlineBytes", "1024"));

        using var response = await PostAsync(host, $$"""{"model": "fake", "input": "{{new string('x', 64 << 10)}}"}""");

        await AssertErrorAsync(response, HttpStatusCode.RequestEntityTooLarge, "invalid_request_error", ErrorReasons.MessageTooLarge);
    }

    [Fact]
    public async Task Bad_bodies_are_told_apart_on_one_connection_that_goes_on()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        string[] unreadable = ["", "not JSON", "[]", "null", """{"model": """, "{\"input\": \"\u0001\"}", new string('[', 10_000)];
        var wrong = OpenAiRequestTests.Wrong.Select(row => (Body: row.Data.Item1, Field: (string?)row.Data.Item2));

        foreach (var (body, field) in unreadable.Select(body => (body, (string?)null)).Concat(wrong))
        {
            using var refused = await PostAsync(host, body);
            await AssertErrorAsync(
                refused,
                HttpStatusCode.BadRequest,
                "invalid_request_error",
                field is null ? ErrorReasons.MalformedRequest : ErrorReasons.InvalidParameter,
                field);
        }

        using var answered = await PostAsync(host, """{"model": "fake", "input": "still here"}""");
        Assert.Equal((HttpStatusCode.OK, 1), (answered.StatusCode, host.Connections));
    }

    [Fact]
    public async Task A_caller_who_leaves_stops_the_work()
    {
        var encoder = _gateway.Encoders[Modality.Text];
        encoder.Hangs = true;
        await using var host = await FaceHost.StartAsync(_gateway);
        using var leave = new CancellationTokenSource();

        var call = PostAsync(host, """{"model": "fake", "input": "x"}""", leave.Token);
        await encoder.Started.WaitAsync(TestContext.Current.CancellationToken);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await encoder.Stopped.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string type, string code, string? field = null)
    {
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(status, response.StatusCode);
        var error = body.GetProperty("error");
        Assert.Equal((type, code), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.True(field is null || field == error.GetProperty("param").GetString(), $"{field}: {error}");
    }

    private static async Task<HttpResponseMessage> GetAsync(FaceHost host, string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> PostAsync(FaceHost host, string body, CancellationToken? cancellationToken = null)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await host.Http.PostAsync(
            new Uri("/v1/embeddings", UriKind.Relative), content, cancellationToken ?? TestContext.Current.CancellationToken);
    }
}
