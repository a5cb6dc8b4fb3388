using Sensorium.Core.Generation.Chat;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Chat;

public sealed class CallersWordsTests
{
    private readonly CallersWords _words = new(["<|end|>", "<image>", "<|end|>s"]);

    [Theory]
    [InlineData("a <|end|> b", "<|end|>")]
    [InlineData("<image>", "<image>")]
    [InlineData("x<|end|>s", "<|end|>s")]
    [InlineData("<|end|><image><|end|>", "<|end|>", "<image>", "<|end|>")]
    [InlineData("nothing < special |>")]
    public void Special_tokens_are_found_again_as_words_and_the_text_is_as_it_was(string text, params string[] found)
    {
        var guarded = _words.Guard(text);
        var (released, words) = CallersWords.Release(guarded);

        Assert.Equal(text, released);
        Assert.Equal(found.Select(token => token[0]), words.Select(word => released[word.Start]));
        Assert.All(found, token => Assert.DoesNotContain(token, guarded, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mark_that_a_caller_writes_is_none()
    {
        var (released, words) = CallersWords.Release(_words.Guard("a\uFDD0b"));

        Assert.Equal("ab", released);
        Assert.Empty(words);
    }
}
