using System.Runtime.InteropServices;
using Grpc.Core;
using Grpc.Net.Client;
using Sensorium.V1;

namespace Sensorium.Bench.Families;

/// <summary>One client of Sensorium, with a connection of its own; every request is about one medium.</summary>
internal sealed class FamilyClient(string address) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);

    private SensoriumService.SensoriumServiceClient Calls => field ??= new SensoriumService.SensoriumServiceClient(_channel);

    public ModelService.ModelServiceClient Models => field ??= new ModelService.ModelServiceClient(_channel);

    public async Task<FamilyAnswer> EmbedAsync(string model, V1.Media[] items)
    {
        var response = await Calls.EmbedAsync(new EmbedRequest { Items = { items }, Options = new EncodeOptions { Model = Of(model) } });
        return new FamilyAnswer([.. response.Results.SelectMany(result => result.Error is null
            ? MemoryMarshal.Cast<byte, float>(result.Encoded.Embedding.Data.Span).ToArray().Select(value => (double)value)
            : throw new InvalidOperationException($"{model}: {result.Error.Message}"))]);
    }

    /// <param name="labels">In the order in which their scores are answered; the model's own where there is no template.</param>
    /// <param name="templates">Null where the labels are the model's own; empty for the model's sentence.</param>
    public async Task<FamilyAnswer> ClassifyAsync(string model, V1.Media[] items, string[] labels, string[]? templates, Scoring scoring = Scoring.Unspecified)
    {
        var request = new ClassifyRequest { Items = { items }, Model = Of(model), Templates = { templates ?? [] }, Scoring = scoring };
        request.Labels.AddRange(templates is null ? [] : labels.Select(label => new Label { Name = label }));
        var response = await Calls.ClassifyAsync(request);
        return new FamilyAnswer([.. response.Results.SelectMany(result => result.Error is null
            ? labels.Select(label => (double)result.Classification.Scores.Single(score => score.Label == label).Score)
            : throw new InvalidOperationException($"{model}: {result.Error.Message}"))]);
    }

    public async Task<FamilyAnswer> RerankAsync(string model, string query, string[] documents)
    {
        var response = await Calls.RerankAsync(new RerankRequest { Query = query, Documents = { documents }, Model = Of(model) });
        return new FamilyAnswer([.. response.Results.OrderBy(result => result.Index).Select(result => (double)result.Logit)]);
    }

    public async Task<FamilyAnswer> CaptionAsync(string model, V1.Media picture)
    {
        using var call = Calls.Caption(new CaptionRequest { Media = { picture }, Model = Of(model) });
        return await TokensAsync(call.ResponseStream.ReadAllAsync().Select(response => response.Event));
    }

    public async Task<FamilyAnswer> CaptionAsync(string model, V1.Media picture, string prompt, int tokens)
    {
        var parameters = new GenerationParameters { Temperature = 0, NumBeams = 1, MaxNewTokens = tokens };
        using var call = Calls.Caption(new CaptionRequest { Media = { picture }, Model = Of(model), Prompt = prompt, Parameters = parameters });
        return await TokensAsync(call.ResponseStream.ReadAllAsync().Select(response => response.Event));
    }

    public async Task<FamilyAnswer> GenerateAsync(string model, ChatMessage[] messages, int tokens)
    {
        using var call = Calls.Generate(new SensoriumServiceGenerateRequest
        {
            Messages = { messages },
            Model = Of(model),
            Parameters = new GenerationParameters { Temperature = 0, MaxNewTokens = tokens },
        });
        return await TokensAsync(call.ResponseStream.ReadAllAsync().Select(response => response.Event));
    }

    private static async Task<FamilyAnswer> TokensAsync(IAsyncEnumerable<CaptionEvent> events) =>
        new([], string.Join(' ', await events.SelectMany(said => said.Delta?.TokenIds ?? []).ToArrayAsync()));

    /// <param name="byTokens">Answers the tokens; else the text.</param>
    public async Task<FamilyAnswer> TranscribeAsync(string model, V1.Media sound, string language, string task, bool words, bool byTokens)
    {
        using var call = Calls.Transcribe(new TranscribeRequest
        {
            Media = sound,
            Model = Of(model),
            Parameters = new TranscriptionParameters
            {
                Language = language,
                Task = task == "translate" ? TranscriptionTask.Translate : TranscriptionTask.Transcribe,
                WithoutTimestamps = true,
                Words = words,
            },
        });
        var segments = new List<TranscriptSegment>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            segments.AddRange(response.Event.Segment is { } segment ? [segment] : []);
        }

        return new FamilyAnswer([], byTokens ? string.Join(' ', segments.SelectMany(segment => segment.TokenIds)) : string.Concat(segments.Select(segment => segment.Text)).Trim());
    }

    public void Dispose() => _channel.Dispose();

    private static ModelSelector Of(string model) => new() { Id = model };
}
