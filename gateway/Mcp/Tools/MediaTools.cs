using System.ComponentModel;
using ModelContextProtocol.Server;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Mcp.Tools;

/// <summary>What can be asked about pictures, sounds and clips.</summary>
[McpServerToolType]
internal sealed class MediaTools(CaptionOperation caption, TranscribeOperation transcribe, ClassifyOperation classify, CompareOperation compare)
{
    [McpServerTool(Name = "caption", Title = "Describe media", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Describes a picture, a sound, a clip, or several of them together, in one sentence.")]
    public async Task<CaptionAnswer> CaptionAsync(
        [Description("One or more: " + MediaArguments.Medium)] string[] media,
        [Description("Words that the description continues")] string? prompt = null,
        [Description("Longest description, in tokens")] int? maxTokens = null,
        [Description(MediaArguments.Model)] string? model = null,
        CancellationToken cancellationToken = default)
    {
        var job = new CaptionJob(MediaArguments.NewId(), [], prompt, new GenerationParameters { MaxNewTokens = maxTokens }, Model: MediaArguments.Select(model));
        await foreach (var said in caption.RunAsync(MediaArguments.Read("media", media), job, cancellationToken))
        {
            if (said is CaptionFinished finished)
            {
                return new CaptionAnswer(finished.Text, finished.Model.Id);
            }
        }

        throw new InvalidOperationException("A caption ended without its last event.");
    }

    [McpServerTool(Name = "transcribe", Title = "Write down speech", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Writes down what is said in a sound, or in the sound of a clip, with the times of each segment.")]
    public async Task<TranscriptAnswer> TranscribeAsync(
        [Description(MediaArguments.Medium)] string media,
        [Description("The language that is spoken, as \"en\"; leave it out to let the model tell it")] string? language = null,
        [Description("Write it down in English")] bool translate = false,
        [Description(MediaArguments.Model)] string? model = null,
        CancellationToken cancellationToken = default)
    {
        var segments = new List<SpokenSegment>();
        var said = transcribe.RunAsync(
            [MediaArguments.Read("media", media)],
            item => new TranscriptionJob(
                MediaArguments.NewId(), item, language, translate ? TranscriptionTask.Translate : TranscriptionTask.Transcribe, Model: MediaArguments.Select(model)),
            cancellationToken);
        var spoken = "";
        await foreach (var next in said)
        {
            if (next is TranscriptSegment segment)
            {
                segments.Add(new SpokenSegment(segment.Range.Start.TotalSeconds, segment.Range.End?.TotalSeconds, segment.Text));
            }

            spoken = (next as TranscriptFinished)?.Language ?? spoken;
        }

        return new TranscriptAnswer(string.Join(' ', segments.Select(segment => segment.Text)), spoken, segments);
    }

    [McpServerTool(Name = "classify", Title = "Classify by labels", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Scores how well labels, given in words, fit a text, a picture, a sound or a clip. Without labels, the model's own are scored.")]
    public async Task<ClassifyAnswer> ClassifyAsync(
        [Description(MediaArguments.TextOrMedium)] string media,
        [Description("Labels in words, as \"a photo of a dog\"; leave them out for those of the model")] string[]? labels = null,
        [Description("Score each label for itself, in place of sharing out 1 among them")] bool independent = false,
        [Description(MediaArguments.Model)] string? model = null,
        CancellationToken cancellationToken = default)
    {
        var question = new ClassifyQuestion(
            [.. (labels ?? []).Select(label => new Label(label, []))], [], independent ? Scoring.Independent : null, null, null, null, TopK: 0, MediaArguments.Batch(model));
        var classified = (await classify.RunAsync([MediaArguments.Read("media", media)], question, cancellationToken)).Results[0];
        return classified.Encoding.Error is { } error
            ? throw error
            : new ClassifyAnswer([.. classified.Scores.Select(score => new ScoredLabel(score.Label, score.Score))]);
    }

    [McpServerTool(Name = "compare", Title = "Compare media", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Embeds texts, pictures, sounds and clips into one space, and tells the cosine similarity of each of the first list with each of the second.")]
    public async Task<CompareAnswer> CompareAsync(
        [Description("One or more: " + MediaArguments.TextOrMedium)] string[] left,
        [Description("One or more: " + MediaArguments.TextOrMedium)] string[] right,
        [Description(MediaArguments.Model)] string? model = null,
        CancellationToken cancellationToken = default)
    {
        var compared = await compare.RunAsync(
            MediaArguments.Read("left", left), MediaArguments.Read("right", right), MediaArguments.Batch(model), cancellationToken);
        return new CompareAnswer([.. compared.Similarities.Chunk(compared.Right)]);
    }
}
