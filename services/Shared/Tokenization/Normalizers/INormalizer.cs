using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>A step that changes text before it is cut into pieces. Safe for concurrent use.</summary>
internal interface INormalizer
{
    AlignedText Normalize(AlignedText text);
}
