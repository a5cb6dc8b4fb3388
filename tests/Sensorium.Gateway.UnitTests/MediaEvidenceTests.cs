using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Gateway.Operations.Explanation.Parts;
using Sensorium.Gateway.UnitTests.Explanation;
using Sensorium.Gateway.UnitTests.Fakes;
using Sensorium.Media.Sound;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class MediaEvidenceTests : IDisposable
{
    private const int Rate = 16_000;
    private static readonly MediaDivision Default = new(0, 0, Draws: false);

    private readonly ExplainerFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task The_seconds_that_an_answer_hangs_on_weigh_most_while_other_media_stay_as_they_are()
    {
        var samples = Enumerable.Range(0, 4 * Rate).Select(i => i is >= 2 * Rate and < 5 * Rate / 2 ? MathF.Sin(i * 0.3f) * 0.5f : 0).ToArray();
        _fixture.Gateway.Encoders[Modality.Audio].Sees = item => ExplainerFixture.Seen(ExplainerFixture.Bytes(item).Span[44..].ContainsAnyExcept<byte>(0) ? 0.9 : 0.1);
        var sound = Embedded(WaveWriter.Write(samples, Rate), Modality.Audio, 0.9f);
        var other = Embedded([1], Modality.Audio, 0.5f);
        var picture = Embedded([2], Modality.Image, 0.5f);
        var seen = new List<IReadOnlyList<ReadOnlyMemory<float>>>();

        var explained = await ExplainAsync([sound, other, picture], medium => medium == sound ? Score(sound, [sound, other, picture], seen) : null);

        var curve = Assert.Single(explained);
        var weights = curve.Weighed.Weights.ToArray();
        var range = Assert.IsType<TimeLayout>(curve.Layout).Ranges[Array.IndexOf(weights, weights.Max())];
        Assert.InRange(range.Start.TotalSeconds, 1.7, 2.5);
        Assert.Equal(3 * 0.9 + 0.5, curve.Score, 1e-3);
        Assert.All(seen, vectors => Assert.Equal((2, 0.5f), (vectors.Count, vectors[1].Span[0])));
    }

    [Fact]
    public async Task A_medium_without_a_part_in_the_answer_costs_nothing()
    {
        var explained = await ExplainAsync([Embedded([1], Modality.Image, 0.5f)], _ => null);

        Assert.Empty(explained);
        Assert.Empty(_fixture.Gateway.Encoders[Modality.Image].Batches);
    }

    private static AnswerScore Score(EmbeddedMedium medium, EmbeddedMedium[] media, List<IReadOnlyList<ReadOnlyMemory<float>>> seen) => new(medium, media, vectors =>
    {
        seen.Add(vectors);
        return 3 * vectors[0].Span[0] + vectors[1].Span[0];
    });

    private static EmbeddedMedium Embedded(byte[] data, Modality modality, float share) => new(
        ExplainerFixture.Received(data, modality), modality, new EncodedMedia(ExplainerFixture.Seen(share), [], 1, false, new ModelIdentity("", "", "", "space", "", "", "")), 1);

    private Task<IReadOnlyList<Operations.Explanation.ExplainedMedium>> ExplainAsync(
        EmbeddedMedium[] media, Func<EmbeddedMedium, Operations.Explanation.Scores.IMediumScore?> scoreOf) =>
        new MediaEvidence(_fixture.Explainer).ExplainAsync(media, scoreOf, Default, new CaseEncoding(_ => null, _ => true, TestGateway.Template), TestContext.Current.CancellationToken);
}
