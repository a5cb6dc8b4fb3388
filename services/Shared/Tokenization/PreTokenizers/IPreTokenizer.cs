using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.PreTokenizers;

/// <summary>A step that cuts normalized text into the pieces that the model sees one by one. Safe for concurrent use.</summary>
internal interface IPreTokenizer
{
    /// <summary>Whether it must know where in the caller's text a piece begins.</summary>
    bool NeedsPlaces => false;

    void Apply(Segment segment);
}
