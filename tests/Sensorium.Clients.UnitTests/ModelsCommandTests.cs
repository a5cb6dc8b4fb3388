using System.Text.Json;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class ModelsCommandTests : GatewayFixture
{
    [Fact]
    public async Task List_shows_each_part_of_each_model_and_why_one_is_not_served()
    {
        Gateway.Models.Listed.Models.Add(new ModelInfo
        {
            Id = "mini-lm",
            Family = "bert",
            License = "apache-2.0",
            SizeBytes = 90_000_000,
            Languages = { "en" },
            Parts = { new ModelPart { Service = "text", Task = ModelTask.Embed, State = ModelState.Loaded, MemoryBytes = 95_000_000 } },
        });
        Gateway.Models.Listed.Models.Add(new ModelInfo { Id = "broken", Reason = "config.json cannot be read" });

        var (exitCode, output, _) = await RunAsync("models", "list");

        Assert.Equal(0, exitCode);
        string[] rows = [.. output.Split(Environment.NewLine).Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Contains("mini-lm bert text embed loaded 90 MB 95 MB apache-2.0 en", rows);
        Assert.Contains("broken failed config.json cannot be read", rows);
    }

    [Fact]
    public async Task Columns_of_the_list_stand_below_their_heads_whatever_the_reasons_say()
    {
        var reason = "the first line\nand " + new string('x', 300);
        Gateway.Models.Listed.Models.Add(new ModelInfo { Id = "a-model-of-a-long-name", Family = "f", Reason = reason });
        Gateway.Models.Listed.Models.Add(new ModelInfo { Id = "b", Family = "f", License = "mit", Parts = { new ModelPart { Service = "text", State = ModelState.Failed, Reason = reason } } });
        Gateway.Models.Listed.Models.Add(new ModelInfo { Id = "c", Family = "f", License = "mit", Parts = { new ModelPart { Service = "text", State = ModelState.Loaded } } });

        var (_, output, _) = await RunAsync("models", "list");

        string[] lines = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines[1..], line => Assert.Equal('f', line[lines[0].IndexOf("family", StringComparison.Ordinal)]));
        Assert.All(lines[2..], line => Assert.StartsWith("text", line[lines[0].IndexOf("service", StringComparison.Ordinal)..], StringComparison.Ordinal));
        Assert.All(lines[2..], line => Assert.StartsWith("mit", line[lines[0].IndexOf("licence", StringComparison.Ordinal)..], StringComparison.Ordinal));
        Assert.All(lines[1..3], line => Assert.StartsWith("the first line and xxx", line[lines[0].IndexOf("reason", StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_as_json_has_one_object_for_each_model()
    {
        Gateway.Models.Listed.Models.Add(new ModelInfo { Id = "a", Parts = { new ModelPart { Service = "text", State = ModelState.Idle } } });

        var (_, output, _) = await RunAsync("models", "list", "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal("a", json.RootElement.GetProperty("id").GetString());
        Assert.Equal("idle", json.RootElement.GetProperty("parts")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Check_shows_what_a_model_is_and_how_soon_it_is_ready()
    {
        Gateway.Models.Checked.Checks.Add(new ModelPartCheck
        {
            Part = new ModelPart { Service = "text", Task = ModelTask.Embed, State = ModelState.Loaded, Model = new ModelRef { Variant = "fp16", Device = "cpu" } },
            ReadyAfter = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(0.5)),
        });

        var (exitCode, output, error) = await RunAsync("models", "check", "mini-lm");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(["mini-lm", "family: bert", "licence: mit", "text (embed): fp16 on cpu, ready after 0.50 s", ""], output.Split(Environment.NewLine));
    }

    [Fact]
    public async Task Check_has_one_reason_a_line_and_an_exit_status_of_1()
    {
        Gateway.Models.Checked.Checks.Add(new ModelPartCheck { Part = new ModelPart { Service = "text", Task = ModelTask.Embed, State = ModelState.Failed, Reason = "no\nweights" }, ReadyAfter = new() });
        Gateway.Models.Checked.Checks.Add(new ModelPartCheck { Part = new ModelPart { Service = "vision", Task = ModelTask.Embed, State = ModelState.Failed, Reason = "no graph" }, ReadyAfter = new() });

        var (exitCode, _, error) = await RunAsync("models", "check", "mini-lm");

        Assert.Equal(1, exitCode);
        Assert.Equal(["sensorium: text (embed): no weights", "sensorium: vision (embed): no graph", ""], error.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("unload")]
    public async Task Each_step_is_a_line(string change)
    {
        Gateway.Models.Steps.Add(new ModelPart { Service = "text", Task = ModelTask.Embed, State = ModelState.Unloading });
        Gateway.Models.Steps.Add(new ModelPart { Service = "text", Task = ModelTask.Embed, State = ModelState.Unloaded });

        var (exitCode, output, _) = await RunAsync("models", change, "mini-lm");

        Assert.Equal(0, exitCode);
        Assert.Equal(["text (embed): unloading", "text (embed): unloaded", ""], output.Split(Environment.NewLine));
        Assert.Equal($"{change} mini-lm", Assert.Single(Gateway.Models.Asked));
    }

    [Fact]
    public async Task A_service_that_cannot_load_its_part_is_an_exit_status_of_1_and_its_reason()
    {
        Gateway.Models.Steps.Add(new ModelPart { Service = "text", Task = ModelTask.Embed, State = ModelState.Failed, Reason = "no weights" });

        var (exitCode, output, _) = await RunAsync("models", "load", "mini-lm");

        Assert.Equal(1, exitCode);
        Assert.Contains("text (embed): failed: no weights", output, StringComparison.Ordinal);
    }
}
