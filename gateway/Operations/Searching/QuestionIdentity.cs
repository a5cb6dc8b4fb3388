using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Operations.Searching;

/// <summary>
/// Tells whether two pages are of one question: by what was sent, not by the vector that encoders make of it. The same medium may differ in
/// its last bits from one replica, or one batch, to the next.
/// </summary>
internal static class QuestionIdentity
{
    public static byte[] Of(SearchQuestion question)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(question.Collection);
        Append(question.Filter);
        Append(question.MinScore?.ToString(CultureInfo.InvariantCulture) ?? "");
        foreach (var query in question.Queries)
        {
            Append(query.Weight.ToString(CultureInfo.InvariantCulture));
            Append(query.Media?.Item is { } item ? $"{item.Modality} {item.Track} {item.Range}" : "");
            AppendBytes(query.Media?.Item is { } medium ? ContentOf(medium.Source) : MemoryMarshal.AsBytes(query.Vector.Span));
        }

        return hash.GetHashAndReset();

        void Append(string text) => AppendBytes(System.Text.Encoding.UTF8.GetBytes(text));

        // With its length, so that what ends one part begins no other.
        void AppendBytes(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }

    private static ReadOnlySpan<byte> ContentOf(MediaSource source) => source switch
    {
        InlineSource inline => inline.Data.Span,
        DataSource data => data.Data.Span,
        TextSource text => System.Text.Encoding.UTF8.GetBytes(text.Text),
        UriSource uri => System.Text.Encoding.UTF8.GetBytes(uri.Uri),
        ReferenceSource reference => System.Text.Encoding.UTF8.GetBytes(reference.Sha256),
        _ => default,
    };
}
