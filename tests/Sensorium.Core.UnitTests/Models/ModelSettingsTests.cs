using Microsoft.Extensions.Configuration;
using Sensorium.Core.Encoding;
using Sensorium.Core.Models;
using Xunit;

namespace Sensorium.Core.UnitTests.Models;

public sealed class ModelSettingsTests
{
    [Fact]
    public void Settings_of_a_model_are_bound_by_its_id()
    {
        var options = Bind(
            ("Sensorium:Models:Settings:mini-lm:Aliases:0", "small"),
            ("Sensorium:Models:Settings:mini-lm:Variant", "fp16"),
            ("Sensorium:Models:Settings:mini-lm:Variants:decoder", "q4"),
            ("Sensorium:Models:Settings:mini-lm:Threads", "2"),
            ("Sensorium:Models:Settings:mini-lm:IdleUnload", "00:05:00"),
            ("Sensorium:Models:Defaults:embed", "mini-lm"));

        var settings = options.Of("mini-lm");
        Assert.Equal(["small"], settings.Aliases);
        Assert.Equal(("fp16", "q4", 2), (settings.Variant, settings.Variants["decoder"], settings.Threads));
        Assert.Equal(TimeSpan.FromMinutes(5), settings.IdleUnload);
        Assert.Equal("mini-lm", options.Defaults["Embed"]);
        Assert.True(options.Of("other").LoadAtStart);
    }

    [Theory]
    [InlineData("Sensorium:Models:Defaults:paint", "x", "Sensorium:Models:Defaults:paint")]
    [InlineData("Sensorium:Models:Settings:a:IdleUnload", "-00:00:01", "Sensorium:Models:Settings:a:IdleUnload")]
    [InlineData("Sensorium:Models:Settings:a:Aliases:0", " ", "Sensorium:Models:Settings:a:Aliases")]
    [InlineData("Sensorium:Models:Settings:a:Aliases:1", "twice", "\"twice\"")]
    public void A_setting_that_cannot_be_is_refused_by_its_key(string key, string value, string named)
    {
        var options = Bind(("Sensorium:Models:Settings:b:Aliases:0", "twice"), (key, value));

        Assert.Contains(named, new ModelsOptionsValidator().Validate(null, options).FailureMessage);
    }

    [Theory]
    [InlineData("id", "id", null)]
    [InlineData("id@rev", "id", "rev")]
    [InlineData("a@b@c", "a@b", "c")]
    [InlineData("@x", "@x", null)]
    public void A_name_may_pin_the_revision(string name, string id, string? revision) =>
        Assert.Equal(new ModelSelector(id, revision), ModelSelector.Parse(name));

    private static ModelsOptions Bind(params (string Key, string Value)[] settings)
    {
        var options = new ModelsOptions();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build()
            .GetSection(ModelsOptions.Section).Bind(options);
        return options;
    }
}
