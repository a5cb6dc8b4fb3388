using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Words that media of one sense are compared with, in the space of its model.</summary>
/// <param name="Space">Null if there are no words.</param>
internal sealed record LiveWords(IReadOnlyList<LiveWord> Watched, IReadOnlyList<LiveWord> Labels, string? Space)
{
    public static LiveWords None { get; } = new([], [], null);

    /// <param name="watched">With the similarity that each takes.</param>
    /// <param name="labels">Of sound events.</param>
    /// <param name="minSimilarity">That labels take.</param>
    /// <exception cref="SensoriumException">The words cannot be embedded.</exception>
    public static async Task<LiveWords> ReadAsync(
        Embedder embedder,
        EncodeBatch template,
        IReadOnlyList<(WatchedWords Words, float MinSimilarity)> watched,
        IReadOnlyList<Label> labels,
        float minSimilarity,
        CancellationToken cancellationToken)
    {
        if (watched.Count + labels.Count == 0)
        {
            return None;
        }

        var sentences = new LabelSentences([.. watched.Select(one => new Label(one.Words.Name, one.Words.Phrases)), .. labels], []);
        var said = await embedder.EmbedAsync(sentences.Media, template with { Cache = CacheMode.ReadWrite }, cancellationToken);
        EncodedMedia[] encoded = [.. said.Select(sentence => sentence.Encoded ?? throw sentence.Error!)];
        var vectors = sentences.VectorsOf(encoded);
        return new LiveWords(
            [.. watched.Select((one, i) => new LiveWord(one.Words.Name, vectors[i], one.MinSimilarity) { MinRise = one.Words.MinRise })],
            [.. labels.Select((label, i) => new LiveWord(label.Name, vectors[watched.Count + i], minSimilarity))],
            encoded[0].Model.SpaceId);
    }

    /// <exception cref="SensoriumException">SPACE_MISMATCH: a medium is in another space than the words.</exception>
    public void Check(EncodedMedia medium) => Spaces.Check(Space ?? medium.Model.SpaceId, medium.Model.SpaceId);
}
