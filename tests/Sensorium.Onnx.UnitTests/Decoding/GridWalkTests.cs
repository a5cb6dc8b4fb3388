using Sensorium.Core.Encoding;
using Sensorium.Onnx.Decoding.Causal;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Decoding;

public sealed class GridWalkTests
{
    private const int Picture = 9;

    [Fact]
    public void Words_stand_at_the_same_in_all_axes()
    {
        Assert.Equal([(0, 0, 0), (1, 1, 1), (2, 2, 2)], Walk([], 1, 2, 3));
    }

    [Fact]
    public void Vectors_stand_as_they_lie_and_the_word_behind_them_beyond_the_farthest()
    {
        var places = Walk([new TokenGrid(1, 2, 3)], 1, Picture, Picture, Picture, Picture, Picture, Picture, 2, 3);

        Assert.Equal([(0, 0, 0), (1, 1, 1), (1, 1, 2), (1, 1, 3), (1, 2, 1), (1, 2, 2), (1, 2, 3), (4, 4, 4), (5, 5, 5)], places);
    }

    [Fact]
    public void Frames_without_a_word_between_them_follow_in_time()
    {
        var places = Walk([new TokenGrid(1, 1, 2), new TokenGrid(1, 1, 2)], 1, Picture, Picture, Picture, Picture, 2);

        Assert.Equal([(0, 0, 0), (1, 1, 1), (1, 1, 2), (2, 1, 1), (2, 1, 2), (3, 3, 3)], places);
    }

    [Fact]
    public void Frames_may_stand_as_far_apart_as_seconds_say()
    {
        var walk = new GridWalk();
        walk.Word();
        TokenGrid[] grids = [.. new[] { 10, 11, 13.5 }.Select(second => new TokenGrid(1, 1, 1) { Start = TimeSpan.FromSeconds(second) })];

        Assert.Equal([1, 3, 8], grids.Select(_ => walk.Vector(grids, placesPerSecond: 2).Time));
        Assert.Equal(new GridPlace(9, 9, 9), walk.Word());
    }

    [Fact]
    public void Pictures_with_words_between_them_begin_anew()
    {
        var places = Walk([new TokenGrid(1, 2, 1), new TokenGrid(2, 1, 1)], Picture, Picture, 1, Picture, Picture, 2);

        Assert.Equal([(0, 0, 0), (0, 1, 0), (2, 2, 2), (3, 3, 3), (4, 3, 3), (5, 5, 5)], places);
    }

    [Fact]
    public void A_copy_goes_on_by_itself()
    {
        var one = new GridWalk();
        one.Word();
        var other = one;
        other.Word();

        Assert.Equal((new GridPlace(1, 1, 1), new GridPlace(2, 2, 2)), (one.Word(), other.Word()));
    }

    private static (int Time, int Height, int Width)[] Walk(TokenGrid[] grids, params int[] tokens)
    {
        var walk = new GridWalk();
        return [.. tokens.Select(token => token == Picture ? walk.Vector(grids) : walk.Word()).Select(place => (place.Time, place.Height, place.Width))];
    }
}
