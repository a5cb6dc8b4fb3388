using System.Text;
using System.Text.Unicode;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;

namespace Sensorium.Media.Sniffing;

internal sealed class MediaSniffer(IMediaProber prober) : IMediaSniffer
{
    public async ValueTask<SniffedMedia> SniffAsync(
        IMediaContent content, Modality? announced, string? announcedMediaType, CancellationToken cancellationToken)
    {
        if (content.SizeBytes == 0)
        {
            throw MediaError.Empty();
        }

        var type = MediaTypes.Normalize(announcedMediaType);
        var expected = announced ?? MediaTypes.ModalityOf(type);
        var found = MagicNumbers.Identify(content) switch
        {
            { Modality: { } modality } magic => new SniffedMedia(modality, magic.MediaType),
            { } container => await ProbeAsync(content, container, expected, cancellationToken),
            null when expected == Modality.Text => await ReadTextAsync(content, type, cancellationToken),
            null when expected is Modality.Audio or Modality.Video => await ProbeUnknownAsync(content, expected.Value, cancellationToken),
            null => throw Unrecognised(content, expected),
        };

        // Only an announced modality is a demand; an announced media type is a hint. A GIF may be either.
        return announced is { } demanded && demanded != found.Modality
            ? (demanded, found.MediaType) == (Modality.Video, "image/gif") ? found with { Modality = Modality.Video } : throw Mismatch(demanded, found)
            : found;
    }

    private async Task<SniffedMedia> ProbeAsync(
        IMediaContent content, MagicNumber container, Modality? expected, CancellationToken cancellationToken)
    {
        var probe = await prober.ProbeAsync(content, cancellationToken);
        if (probe is { Video: null, Sound: null, Subtitles: null })
        {
            throw MediaError.Undecodable($"The medium ({container.MediaType}) holds no streams of picture or sound.");
        }

        // Something that calls itself a video and has no picture is told so by the encoder, with the track that is missing.
        return probe.Video is not null || (expected == Modality.Video && probe.Sound is null)
            ? new SniffedMedia(Modality.Video, container.MediaType)
            : new SniffedMedia(Modality.Audio, MediaTypes.SoundTypeOf(container.MediaType));
    }

    private async Task<SniffedMedia> ProbeUnknownAsync(IMediaContent content, Modality expected, CancellationToken cancellationToken)
    {
        return await ProbeOrNullAsync(content, cancellationToken) switch
        {
            { Video: not null } probe => new SniffedMedia(Modality.Video, "video/" + ShortName(probe)),
            { Sound: not null } probe => new SniffedMedia(Modality.Audio, "audio/" + ShortName(probe)),
            _ => throw Unrecognised(content, expected),
        };
    }

    // What is not recognised fails in many ways, none of which says that it was the wrong kind of content to begin with.
    private async Task<MediaProbe?> ProbeOrNullAsync(IMediaContent content, CancellationToken cancellationToken)
    {
        try
        {
            return await prober.ProbeAsync(content, cancellationToken);
        }
        catch (SensoriumException error) when (error.Code == ErrorCode.InvalidArgument)
        {
            return null;
        }
    }

    private static string ShortName(MediaProbe probe) => "x-" + probe.Format.Split(',')[0];

    private static async Task<SniffedMedia> ReadTextAsync(IMediaContent content, string? type, CancellationToken cancellationToken)
    {
        if (!await IsUtf8Async(content, cancellationToken))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.ModalityMismatch, $"{Modality.Text} was announced, but the content is not valid UTF-8.");
        }

        return new SniffedMedia(Modality.Text, type is not null && type.StartsWith("text/", StringComparison.Ordinal) ? type : "text/plain");
    }

    private static async Task<bool> IsUtf8Async(IMediaContent content, CancellationToken cancellationToken)
    {
        if (content.Memory is { } memory)
        {
            return Utf8.IsValid(memory.Span);
        }

        await using var stream = content.OpenRead();
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        var block = new char[8192];
        try
        {
            while (await reader.ReadAsync(block, cancellationToken) > 0)
            {
                // Reading is what validates.
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static SensoriumException Unrecognised(IMediaContent content, Modality? expected)
    {
        var head = MagicNumbers.Describe(content);
        return expected is { } modality
            ? SensoriumException.Invalid(
                ErrorReasons.UndecodableMedia, $"{modality} was announced, but the content (it begins with {head}) is of no format that is known for it.")
            : SensoriumException.Invalid(
                ErrorReasons.UnknownModality, $"The content (it begins with {head}) is of no known format; announce its modality or media type.");
    }

    private static SensoriumException Mismatch(Modality announced, SniffedMedia found) => new(
        ErrorCode.InvalidArgument, ErrorReasons.ModalityMismatch, $"{announced} was announced, but the content is {found.Modality} ({found.MediaType}).")
    {
        Metadata = new Dictionary<string, string>
        {
            ["announced"] = announced.ToString(),
            ["found"] = found.Modality.ToString(),
            ["media_type"] = found.MediaType,
        },
    };
}
