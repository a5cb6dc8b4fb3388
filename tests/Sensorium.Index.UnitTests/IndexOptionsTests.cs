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
            SearchEffort = 0,
        };

        var failures = new IndexOptionsValidator().Validate(null, options).Failures!.ToArray();

        Assert.Equal(9, failures.Length);
        Assert.All(failures, failure => Assert.StartsWith("Sensorium:Index:", failure, StringComparison.Ordinal));
        Assert.Contains("\"papyrus\"; it must be one of embedded, redis, postgres", failures[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_does_not_depend_on_where_a_process_is_started()
    {
        const string Variable = "XDG_DATA_HOME";
        var before = Environment.GetEnvironmentVariable(Variable);
        try
        {
            Environment.SetEnvironmentVariable(Variable, "/not/made/yet");

            Assert.Equal("/not/made/yet/sensorium/index", new IndexOptions().Folder);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    [Theory]
    [InlineData("redis", "RedisConnection is empty")]
    [InlineData("postgres", "PostgresConnection is empty")]
    public void A_store_elsewhere_needs_its_address(string store, string failure) =>
        Assert.Contains(failure, new IndexOptionsValidator().Validate(null, new IndexOptions { Store = store }).FailureMessage, StringComparison.Ordinal);
}
