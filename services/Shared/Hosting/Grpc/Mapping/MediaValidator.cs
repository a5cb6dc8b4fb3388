using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Checks what a caller wrote about one medium, before anything is done with it. Names the field.</summary>
public static class MediaValidator
{
    /// <exception cref="SensoriumException">INVALID_ARGUMENT, for the first fault found.</exception>
    /// <param name="media">The medium.</param>
    /// <param name="field">Where it is in the request, as "media[1]".</param>
    /// <param name="maxInlineBytes">The most bytes that may travel within a request.</param>
    public static void Validate(V1.Media media, string field, long maxInlineBytes)
    {
        Validate(media, field);
        MediaRules.Check(media.ToDomain(media.ItemId), field, maxInlineBytes);
    }

    /// <summary>What only the wire can get wrong; the rest is for <see cref="MediaRules"/>.</summary>
    /// <exception cref="SensoriumException">INVALID_ARGUMENT, for the first fault found.</exception>
    /// <param name="media">The medium.</param>
    /// <param name="field">Where it is in the request, as "media[1]".</param>
    public static void Validate(V1.Media media, string field)
    {
        if (media.SourceCase == V1.Media.SourceOneofCase.None)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.NoSource, $"{field} has no source: set one of data, uri, ref and text.", $"{field}.source");
        }

        CheckEnums(media, field);
        CheckRange(media, field);
    }

    private static void CheckEnums(V1.Media media, string field)
    {
        if (!Enum.IsDefined(media.Modality))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnknownModality,
                $"{field}.modality is {(int)media.Modality}, which is not a modality.",
                $"{field}.modality");
        }

        if (media.SourceCase == V1.Media.SourceOneofCase.Text && media.Modality is not (V1.Modality.Unspecified or V1.Modality.Text))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.ModalityMismatch,
                $"{field} is given as text, but its modality says {media.Modality}.",
                $"{field}.modality");
        }

        if (!Enum.IsDefined(media.Track))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnsupportedTrack,
                $"{field}.track is {(int)media.Track}, which is not a track.",
                $"{field}.track");
        }
    }

    private static void CheckRange(V1.Media media, string field)
    {
        try
        {
            media.Range?.ToDomain().Validate($"{field}.range");
        }
        catch (InvalidOperationException exception)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidRange, $"{field}.range: {exception.Message}", $"{field}.range", exception);
        }
    }
}
