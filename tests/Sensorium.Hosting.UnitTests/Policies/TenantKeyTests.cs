using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

public sealed class TenantKeyTests : IDisposable
{
    private const string OfHost = "host-0123456789abcd";
    private const string OfSearch = "search-0123456789ab";
    private const string OfServices = "services-0123456789";

    private readonly string _path = Path.GetTempFileName();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_key_says_whose_a_call_is()
    {
        var keys = Create(("search:Keys:0", OfSearch), ("Search:Weight", "3"), ("default:Weight", "2"));

        Assert.Equal(new Tenant("search", 3), keys.Identify(OfSearch)!.Tenant);
        Assert.Equal(new Tenant("default", 2), keys.Identify(OfHost)!.Tenant);
        Assert.True(keys.Identify(OfServices)!.IsService);
        Assert.Null(keys.Identify("somebody-0123456789"));
        Assert.False(keys.Identify(OfSearch)!.IsService);
    }

    [Fact]
    public void Keys_of_a_tenants_file_are_replaced_without_a_restart_and_its_uploads_stay_its_own()
    {
        Write("first-key-0000000\nother-key-0000000\n", minute: 1);
        var keys = Create(("search:KeysPath", _path));
        var first = keys.Identify("first-key-0000000")!;
        Assert.Equal("search", first.Tenant.Name);

        Write("second-key-000000\n", minute: 2);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(keys.Identify("first-key-0000000"));
        var second = keys.Identify("second-key-000000")!;
        Assert.Equal((first.Id, first.Tenant), (second.Id, second.Tenant));
        Assert.NotEqual(first.KeyId, second.KeyId);
    }

    [Fact]
    public void Keys_of_no_tenant_share_no_uploads()
    {
        var keys = new ApiKeys(
            Options.Create(new HostingOptions { ApiKeys = { OfHost, "another-0123456789" } }),
            ServicesOf(new PeerOptions()),
            Options.Create(new TenantsOptions()),
            ServiceProfile.Gateway,
            _time);

        Assert.NotEqual(keys.Identify(OfHost)!.Id, keys.Identify("another-0123456789")!.Id);
    }

    [Theory]
    [InlineData("search:Keys:0", "short", "at least 16 characters")]
    [InlineData("search:Weight", "0", "Weight must lie above 0")]
    [InlineData("search:Weight", "NaN", "Weight must lie above 0")]
    [InlineData("search:MaxConcurrency", "-1", "must not be negative")]
    [InlineData("search:KeysPath", "/no/such/file", "there is no file")]
    [InlineData("se arch:Keys:0", OfSearch, "a tenant's name has")]
    [InlineData("search:TokensPerMinute", "5", "nobody belongs to it")]
    [InlineData("search:Keys:0", OfHost, "have a key in common")]
    public void What_cannot_be_right_is_named(string setting, string value, string message)
    {
        var validator = new TenantsOptionsValidator(Options.Create(new HostingOptions { ApiKeys = { OfHost } }));

        var result = validator.Validate(null, TenantsOptions.Read(Configuration((setting, value))));

        Assert.Contains(result.Failures!, failure => failure.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain(OfHost, result.FailureMessage, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);

    private ApiKeys Create(params (string Key, string Value)[] settings) => new(
        Options.Create(new HostingOptions { ApiKeys = { OfHost } }),
        ServicesOf(new PeerOptions { ApiKey = OfServices }),
        Options.Create(TenantsOptions.Read(Configuration(settings))),
        ServiceProfile.Gateway,
        _time);

    private ServiceKeys ServicesOf(PeerOptions options) => new(Options.Create(options), _time, NullLogger<ServiceKeys>.Instance);

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{TenantsOptions.Root}:{setting.Key}", (string?)setting.Value)))
        .Build();

    private void Write(string text, int minute)
    {
        File.WriteAllText(_path, text);
        File.SetLastWriteTimeUtc(_path, new DateTime(2026, 1, 1, 0, minute, 0, DateTimeKind.Utc));
    }
}
