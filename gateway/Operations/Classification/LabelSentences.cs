using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Classification;

/// <summary>The words of all labels, put into all templates. Equal sentences are encoded once.</summary>
internal sealed class LabelSentences
{
    public const string Placeholder = "{}";

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<ReceivedMedia> _media = [];

    public LabelSentences(IReadOnlyList<Label> labels, IReadOnlyList<string> templates)
    {
        OfLabels = [.. labels.Select((label, i) => Add(label, $"labels[{i}]", templates))];
    }

    /// <summary>Each sentence, once.</summary>
    public IReadOnlyList<ReceivedMedia> Media => _media;

    /// <summary>For each label, where its sentences are in <see cref="Media"/>.</summary>
    public IReadOnlyList<IReadOnlyList<int>> OfLabels { get; }

    /// <summary>For each label, the mean of its sentences.</summary>
    /// <param name="encoded">As <see cref="Media"/>.</param>
    public float[][] VectorsOf(IReadOnlyList<EncodedMedia> encoded) =>
        [.. OfLabels.Select(places => LabelScorer.Mean([.. places.Select(place => encoded[place].Embedding)]))];

    private int[] Add(Label label, string field, IReadOnlyList<string> templates)
    {
        var phrases = label.Phrases.Count == 0
            ? [(Text: label.Name, Field: $"{field}.name")]
            : label.Phrases.Select((phrase, j) => (Text: phrase, Field: $"{field}.phrases[{j}]"));
        return [.. from phrase in phrases
                   from template in templates.DefaultIfEmpty(Placeholder)
                   select Add(template.Replace(Placeholder, phrase.Text, StringComparison.Ordinal), phrase.Field)];
    }

    private int Add(string sentence, string field)
    {
        if (!_places.TryGetValue(sentence, out var place))
        {
            _places[sentence] = place = _media.Count;

            // Several templates give one phrase several sentences, and ids are unique within a batch.
            var id = $"{field}#{place}";
            _media.Add(new ReceivedMedia(id, field) { Item = new MediaItem(id, new TextSource(sentence), Modality.Text) });
        }

        return place;
    }
}
