namespace Sensorium.Tokenization;

/// <summary>
/// Lower case of every character by itself, as tokenizers define it: culture plays no part, and a sigma at the end of a
/// word is a sigma like any other.
/// </summary>
internal static class UnicodeLowercase
{
    // The one character whose full lower case has two characters, which .NET leaves alone.
    private const string CapitalIWithDot = "\u0130";
    private const string SmallIWithDot = "i\u0307";

    public static string Convert(string text) =>
        text.Replace(CapitalIWithDot, SmallIWithDot, StringComparison.Ordinal).ToLowerInvariant();
}
