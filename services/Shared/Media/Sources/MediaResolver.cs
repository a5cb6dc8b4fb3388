using System.Text;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Media.Sources;

/// <summary>Resolves inline bytes, text, and references into this process's store or another's. URIs are refused.</summary>
internal sealed class MediaResolver(IMediaStore store, IRemoteMediaReader? remote = null) : IMediaResolver
{
    public ValueTask<IMediaContent> ResolveAsync(MediaSource source, CancellationToken cancellationToken) => source switch
    {
        InlineSource { Data.IsEmpty: true } or TextSource { Text.Length: 0 } => throw MediaError.Empty(),
        InlineSource inline => ValueTask.FromResult<IMediaContent>(new MemoryMediaContent(inline)),
        TextSource text => ValueTask.FromResult<IMediaContent>(new MemoryMediaContent(Encoding.UTF8.GetBytes(text.Text))),
        ReferenceSource reference => ResolveAsync(reference, cancellationToken),
        UriSource => throw SensoriumException.Invalid(
            ErrorReasons.UriNotAllowed, "URIs are fetched by the gateway only; send the bytes or a reference."),
        _ => throw SensoriumException.Invalid(ErrorReasons.NoSource, "The medium has no source: set data, uri, ref or text."),
    };

    private async ValueTask<IMediaContent> ResolveAsync(ReferenceSource reference, CancellationToken cancellationToken)
    {
        if (!IsSha256(reference.Sha256))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidReference, $"A reference needs a SHA-256 of 64 lower-case hexadecimal characters, not \"{Shorten(reference.Sha256)}\".");
        }

        // A local copy is as good as the holder's, if this caller may have it: the name is the content.
        if (store.TryOpen(reference.Sha256, reference.Owner) is { } local)
        {
            return local;
        }

        if (remote is null || string.IsNullOrEmpty(reference.Holder))
        {
            throw MediaError.NotFound(reference.Sha256);
        }

        return await FetchAsync(remote, reference, cancellationToken);
    }

    private async Task<IMediaContent> FetchAsync(IRemoteMediaReader reader, ReferenceSource reference, CancellationToken cancellationToken)
    {
        await using var upload = store.BeginUpload(Math.Max(0, reference.SizeBytes), reference.Sha256, reference.Owner);
        await foreach (var chunk in reader.ReadAsync(reference, 0, cancellationToken))
        {
            await upload.WriteAsync(chunk, cancellationToken);
        }

        await upload.CompleteAsync(cancellationToken);
        return store.TryOpen(reference.Sha256, reference.Owner) ?? throw MediaError.NotFound(reference.Sha256);
    }

    private static bool IsSha256(string text) =>
        text.Length == 64 && text.All(c => char.IsAsciiHexDigitLower(c));

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
