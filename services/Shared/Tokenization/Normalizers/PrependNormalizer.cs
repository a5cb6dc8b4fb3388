using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>Puts a fixed text before every text that is not empty.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var builder = new AlignedTextBuilder(text);
        builder.Append(prefix, 0, 0);
        builder.Copy(0, text.Length);
        return builder.Build();
    }
}
