using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Explanation.Occlusion;
using Sensorium.Gateway.Operations.Explanation.Scores;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Explanation;

public sealed class OcclusionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(7, 7)]
    [InlineData(4, 1)]
    public void Every_part_is_hidden_and_shown(int rows, int columns)
    {
        var masks = SlidingMasks.Grid(rows, columns);

        Assert.Equal(SlidingMasks.CountOfGrid(rows, columns), masks.Count);
        foreach (var shows in new[] { false, true })
        {
            var parts = masks.Where(mask => mask.ShowsOnly == shows).SelectMany(mask => mask.Parts).Distinct();
            Assert.Equal(Enumerable.Range(0, rows * columns), parts.Order());
        }

        Assert.Equal(SlidingMasks.CountOfLine(columns, hides: false), SlidingMasks.Line(columns, hides: false).Count);
    }

    [Fact]
    public void Masks_hide_their_parts_or_all_others()
    {
        Assert.Equal([false, true, false], new Mask([1], ShowsOnly: false).Hidden(3));
        Assert.Equal([true, false, true], new Mask([1], ShowsOnly: true).Hidden(3));
        Assert.DoesNotContain(true, Mask.Nothing.Hidden(3));
        Assert.DoesNotContain(false, Mask.Everything.Hidden(3));
    }

    [Fact]
    public void Weights_are_the_mean_of_what_is_lost_and_what_is_gained()
    {
        Mask[] masks = [new([0], false), new([1], false), new([0], true), new([1], true)];

        // Hiding the first costs 6, showing it alone brings 2; the other 1 and 0.
        Assert.Equal([4, 0.5], OcclusionWeights.Of(2, masks, [4, 9, 3, 1], full: 10, blank: 1));
    }

    [Fact]
    public void Parts_that_are_only_shown_count_against_their_mean()
    {
        Mask[] masks = [new([0], true), new([1], true)];

        Assert.Equal([2, -2], OcclusionWeights.Of(2, masks, [5, 1], full: 4, blank: null));
    }

    [Fact]
    public void The_sigmoid_of_the_odds_is_the_score_of_the_label()
    {
        float[] similarities = [0.3f, 0.2f, -0.1f];
        var scale = new LabelScale(Scoring.Softmax, 12, -3);
        var logits = LabelOdds.Scale(similarities, scale);

        for (var label = 0; label < similarities.Length; label++)
        {
            Assert.Equal(LabelScorer.Scores(similarities, Scoring.Softmax, 12, -3)[label], Sigmoid(LabelOdds.Of(logits, label, Scoring.Softmax)), 1e-5);
        }

        var independent = LabelOdds.Scale(similarities, scale with { Scoring = Scoring.Independent });
        Assert.Equal(LabelScorer.Scores(similarities, Scoring.Independent, 12, -3)[1], Sigmoid(LabelOdds.Of(independent, 1, Scoring.Independent)), 1e-5);
    }

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}
