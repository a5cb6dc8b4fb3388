using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>Drops white space at the ends.</summary>
internal sealed class StripNormalizer(bool left, bool right) : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        var value = text.Value.AsSpan();
        var start = left ? value.Length - value.TrimStart().Length : 0;
        var end = right ? Math.Max(start, value.TrimEnd().Length) : value.Length;
        if (start == 0 && end == value.Length)
        {
            return text;
        }

        var builder = new AlignedTextBuilder(text);
        builder.Copy(start, end);
        return builder.Build();
    }
}
