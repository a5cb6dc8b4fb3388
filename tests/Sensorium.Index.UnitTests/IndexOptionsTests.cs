using Xunit;

namespace Sensorium.Index.UnitTests;

public sealed class IndexOptionsTests
{
    [Fact]
    public void The_defaults_are_right() => Assert.True(new IndexOptionsValidator().Validate(null, new IndexOptions()).Succeeded);

    [Fact]
    public void All_faults_are_named_together()
    {
        var options = new IndexOptions
        {
            Store = "papyrus",
            Folder = " ",
            MaxVectorBytes = 0,
            MaxPageSize = 0,
            MaxHits = -1,
            BatchItems = 0,
            MaxContentBytes = 0,
            OverloadPatience = TimeSpan.FromSeconds(-1),
        };

        var failures = new IndexOptionsValidator().Validate(null, options).Failures!.ToArray();

        Assert.Equal(8, failures.Length);
        Assert.All(failures, failure => Assert.StartsWith("Sensorium:Index:", failure, StringComparison.Ordinal));
        Assert.Contains("\"papyrus\"; it must be one of embedded", failures[0], StringComparison.Ordinal);
    }
}
