using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

internal sealed class TextDivider : IMediumDivider
{
    public Modality Modality => Modality.Text;

    public async ValueTask<IDividedMedium> DivideAsync(ReceivedMedia medium, Division division, CancellationToken cancellationToken)
    {
        var text = medium.Item!.Source is TextSource given ? given.Text : await ReadAsync(medium.Content!, cancellationToken);
        var words = WordSplitter.Split(text);
        if (words.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.EmptyMedia, $"{medium.Field} has no words.", medium.Field);
        }

        RunLimit.Check(words.Count, division.MaxRuns);
        return new DividedText(medium.Item, new WordLayout(text, words));
    }

    private static async ValueTask<string> ReadAsync(IMediaContent content, CancellationToken cancellationToken)
    {
        await using var stream = content.OpenRead();
        using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
