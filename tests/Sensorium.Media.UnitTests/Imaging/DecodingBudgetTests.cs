using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class DecodingBudgetTests
{
    private readonly DecodingBudget _budget = new(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fits_is_admitted_and_what_does_not_waits_until_bytes_are_given_back()
    {
        using var first = await _budget.TakeAsync(60, Cancellation);
        using var second = await _budget.TakeAsync(40, Cancellation);
        var third = _budget.TakeAsync(1, Cancellation);
        Assert.False(third.IsCompleted);

        second.Dispose();

        (await third).Dispose();
    }

    [Fact]
    public async Task Giving_back_twice_counts_once()
    {
        var first = await _budget.TakeAsync(60, Cancellation);
        using var second = await _budget.TakeAsync(40, Cancellation);

        first.Dispose();
        first.Dispose();

        using var third = await _budget.TakeAsync(60, Cancellation);
        Assert.False(_budget.TakeAsync(1, Cancellation).IsCompleted);
    }

    [Fact]
    public async Task A_small_picture_does_not_overtake_a_large_one()
    {
        var first = await _budget.TakeAsync(60, Cancellation);
        var large = _budget.TakeAsync(90, Cancellation);
        var small = _budget.TakeAsync(20, Cancellation);
        Assert.False(small.IsCompleted);

        first.Dispose();

        using (await large)
        {
            Assert.False(small.IsCompleted);
        }

        (await small).Dispose();
    }

    [Fact]
    public async Task Who_stops_waiting_lets_those_behind_in()
    {
        using var cancel = new CancellationTokenSource();
        using var first = await _budget.TakeAsync(60, Cancellation);
        var large = _budget.TakeAsync(90, cancel.Token);
        var small = _budget.TakeAsync(20, Cancellation);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await small).Dispose();
    }

    [Fact]
    public async Task What_needs_more_than_there_is_runs_alone()
    {
        var first = await _budget.TakeAsync(1, Cancellation);
        var huge = _budget.TakeAsync(long.MaxValue, Cancellation);
        var small = _budget.TakeAsync(1, Cancellation);
        Assert.False(huge.IsCompleted);

        first.Dispose();

        using (await huge)
        {
            Assert.False(small.IsCompleted);
        }

        (await small).Dispose();
    }

    [Fact]
    public async Task A_picture_holds_its_bytes_until_it_is_disposed_of()
    {
        var image = _budget.Hold(100, () => new RgbImage(1, 1), Cancellation);
        var next = _budget.TakeAsync(1, Cancellation);
        Assert.False(next.IsCompleted);

        image.Dispose();

        (await next).Dispose();
    }

    [Fact]
    public async Task A_failure_gives_its_bytes_back()
    {
        Assert.Throws<InvalidDataException>(() => _budget.Hold(100, () => throw new InvalidDataException(), Cancellation));

        (await _budget.TakeAsync(100, Cancellation)).Dispose();
    }

    [Theory]
    [MemberData(nameof(TestPictures.Formats), MemberType = typeof(TestPictures))]
    public async Task The_decoder_holds_at_least_the_pixels_of_its_picture(string format)
    {
        const int pixels = TestPictures.Width * TestPictures.Height * 3;
        var budget = new DecodingBudget(pixels);
        var image = new ImageDecoder(budget).Decode(
            MediaServices.Bytes(TestPictures.Encode(format)), Decoding.Limits, 0, 0, Cancellation);
        var next = budget.TakeAsync(1, Cancellation);
        Assert.False(next.IsCompleted);

        image.Dispose();

        (await next).Dispose();
    }
}
