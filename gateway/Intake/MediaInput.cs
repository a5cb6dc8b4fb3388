using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Intake;

/// <summary>One medium as a face read it from its request: an item, or what is wrong with the way it was written.</summary>
/// <param name="Field">Where it is in the request, as "media[1]".</param>
/// <param name="ItemId">The caller's; empty lets the place name it.</param>
internal sealed record MediaInput(string Field, string ItemId)
{
    /// <summary>Null if <see cref="Error"/> is set. Its own id is filled in by the intake.</summary>
    public MediaItem? Item { get; private init; }

    public SensoriumException? Error { get; private init; }

    /// <summary>What <paramref name="map"/> throws concerns this medium alone, not the request.</summary>
    /// <param name="field">Where the medium is in the request.</param>
    /// <param name="itemId">The caller's, or empty.</param>
    /// <param name="map">From the wire to the domain.</param>
    public static MediaInput Read(string field, string itemId, Func<MediaItem> map)
    {
        try
        {
            return new MediaInput(field, itemId) { Item = map() };
        }
        catch (SensoriumException error)
        {
            return new MediaInput(field, itemId) { Error = error };
        }
    }

    /// <summary>Words, as labels and prompts bring them.</summary>
    public static MediaInput OfText(string field, string text) =>
        new(field, "") { Item = new MediaItem("", new TextSource(text), Modality.Text) };
}
