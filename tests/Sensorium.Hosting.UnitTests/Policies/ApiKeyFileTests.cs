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
    }

    [Fact]
    public void A_file_without_keys_lets_nobody_in()
    {
        Write("", minute: 1);
        var keys = Create();

        Assert.True(keys.AreAskedFor);
        Assert.Null(keys.Identify(""));
    }

    public void Dispose() => File.Delete(_path);

    private ApiKeys Create() =>
        new(Options.Create(new HostingOptions { ApiKeysPath = _path }), Options.Create(new PeerOptions()), Options.Create(new TenantsOptions()), ServiceProfile.Gateway, _time);

    private void Write(string text, int minute)
    {
        File.WriteAllText(_path, text);
        File.SetLastWriteTimeUtc(_path, new DateTime(2026, 1, 1, 0, minute, 0, DateTimeKind.Utc));
    }
}
