using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Text.Preprocessing;

/// <summary>Text to the model's tokens, as many as it reads.</summary>
internal interface ITextWindow
{
    /// <summary>Most tokens of the text itself.</summary>
    int MaxTokens { get; }

    /// <summary>No text of more bytes fits, whatever it says.</summary>
    int MaxBytes { get; }

    int CountTokens(string text);

    /// <exception cref="SensoriumException">The text, or the way in which it is to be read, does not suit the model.</exception>
    TokenInput Cut(string text, bool alreadyCut, PreprocessingRequest request);
}
