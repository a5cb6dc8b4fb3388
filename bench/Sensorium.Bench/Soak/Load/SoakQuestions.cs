using Sensorium.Testing.Shared.Media;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Load;

/// <summary>Questions of every kind, with answers that were given while nothing was wrong.</summary>
internal sealed class SoakQuestions
{
    private readonly Dictionary<SoakQuestion, SoakAnswer> _answers = [];

    public IReadOnlyCollection<SoakQuestion> All => _answers.Keys;

    /// <param name="client">Of a deployment that is well.</param>
    /// <param name="policy">Whether answers may come from the cache.</param>
    public static async Task<SoakQuestions> AskAsync(SensoriumService.SensoriumServiceClient client, CachePolicy policy = CachePolicy.Bypass)
    {
        var questions = new SoakQuestions();
        foreach (var question in Create(policy))
        {
            questions._answers[question] = await question.AskAsync(client, CancellationToken.None);
        }

        return questions;
    }

    public bool IsRight(SoakQuestion question, SoakAnswer answer) => _answers[question].Equals(answer);

    private static IEnumerable<SoakQuestion> Create(CachePolicy policy)
    {
        var samples = FormatSamples().ToDictionary(sample => sample.Name, sample => SoakQuestion.Bytes(sample.Bytes));
        for (var i = 0; i < 3; i++)
        {
            yield return SoakQuestion.Embed("text", "text", new V1.Media { Text = $"a dog that runs, number {i}", Modality = Modality.Text }, policy);
        }

        foreach (var picture in (string[])["jpg", "png", "webp"])
        {
            yield return SoakQuestion.Embed("picture", "vision", samples[picture], policy);
            yield return SoakQuestion.Caption("caption", "vision", samples[picture], policy);
        }

        yield return SoakQuestion.Embed("sound", "audio", samples["wav"], policy);
        yield return SoakQuestion.Embed("sound", "audio", samples["mp3"], policy);
        yield return SoakQuestion.Caption("sound caption", "audio", samples["flac"], policy);
        yield return SoakQuestion.Embed("video", "video", samples["mp4"], policy);
    }

    private static IReadOnlyList<FormatSample> FormatSamples() => FormatSample.Make("jpg", "png", "webp", "wav", "mp3", "flac", "mp4");
}
