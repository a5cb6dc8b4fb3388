using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.AddedTokens;

/// <summary>A token beside the model's vocabulary, found as a whole before the model sees the text.</summary>
/// <param name="IsSingleWord">Not within a word.</param>
/// <param name="TakesLeft">White space before it belongs to it.</param>
/// <param name="TakesRight">White space after it belongs to it.</param>
/// <param name="IsNormalized">Found in the normalized text, by its own normalized form.</param>
/// <param name="IsSpecial">Means something to the model and is no text.</param>
internal sealed record AddedToken(
    int Id, string Content, bool IsSingleWord, bool TakesLeft, bool TakesRight, bool IsNormalized, bool IsSpecial)
{
    public static AddedToken Read(JsonSection section)
    {
        var isSpecial = section.Bool("special", false);
        return new AddedToken(
            section.Required("id").AsInt() is >= 0 and var id ? id : throw section.Required("id").Wrong("0 or more"),
            section.RequiredString("content"),
            section.Bool("single_word", false),
            section.Bool("lstrip", false),
            section.Bool("rstrip", false),
            section.Bool("normalized", !isSpecial),
            isSpecial);
    }
}
