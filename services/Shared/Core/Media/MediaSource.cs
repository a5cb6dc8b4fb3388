namespace Sensorium.Core.Media;

/// <summary>Where the content of a medium is.</summary>
public abstract record MediaSource;

/// <summary>The bytes travel with the request.</summary>
public sealed record InlineSource(ReadOnlyMemory<byte> Data) : MediaSource;

/// <summary>Text given as such.</summary>
public sealed record TextSource(string Text) : MediaSource;

/// <summary>An https: or data: URI. Only the gateway resolves these; encoders refuse them.</summary>
public sealed record UriSource(string Uri) : MediaSource;

/// <summary>The bytes of a data: URI, decoded. Only the gateway has these, as it has URIs.</summary>
/// <param name="MediaType">As the URI says; null if it does not.</param>
public sealed record DataSource(ReadOnlyMemory<byte> Data, string? MediaType) : MediaSource;

/// <summary>Content kept by a media store.</summary>
/// <param name="Sha256">Lower-case hexadecimal, 64 characters.</param>
/// <param name="Holder">host:port of the MediaService that has it; null means this process.</param>
/// <param name="SizeBytes">As counted when it was uploaded; 0 if unknown.</param>
/// <param name="Owner">
/// The caller for whom it is read: only what that caller uploaded is found. Null where that has been looked at, as between
/// services.
/// </param>
public sealed record ReferenceSource(string Sha256, string? Holder, long SizeBytes, string? Owner = null) : MediaSource;
