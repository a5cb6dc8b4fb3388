using Microsoft.Extensions.Configuration;
using Sensorium.Core.Media;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

public sealed class ListeningTests
{
    private const string OfServices = "fedcba9876543210";

    [Theory]
    [InlineData("*", "", false, 1)]
    [InlineData("0.0.0.0", "", false, 1)]
    [InlineData("::", "", false, 1)]
    [InlineData("10.1.2.3", "", false, 1)]
    [InlineData("*", OfServices, false, 0)]
    [InlineData("*", "", true, 0)]
    [InlineData("127.0.0.1", "", false, 0)]
    [InlineData("::1", "", false, 0)]
    public void An_address_that_others_reach_needs_a_key_or_the_word_that_none_is_meant(string address, string key, bool anonymous, int faults)
    {
        var found = Validate(ServiceProfile.Encoder(Modality.Image), new() { Address = address, AllowAnonymous = anonymous }, key);

        Assert.Equal(faults, found.Length);
        Assert.All(found, fault => Assert.Contains("Sensorium:Host:AllowAnonymous", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void The_key_of_services_is_none_for_the_callers_of_the_gateway() =>
        Assert.Contains("Sensorium:Host:ApiKeys", Assert.Single(Validate(ServiceProfile.Gateway, new() { Address = "*" }, OfServices)), StringComparison.Ordinal);

    [Theory]
    [InlineData("", 1)]
    [InlineData(OfServices, 0)]
    public void A_gateway_with_keys_and_services_elsewhere_needs_their_key(string key, int faults)
    {
        var found = Validate(
            ServiceProfile.Gateway, new() { ApiKeys = { "0123456789abcdef" } }, key, ("Sensorium:Services:Vision", "http://127.0.0.1:7102"));

        Assert.Equal(faults, found.Length);
        Assert.All(found, fault => Assert.Contains("Sensorium:Services:ApiKey", fault, StringComparison.Ordinal));
    }

    private static string[] Validate(ServiceProfile profile, HostingOptions options, string key, params (string Name, string Value)[] others)
    {
        var settings = others.Append(("Sensorium:Services:ApiKey", key)).Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2));
        (options.GrpcPort, options.HttpPort) = (1, 2);
        var validator = new HostingOptionsValidator(profile, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return [.. validator.Validate(null, options).Failures ?? []];
    }
}
