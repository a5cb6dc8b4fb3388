using System.Security.Cryptography;
using System.Text.Json;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

public sealed class AuditTests : IDisposable
{
    private const string Key = "search-0123456789ab";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-audit-");

    private string PathOfFile => Path.Combine(_folder.FullName, "audit.jsonl");

    [Fact]
    public async Task A_record_says_who_asked_what_of_which_model_and_how_it_ended()
    {
        byte[] picture = [1, 2, 3];
        await using (var host = await StartAsync())
        {
            host.Encoder.Answer = (item, _) => Task.FromResult(
                new EncodeOutcome(item.ItemId) { Encoded = Samples.Encoded(), Usage = new EncodeUsage(49, 1, null) });
            await host.Client.EncodeAsync(Request(picture), WithKey());
            await host.App.StopAsync();
        }

        var line = Assert.Single(await File.ReadAllLinesAsync(PathOfFile));
        var record = JsonElement.Parse(line);
        Assert.Equal("search", record.GetProperty("tenant").GetString());
        Assert.Equal("/sensorium.v1.EncoderService/Encode", record.GetProperty("call").GetString());
        Assert.Equal(("grpc", "OK", false), (record.GetProperty("protocol").GetString(), record.GetProperty("status").GetString(), record.GetProperty("cut").GetBoolean()));
        Assert.Equal(Samples.Model.Id, Assert.Single(record.GetProperty("models").EnumerateArray()).GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(picture)), Assert.Single(record.GetProperty("media").EnumerateArray()).GetString());
        Assert.Equal((1, 49, 0), (record.GetProperty("items").GetInt32(), record.GetProperty("tokens_in").GetInt64(), record.GetProperty("tokens_out").GetInt64()));
        Assert.False(record.TryGetProperty("reason", out _));
        Assert.DoesNotContain(Key, line, StringComparison.Ordinal);
        Assert.NotEqual("", record.GetProperty("key").GetString());
    }

    [Fact]
    public void A_stream_of_many_media_has_a_bounded_record()
    {
        var record = new CallRecord();
        for (var i = 0; i < CallRecord.MostMedia + 10; i++)
        {
            record.AddMedium($"{i:x64}");
        }

        Assert.Equal(CallRecord.MostMedia, record.Media.Length);
    }

    [Fact]
    public async Task A_failure_has_its_reason_and_a_stream_that_was_cut_off_has_a_record()
    {
        await using (var host = await StartAsync())
        {
            host.Encoder.Answer = (_, _) => throw SensoriumException.Overloaded("busy", TimeSpan.FromSeconds(1));
            await Assert.ThrowsAsync<RpcException>(async () => await host.Client.EncodeAsync(Request([1]), WithKey()));
            var reached = new TaskCompletionSource();
            host.Encoder.Answer = async (_, cancellationToken) =>
            {
                reached.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return null!;
            };
            using (var call = host.Client.EncodeStream(WithKey()))
            {
                await call.RequestStream.WriteAsync(new V1.EncodeStreamRequest { Item = Request([2]).Items[0] });
                await reached.Task;
            }

            await host.App.StopAsync();
        }

        var records = (await File.ReadAllLinesAsync(PathOfFile)).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal(
            [("RESOURCE_EXHAUSTED", ErrorReasons.Overloaded, false), ("CANCELLED", ErrorReasons.Cancelled, true)],
            records.Select(record => (record.GetProperty("status").GetString()!, record.GetProperty("reason").GetString()!, record.GetProperty("cut").GetBoolean())));
        Assert.Equal(1, records[1].GetProperty("items").GetInt32());
    }

    [Fact]
    public async Task Who_is_not_let_in_and_health_have_no_record_and_a_file_that_was_moved_away_is_begun_anew()
    {
        await using var host = await StartAsync();
        await Assert.ThrowsAsync<RpcException>(async () => await host.Client.EncodeAsync(Request([1])));
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri($"{host.HttpAddress}/health/live"));
        await host.Client.EncodeAsync(Request([1]), WithKey());
        await UntilLinesAsync(1);
        File.Move(PathOfFile, $"{PathOfFile}.1");

        await host.Client.EncodeAsync(Request([1]), WithKey());
        await UntilLinesAsync(1);

        Assert.Single(await File.ReadAllLinesAsync($"{PathOfFile}.1"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_to_is_told_at_start()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => EncoderHost.StartAsync(new() { ["Sensorium:Audit:Path"] = "/no/such/folder/audit.jsonl" }));

        Assert.Contains("Sensorium:Audit:Path cannot be written to", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<EncoderHost> StartAsync() => EncoderHost.StartAsync(
        new() { ["Sensorium:Tenants:search:Keys:0"] = Key, ["Sensorium:Audit:Path"] = PathOfFile }, services => services.AccountForModels());

    private async Task UntilLinesAsync(int count)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(PathOfFile) || (await File.ReadAllLinesAsync(PathOfFile, timeout.Token)).Length < count)
        {
            await Task.Yield();
        }
    }

    private static Metadata WithKey() => new() { { "authorization", $"Bearer {Key}" } };

    private static V1.EncodeRequest Request(byte[] bytes) =>
        new() { Items = { new V1.Media { ItemId = "a", Data = Google.Protobuf.ByteString.CopyFrom(bytes), Modality = V1.Modality.Image } } };
}
