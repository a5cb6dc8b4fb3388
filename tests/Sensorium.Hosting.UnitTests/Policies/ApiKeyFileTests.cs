using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

public sealed class ApiKeyFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_file_that_changes_is_read_again()
    {
        Write("# keys\nfirst-key-0000000\n", minute: 1);
        var keys = Create();
        Assert.NotNull(keys.Identify("first-key-0000000"));
        Assert.Null(keys.Identify("# keys"));

        Write("second-key-000000\n", minute: 2);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(keys.Identify("first-key-0000000"));
        Assert.NotNull(keys.Identify("second-key-000000"));

        // As half written.
        Write("sec\n", minute: 3);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(keys.Identify("sec"));
        Assert.NotNull(keys.Identify("second-key-000000"));
    }

    [Fact]
    public void A_file_without_keys_lets_nobody_in()
    {
        Write("", minute: 1);
        var keys = Create();

        Assert.True(keys.AreAskedFor);
        Assert.Null(keys.Identify(""));
    }

    [Fact]
    public void A_key_of_administrators_is_replaced_without_a_restart()
    {
        Write("first-key-0000000\n", minute: 1);
        var keys = Create(new HostingOptions { AdminKeysPath = _path, ApiKeys = { "callers-0123456789" } });
        Assert.True(keys.Identify("first-key-0000000")!.Manages);
        Assert.False(keys.Identify("callers-0123456789")!.Manages);

        Write("second-key-000000\n", minute: 2);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(keys.Identify("first-key-0000000"));
        Assert.True(keys.Identify("second-key-000000")!.Manages);
    }

    [Fact]
    public void Of_the_keys_of_services_the_first_is_brought_and_all_are_known()
    {
        Write("# theirs\nfirst-key-0000000\nsecond-key-000000\n", minute: 1);
        var services = new ServiceKeys(Options.Create(new PeerOptions { ApiKeyPath = _path }), _time, NullLogger<ServiceKeys>.Instance);
        var keys = Create(new HostingOptions(), services);
        Assert.Equal("first-key-0000000", services.Brought);
        Assert.True(keys.Identify("second-key-000000")!.IsService);

        Write("second-key-000000\n", minute: 2);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("second-key-000000", services.Brought);
        Assert.False(keys.Identify("first-key-0000000") is { IsService: true });

        // As while it is written.
        Write("", minute: 3);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("second-key-000000", services.Brought);
    }

    [Theory]
    [InlineData("short\n", "at least 16 characters", "short")]
    [InlineData("# nothing\n", "has no key", "nothing")]
    public void A_file_of_services_that_cannot_be_right_is_told_at_start_and_not_shown(string text, string message, string secret)
    {
        Write(text, minute: 1);

        var result = new PeerOptionsValidator().Validate(null, new PeerOptions { ApiKeyPath = _path });

        var fault = Assert.Single(result.Failures!);
        Assert.Contains("Sensorium:Services:ApiKeyPath", fault, StringComparison.Ordinal);
        Assert.Contains(message, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_services_is_set_in_one_place()
    {
        Write("first-key-0000000\n", minute: 1);

        var result = new PeerOptionsValidator().Validate(null, new PeerOptions { ApiKeyPath = _path, ApiKey = "other-key-0000000" });

        Assert.Contains("ApiKey and ApiKeyPath are both set", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);

    private ApiKeys Create() => Create(new HostingOptions { ApiKeysPath = _path });

    private ApiKeys Create(HostingOptions options, ServiceKeys? services = null) => new(
        Options.Create(options),
        services ?? new ServiceKeys(Options.Create(new PeerOptions()), _time, NullLogger<ServiceKeys>.Instance),
        Options.Create(new TenantsOptions()),
        ServiceProfile.Gateway,
        _time);

    private void Write(string text, int minute)
    {
        File.WriteAllText(_path, text);
        File.SetLastWriteTimeUtc(_path, new DateTime(2026, 1, 1, 0, minute, 0, DateTimeKind.Utc));
    }
}
