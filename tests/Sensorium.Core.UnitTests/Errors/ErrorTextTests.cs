using System.Text;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Core.UnitTests.Errors;

/// <summary>What a caller made up comes back in errors, and not whole.</summary>
public sealed class ErrorTextTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("ü")]
    [InlineData("語")]
    [InlineData("😀")]
    public void A_long_name_is_cut_in_the_middle(string letter)
    {
        var name = new StringBuilder().Insert(0, letter, 100_000).ToString();

        var error = SensoriumException.Invalid(ErrorReasons.ModelMismatch, $"Model x'{name}' was asked for; there is 'b'.", $"models.{name}");

        Assert.StartsWith($"Model x'{letter}{letter}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{letter}{letter}' was asked for; there is 'b'.", error.Message, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(error.Message), 900, 1_400);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(error.Field!), 900, 1_400);
        Assert.Equal(error.Message, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(System.Text.Encoding.UTF8.GetBytes(error.Message)));
    }

    [Fact]
    public void What_is_told_to_programs_is_bounded_too()
    {
        var error = new SensoriumException(ErrorCode.NotFound, ErrorReasons.ModelMismatch, "m") { Metadata = new Dictionary<string, string> { ["name"] = new('a', 100_000), ["short"] = "b" } };

        Assert.InRange(error.Metadata["name"].Length, 900, 1_400);
        Assert.Equal("b", error.Metadata["short"]);
    }

    [Fact]
    public void Other_texts_stay_as_they_are()
    {
        var text = new string('a', 1_400);

        Assert.Equal(text, new SensoriumException(ErrorCode.NotFound, ErrorReasons.ModelMismatch, text).Message);
    }
}
