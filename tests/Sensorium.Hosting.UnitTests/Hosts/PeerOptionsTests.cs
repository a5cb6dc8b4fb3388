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

    [Fact]
    public void What_is_no_modality_has_no_address() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _options.AddressOf((Modality)9));
}
