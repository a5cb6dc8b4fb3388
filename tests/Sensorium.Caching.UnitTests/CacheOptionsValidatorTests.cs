using Xunit;

namespace Sensorium.Caching.UnitTests;

public sealed class CacheOptionsValidatorTests
{
    private readonly CacheOptionsValidator _validator = new();

    [Fact]
    public void The_defaults_are_good() => Assert.True(_validator.Validate(null, new CacheOptions()).Succeeded);

    [Fact]
    public void Every_wrong_setting_is_reported_by_its_key_and_value()
    {
        var result = _validator.Validate(null, new CacheOptions { MemoryBytes = -1, MaxValueBytes = 0, Timeout = TimeSpan.Zero });

        Assert.True(result.Failed);
        Assert.Equal(3, result.Failures!.Count());
        Assert.Contains(result.Failures!, failure => failure.StartsWith("Sensorium:Cache:MemoryBytes is -1;", StringComparison.Ordinal));
        Assert.Contains(result.Failures!, failure => failure.StartsWith("Sensorium:Cache:Timeout is 00:00:00;", StringComparison.Ordinal));
    }
}
