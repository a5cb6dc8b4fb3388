using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Xunit;

namespace Sensorium.Core.UnitTests.Modalities;

public sealed class ModalityTableTests
{
    [Fact]
    public void Every_modality_has_one_row() =>
        Assert.Equal(Enum.GetValues<Modality>().Order(), ModalityTable.All.Select(row => row.Modality).Order());

    [Fact]
    public void Names_and_numbers_are_never_shared()
    {
        Assert.Distinct(ModalityTable.All.Select(row => row.Name));
        Assert.Distinct(ModalityTable.All.Select(row => row.Service));
        Assert.Distinct(ModalityTable.All.Select(row => row.WireNumber));
        Assert.Distinct(ModalityTable.All.Select(row => row.GrpcPort));
    }

    [Theory]
    [InlineData((Modality)0)]
    [InlineData((Modality)5)]
    public void What_is_no_modality_is_refused_and_never_taken_for_another(Modality unknown)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ModalityTable.Of(unknown));
        Assert.Null(ModalityTable.OfWireNumber((int)unknown));
    }

    [Theory]
    [InlineData("vision", "image", "Vision")]
    [InlineData("text", "text", "Text")]
    public void A_service_has_its_modality_and_its_section(string service, string name, string section)
    {
        var row = ModalityTable.OfService(service);

        Assert.Equal((name, section), (row?.Name, row?.Section));
    }

    [Fact]
    public void Every_track_has_one_row_of_its_owner() => Assert.Equal(
        Enum.GetValues<MediaTrack>().Where(track => track != MediaTrack.Default).Order(),
        ModalityTable.All.SelectMany(row => TrackTable.ImpliedBy(row.Modality)).Select(row => row.Track).Order());

    [Theory]
    [InlineData(Modality.Video, MediaTrack.Frames, Modality.Video)]
    [InlineData(Modality.Video, MediaTrack.Audio, Modality.Audio)]
    [InlineData(Modality.Video, MediaTrack.Subtitles, Modality.Text)]
    [InlineData(Modality.Video, MediaTrack.Default, Modality.Video)]
    [InlineData(Modality.Image, MediaTrack.Default, Modality.Image)]
    [InlineData(Modality.Image, MediaTrack.Audio, null)]
    [InlineData(Modality.Video, (MediaTrack)9, null)]
    public void A_track_goes_to_the_encoder_of_its_kind(Modality modality, MediaTrack track, Modality? encoder) =>
        Assert.Equal(encoder, TrackTable.EncoderOf(modality, track));

    [Fact]
    public void An_encoder_takes_the_medium_itself_and_the_tracks_of_its_kind() =>
        Assert.Equal([MediaTrack.Default, MediaTrack.Subtitles], TrackTable.TakenBy(Modality.Text));
}
