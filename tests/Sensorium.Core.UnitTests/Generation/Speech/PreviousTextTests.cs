using Sensorium.Core.Generation.Speech;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech;

public sealed class PreviousTextTests
{
    private const int Mark = 99;

    [Fact]
    public void The_prompt_stands_before_the_first_window_alone()
    {
        var text = new PreviousText(Mark, carries: false, [1, 2], capacity: 20);
        var first = text.Tokens;
        text.Add([3, 4], temperature: 0);

        Assert.Equal([Mark, 1, 2], first);
        Assert.Empty(text.Tokens);
    }

    [Fact]
    public void What_is_carried_follows_the_prompt_and_fills_at_most_half_of_the_decoder()
    {
        var text = new PreviousText(Mark, carries: true, [1, 2], capacity: 10);
        text.Add([3], temperature: 0.5f);
        var second = text.Tokens;
        text.Add([4, 5], temperature: 0);

        Assert.Equal([Mark, 1, 2, 3], second);
        Assert.Equal([Mark, 2, 3, 4, 5], text.Tokens);
    }

    [Fact]
    public void What_was_drawn_at_a_high_temperature_is_forgotten_with_all_before_it()
    {
        var text = new PreviousText(Mark, carries: true, [1], capacity: 20);
        text.Add([2], temperature: 0.6f);
        text.Add([3], temperature: 0);

        Assert.Equal([Mark, 3], text.Tokens);
    }

    [Fact]
    public void A_model_that_reads_no_such_text_gets_none() => Assert.Empty(new PreviousText(null, carries: true, [1], capacity: 20).Tokens);
}
