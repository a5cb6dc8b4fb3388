using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Media of the wire to those of the domain and back. What comes in has been through <see cref="MediaValidator"/>.</summary>
public static class MediaMapping
{
    public static MediaItem ToDomain(this V1.Media media, string itemId) => new(
        itemId,
        media.SourceCase switch
        {
            V1.Media.SourceOneofCase.Data => new InlineSource(media.Data.Memory),
            V1.Media.SourceOneofCase.Uri => new UriSource(media.Uri),
            V1.Media.SourceOneofCase.Ref => media.Ref.ToDomain(),
            _ => new TextSource(media.Text),
        },
        media.SourceCase == V1.Media.SourceOneofCase.Text ? Modality.Text : media.Modality.ToDomain(),
        media.MediaType.Length == 0 ? null : media.MediaType,
        media.Track.ToDomain(),
        media.Range?.ToDomain());

    public static ReferenceSource ToDomain(this V1.MediaReference reference) => new(
        reference.Sha256,
        reference.Holder.Length == 0 ? null : reference.Holder,
        reference.SizeBytes);

    public static TimeRange ToDomain(this V1.TimeRange range) =>
        new(range.Start?.ToTimeSpan() ?? TimeSpan.Zero, range.End?.ToTimeSpan());

    public static V1.TimeRange ToProto(this TimeRange range) => new()
    {
        Start = range.Start.ToDuration(),
        End = range.End?.ToDuration(),
    };

    /// <summary>Inline bytes are wrapped, not copied.</summary>
    public static V1.Media ToProto(this MediaItem item)
    {
        var media = new V1.Media
        {
            ItemId = item.ItemId,
            Modality = item.Modality.ToProto(),
            MediaType = item.MediaType ?? "",
            Track = item.Track.ToProto(),
            Range = item.Range?.ToProto(),
        };
        switch (item.Source)
        {
            case InlineSource inline:
                media.Data = UnsafeByteOperations.UnsafeWrap(inline.Data);
                break;
            case TextSource text:
                media.Text = text.Text;
                break;
            case UriSource uri:
                media.Uri = uri.Uri;
                break;
            case ReferenceSource reference:
                media.Ref = reference.ToProto();
                break;
        }

        return media;
    }

    public static V1.MediaReference ToProto(this ReferenceSource reference) => new()
    {
        Sha256 = reference.Sha256,
        Holder = reference.Holder ?? "",
        SizeBytes = reference.SizeBytes,
    };
}
