using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

public sealed class PeerOptionsTests
{
    private readonly PeerOptions _options = new() { Text = "http://text:1", Vision = "http://vision:2", Audio = "http://audio:3", Video = "http://video:4" };

    [Fact]
    public void Every_modality_has_the_address_of_its_own_service() => Assert.All(
        ModalityTable.All, row => Assert.Equal(row.Service, new Uri(_options.AddressOf(row.Modality)).Host));

    [Theory]
    [InlineData("http://vision:1", true)]
    [InlineData("http://one:1,http://two:2", true)]
    [InlineData("https://one:1, https://two:2", true)]
    [InlineData("http://one:1,https://two:2", false)]
    [InlineData("http://one:1,", false)]
    [InlineData("http://one:1 http://two:2", false)]
    [InlineData("one:1,two:2", false)]
    public void An_address_may_be_a_list(string address, bool valid)
    {
        var result = new PeerOptionsValidator().Validate(null, new PeerOptions { Vision = address });

        Assert.Equal((valid, !valid), (result.Succeeded, result.Failed && result.FailureMessage.Contains("Sensorium:Services:Vision", StringComparison.Ordinal)));
    }

    [Fact]
    public void That_of_the_gateway_may_not() =>
        Assert.True(new PeerOptionsValidator().Validate(null, new PeerOptions { Gateway = "http://one:1,http://two:2" }).Failed);

    [Fact]
    public void What_is_no_modality_has_no_address() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _options.AddressOf((Modality)9));
}
