using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>Tenants of one gateway: what one does to another, what each may have, and what is written down.</summary>
public sealed class TenantTests(Tenanted deployment) : DeploymentTests(deployment), IClassFixture<Tenanted>
{
    private const int FloodCalls = 48;
    private const int ItemsOfFlood = 16;

    private readonly Tenanted _tenanted = deployment;

    [Fact]
    public async Task A_flood_of_one_tenant_is_refused_and_no_call_of_another_is_over_either_face()
    {
        var loud = As(Tenanted.Loud);
        var flood = Enumerable.Range(0, FloodCalls).Select(call => TryEmbedAsync(loud, call)).ToArray();
        using var http = Http(Tenanted.Quiet);
        for (var i = 0; i < 8; i++)
        {
            var answer = await As(Tenanted.Quiet).EmbedAsync(new V1.EmbedRequest { Items = { Text($"quiet {i}") } });
            Assert.NotNull(answer.Results.Single().Encoded);
            using var response = await PostAsync(http, $"quiet over http {i}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var refused = (await Task.WhenAll(flood)).Count(reason => reason == ErrorReasons.Overloaded);
        Assert.InRange(refused, 1, FloodCalls - 1);
    }

    [Fact]
    public async Task A_quota_holds_over_all_faces_and_says_when_to_try_again()
    {
        await As(Tenanted.Small).EmbedAsync(new V1.EmbedRequest { Items = { Text("one") } });
        using var http = Http(Tenanted.Small);
        using (var second = await PostAsync(http, "two"))
        {
            Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        }

        using var third = await PostAsync(http, "three");
        var error = await Assert.ThrowsAsync<RpcException>(async () => await As(Tenanted.Small).StatusAsync(new V1.StatusRequest()));

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var status = error.GetRpcStatus()!;
        Assert.Equal((StatusCode.ResourceExhausted, ErrorReasons.QuotaExceeded), (error.StatusCode, status.GetDetail<ErrorInfo>()!.Reason));
        Assert.Equal("RequestsPerMinute", status.GetDetail<ErrorInfo>()!.Metadata["quota"]);
        Assert.InRange(status.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan().TotalSeconds, 0.1, 60);
        Assert.Equal(2, await Sensorium.MetricAsync("gateway", "sensorium_tenant_refused_total", "tenant=\"small\""));
    }

    [Fact]
    public async Task What_was_done_for_a_tenant_is_written_down_also_where_its_stream_was_cut_off()
    {
        var picture = Pictures.Jpeg(871);
        var whole = As(Tenanted.Recorded).Caption(Question(picture));
        var events = await whole.ResponseStream.ReadAllAsync().Select(response => response.Event).ToListAsync();
        var usage = events.Single(caption => caption.Finished is not null).Finished.Usage;

        await CutOffAsync(picture);
        await Sensorium.UntilMetricAsync("gateway", "sensorium_tenant_calls_active", active => active == 0, "tenant=\"recorded\"");

        var records = await RecordsAsync("recorded", lines => lines.Any(IsCut));
        var first = records[0];
        Assert.Equal("/sensorium.v1.SensoriumService/Caption", first.GetProperty("call").GetString());
        Assert.Equal(("OK", false), (first.GetProperty("status").GetString(), first.GetProperty("cut").GetBoolean()));
        Assert.Equal(usage.GeneratedTokens, first.GetProperty("tokens_out").GetInt64());
        Assert.Equal(usage.PromptTokens + usage.FusedTokens, first.GetProperty("tokens_in").GetInt64());
        Assert.Equal("sensorium-mini", Assert.Single(first.GetProperty("models").EnumerateArray()).GetString());
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(picture));
        Assert.All(records, record => Assert.Equal(hash, Assert.Single(record.GetProperty("media").EnumerateArray()).GetString()));
        var cut = records.First(IsCut);
        Assert.Equal(("CANCELLED", ErrorReasons.Cancelled), (cut.GetProperty("status").GetString(), cut.GetProperty("reason").GetString()));
        Assert.True(cut.GetProperty("tokens_in").GetInt64() > 0);
    }

    [Fact]
    public async Task What_a_bare_graph_did_for_a_tenant_is_written_down_and_counted_by_rows()
    {
        var before = await Sensorium.MetricAsync("gateway", "sensorium_tenant_tokens_total", "tenant=\"tensors\"");
        await new V2.GRPCInferenceService.GRPCInferenceServiceClient(Invoker(Tenanted.Tensors)).ModelInferAsync(AddTwoRows());

        var record = (await RecordsAsync("tensors", lines => lines.Length > 0)).Single();
        Assert.Equal("/inference.GRPCInferenceService/ModelInfer", record.GetProperty("call").GetString());
        Assert.Equal("simple", Assert.Single(record.GetProperty("models").EnumerateArray()).GetString());
        Assert.Equal((1, 2, "OK"), (record.GetProperty("items").GetInt32(), record.GetProperty("tokens_in").GetInt64(), record.GetProperty("status").GetString()));
        Assert.Equal(before + 2, await Sensorium.MetricAsync("gateway", "sensorium_tenant_tokens_total", "tenant=\"tensors\""));
    }

    private static V2.ModelInferRequest AddTwoRows()
    {
        var request = new V2.ModelInferRequest { ModelName = "simple" };
        foreach (var name in (string[])["INPUT0", "INPUT1"])
        {
            request.Inputs.Add(new V2.ModelInferRequest.Types.InferInputTensor
            {
                Name = name,
                Datatype = "INT32",
                Shape = { 2, 16 },
                Contents = new V2.InferTensorContents { IntContents = { Enumerable.Range(0, 32) } },
            });
        }

        return request;
    }

    // The rest may have been on its way already when the caller left.
    private async Task CutOffAsync(byte[] picture)
    {
        for (var i = 0; i < 50; i++)
        {
            using var call = As(Tenanted.Recorded).Caption(Question(picture, choices: 4));
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            call.Dispose();
            await Sensorium.UntilMetricAsync("gateway", "sensorium_tenant_calls_active", active => active == 0, "tenant=\"recorded\"");
            if (await Sensorium.MetricAsync("gateway", "sensorium_tenant_calls_total", "outcome=\"cut\",tenant=\"recorded\"") > 0)
            {
                return;
            }
        }

        Assert.Fail("No stream was cut off.");
    }

    private static V1.CaptionRequest Question(byte[] picture, int choices = 1) => new()
    {
        Media = { Data(picture) },
        Parameters = new V1.GenerationParameters { N = choices, MaxNewTokens = 40, MinNewTokens = 40, Temperature = choices > 1 ? 1 : 0 },
    };

    private static bool IsCut(JsonElement record) => record.GetProperty("cut").GetBoolean();

    private async Task<JsonElement[]> RecordsAsync(string tenant, Func<JsonElement[], bool> enough)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var lines = await File.ReadAllLinesAsync(_tenanted.AuditPath, timeout.Token);
            JsonElement[] records = [.. lines.Select(line => JsonElement.Parse(line)).Where(record => record.GetProperty("tenant").GetString() == tenant)];
            if (enough(records))
            {
                return records;
            }
        }
    }

    private static async Task<string?> TryEmbedAsync(V1.SensoriumService.SensoriumServiceClient client, int call)
    {
        try
        {
            await client.EmbedAsync(new V1.EmbedRequest { Items = { Enumerable.Range(0, ItemsOfFlood).Select(i => Text($"flood {call} {i}")) } });
            return null;
        }
        catch (RpcException error)
        {
            return error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;
        }
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, string text) => http.PostAsync(
        new Uri("/v1/embeddings", UriKind.Relative),
        new StringContent($$"""{"model": "sensorium-mini", "input": "{{text}}"}""", Encoding.UTF8, "application/json"),
        TestContext.Current.CancellationToken);

    private HttpClient Http(string key) => new()
    {
        BaseAddress = Sensorium.GatewayHttp,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    private V1.SensoriumService.SensoriumServiceClient As(string key) => new(Invoker(key));

    private CallInvoker Invoker(string key) => Sensorium.Channel.Intercept(metadata =>
    {
        metadata.Add("authorization", $"Bearer {key}");
        return metadata;
    });
}
