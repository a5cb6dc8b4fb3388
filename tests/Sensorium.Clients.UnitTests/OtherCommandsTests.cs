using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Sensorium.Testing.Shared.Certificates;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class OtherCommandsTests : GatewayFixture
{
    [Fact]
    public async Task Embed_writes_the_first_components_of_each_vector()
    {
        Gateway.OnEmbed = request => Answer(request, _ => new EncodedMedia { Embedding = Events.Vector(0.5f, -0.25f) });

        var (exitCode, output, _) = await RunAsync("embed", WriteFile("a.png", [1]), "--text", "a cat");

        Assert.Equal(0, exitCode);
        Assert.Equal(["1. a.png: 2 dimensions: 0.5000 -0.2500 …", "2. a cat: 2 dimensions: 0.5000 -0.2500 …", ""], output.Split(Environment.NewLine));
    }

    // The gateway takes ids of at most 256 characters.
    [Fact]
    public async Task A_long_text_is_sent_whole_and_named_by_its_beginning()
    {
        var sent = new EmbedRequest();
        Gateway.OnEmbed = request => Answer(sent = request, _ => new EncodedMedia { Embedding = Events.Vector(1) });
        var text = new string('a', 59) + "\U0001F600" + new string('b', 500);

        var (exitCode, output, _) = await RunAsync("embed", $"text:{text}", "--text", text);

        Assert.Equal(0, exitCode);
        Assert.All(sent.Items, item => Assert.Equal(text, item.Text));
        Assert.All(sent.Items, item => Assert.InRange(item.ItemId.Length, 1, 70));
        Assert.Contains($"2. {new string('a', 59)}…: 1 dimensions", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_as_json_has_the_whole_vector()
    {
        Gateway.OnEmbed = request => Answer(request, _ => new EncodedMedia { Embedding = Events.Vector(1, 2, 3) });

        var (_, output, _) = await RunAsync("embed", "--text", "x", "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal([1, 2, 3], json.RootElement.GetProperty("embedding").EnumerateArray().Select(value => value.GetInt32()));
        Assert.Equal("space", json.RootElement.GetProperty("space_id").GetString());
    }

    [Fact]
    public async Task Embed_fails_if_one_item_failed_and_still_shows_the_others()
    {
        Gateway.OnEmbed = request => Answer(request, item => item.Text == "bad" ? null : new EncodedMedia { Embedding = Events.Vector(1) });

        var (exitCode, output, error) = await RunAsync("embed", "--text", "bad", "--text", "good");

        Assert.Equal(1, exitCode);
        Assert.Contains("2. good", output, StringComparison.Ordinal);
        Assert.Contains("1. bad: UNDECODABLE_MEDIA: broken", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_is_not_known_is_told_with_what_to_do()
    {
        using var files = new CertificateFiles();
        files.Renew();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(X509Certificate2.CreateFromPemFile(files.CertificatePath, files.KeyPath))));
        builder.WebHost.UseUrls();
        await using var app = builder.Build();
        await app.StartAsync(TestEnd);

        var (exitCode, _, error) = await RunAtAsync(app.Urls.First(), TestEnd, "status");

        Assert.Equal(3, exitCode);
        Assert.Contains("the gateway's certificate is not believed", error, StringComparison.Ordinal);
        Assert.Contains("SSL_CERT_FILE", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_may_be_named()
    {
        var (embedded, compared) = (new EmbedRequest(), new CompareRequest());
        Gateway.OnEmbed = request => Answer(embedded = request, _ => new EncodedMedia { Embedding = Events.Vector(1) });
        Gateway.OnCompare = request =>
        {
            compared = request;
            return new CompareResponse { Similarities = Events.Vector(0.25f) };
        };

        await RunAsync("embed", "--text", "x", "--model", "minilm");
        await RunAsync("compare", "text:a", "text:b", "-m", "clip");

        Assert.Equal(("minilm", "clip"), (embedded.Options.Model.Id, compared.Model.Id));
    }

    [Fact]
    public async Task Embed_without_anything_to_embed_is_a_usage_error()
    {
        var (exitCode, _, error) = await RunAsync("embed");

        Assert.Equal(2, exitCode);
        Assert.Contains("embed needs a medium, or --text", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_writes_the_similarity()
    {
        Gateway.OnCompare = _ => new CompareResponse { Similarities = Events.Vector(0.25f) };

        var (exitCode, output, _) = await RunAsync("compare", "text:a", "text:a");

        Assert.Equal((0, $"0.2500{Environment.NewLine}"), (exitCode, output));
        var request = Assert.Single(Gateway.Compares);
        Assert.NotEqual(Assert.Single(request.Left).ItemId, Assert.Single(request.Right).ItemId);
    }

    [Fact]
    public async Task Status_lists_services_and_fails_if_one_is_not_ready()
    {
        Gateway.OnStatus = () => new StatusResponse
        {
            Version = "1.2",
            Services = { new ServiceStatus { Name = "vision", Ready = true, Address = "in-process" }, new ServiceStatus { Name = "audio", Detail = "no model" } },
        };

        var (exitCode, output, _) = await RunAsync("status", "--api-key", "secret");

        Assert.Equal(3, exitCode);
        Assert.Contains("Sensorium 1.2", output, StringComparison.Ordinal);
        Assert.Contains("no: no model", output, StringComparison.Ordinal);
        Assert.Equal("Bearer secret", Gateway.Authorization);
    }

    [Fact]
    public async Task Status_waits_until_the_health_check_says_serving()
    {
        Gateway.Health.NotServing = 2;

        var (exitCode, _, _) = await RunAsync("status", "--wait", "60");

        Assert.Equal((0, 3), (exitCode, Gateway.Health.Checks));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said_in_one_line()
    {
        using var error = new StringWriter();
        using var console = new Sensorium.Cli.CliConsole(TextWriter.Null, error, interactive: false);

        var exitCode = await Sensorium.Cli.Cli.RunAsync(["status", "--address", "127.0.0.1:1"], console, TestEnd);

        Assert.Equal(3, exitCode);
        Assert.StartsWith("sensorium: no Sensorium gateway answers there", error.ToString(), StringComparison.Ordinal);
    }

    private static EmbedResponse Answer(EmbedRequest request, Func<Media, EncodedMedia?> encode) => new()
    {
        SpaceId = "space",
        Results =
        {
            request.Items.Select(item => encode(item) is { } encoded
                ? new EncodeResult { ItemId = item.ItemId, Encoded = encoded }
                : new EncodeResult { ItemId = item.ItemId, Error = new ErrorStatus { Reason = "UNDECODABLE_MEDIA", Message = "broken" } }),
        },
    };
}
