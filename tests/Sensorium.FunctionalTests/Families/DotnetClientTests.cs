using System.ClientModel;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OllamaSharp.Models;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

/// <summary>The clients that .NET has for OpenAI's and Ollama's APIs, against the faces of those names.</summary>
[Collection(TinyModelsInOneProcess.Name)]
public sealed class DotnetClientTests(TinyModelsInOneProcess deployment) : DeploymentTests(deployment)
{
    private const string Pack = "sensorium-mini";
    private const string Speech = "tiny-whisper";

    private static readonly byte[] Picture = Pictures.Jpeg(3);

    private readonly OpenAIClient _openAi = new(new ApiKeyCredential("any"), new OpenAIClientOptions { Endpoint = new Uri(deployment.GatewayHttp, "/v1") });

    [Fact]
    public async Task OpenAI_answers_conversations()
    {
        var chat = _openAi.GetChatClient(Pack);
        UserChatMessage[] messages = [new(ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(Picture), "image/jpeg"))];
        var options = new ChatCompletionOptions { Temperature = 0, IncludeLogProbabilities = true };

        var whole = (await chat.CompleteChatAsync(messages, options)).Value;
        var streamed = "";
        var tokens = 0;
        await foreach (var update in chat.CompleteChatStreamingAsync(messages, options))
        {
            streamed += string.Concat(update.ContentUpdate.Select(part => part.Text));
            tokens = update.Usage?.TotalTokenCount ?? tokens;
        }

        Assert.Equal(whole.Content[0].Text, streamed);
        Assert.Equal((OpenAI.Chat.ChatFinishReason.Stop, whole.Usage.TotalTokenCount), (whole.FinishReason, tokens));
        Assert.All(whole.ContentTokenLogProbabilities, token => Assert.True(token.LogProbability <= 0));
    }

    [Fact]
    public async Task OpenAI_embeds_lists_and_transcribes()
    {
        var vectors = (await _openAi.GetEmbeddingClient(Pack).GenerateEmbeddingsAsync(["a dog", "a dog"])).Value;
        var models = (await _openAi.GetOpenAIModelClient().GetModelsAsync()).Value;
        using var sound = new MemoryStream(TinyModels.Media("sound-16k-3s.wav"));
        var spoken = (await _openAi.GetAudioClient(Speech).TranscribeAudioAsync(
            sound, "speech.wav", new AudioTranscriptionOptions { ResponseFormat = AudioTranscriptionFormat.Verbose, TimestampGranularities = AudioTimestampGranularities.Word | AudioTimestampGranularities.Segment })).Value;

        Assert.Equal(1, TensorPrimitives.CosineSimilarity(vectors[0].ToFloats().Span, vectors[1].ToFloats().Span), 1e-4f);
        Assert.Contains(models, model => model.Id == Pack);
        Assert.Equal(3, spoken.Duration!.Value.TotalSeconds, 0.11);
        Assert.NotEmpty(spoken.Segments);
    }

    [Fact]
    public async Task OpenAI_reads_refusals()
    {
        var missing = await Assert.ThrowsAsync<ClientResultException>(() => _openAi.GetChatClient("gpt-9").CompleteChatAsync(new UserChatMessage("x")));
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => _openAi.GetChatClient(Pack).CompleteChatAsync([new UserChatMessage("x")], new ChatCompletionOptions { FrequencyPenalty = 1 }));

        Assert.Equal((404, 400), (missing.Status, refused.Status));
        Assert.Contains("frequency_penalty", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extensions_AI_works_over_OpenAI()
    {
        IChatClient chat = _openAi.GetChatClient(Pack).AsIChatClient();
        var answer = await chat.GetResponseAsync(new Microsoft.Extensions.AI.ChatMessage(ChatRole.User, [new DataContent(Picture, "image/jpeg")]), new ChatOptions { Temperature = 0 });
        var vectors = await _openAi.GetEmbeddingClient(Pack).AsIEmbeddingGenerator().GenerateAsync(["a dog"]);

        Assert.NotEqual("", answer.Text);
        Assert.True(answer.Usage!.TotalTokenCount > 0);
        Assert.True(vectors.Usage!.InputTokenCount > 0);
    }

    [Fact]
    public async Task OllamaSharp_lists_embeds_and_answers()
    {
        using var ollama = new OllamaApiClient(Sensorium.GatewayHttp, Pack);
        var request = new GenerateRequest { Model = Pack, Prompt = "", Images = [Convert.ToBase64String(Picture)], Options = new RequestOptions { Temperature = 0 } };
        var answer = "";
        await foreach (var piece in ollama.GenerateAsync(request))
        {
            answer += piece?.Response;
        }

        var embedded = await ollama.EmbedAsync(new EmbedRequest { Model = Pack, Input = ["a dog"] });
        var chat = await ((IChatClient)ollama).GetResponseAsync(new Microsoft.Extensions.AI.ChatMessage(ChatRole.User, [new DataContent(Picture, "image/jpeg")]), new ChatOptions { Temperature = 0 });

        Assert.Contains(await ollama.ListLocalModelsAsync(), model => model.Name == Pack);
        Assert.Contains(await ollama.ListRunningModelsAsync(), model => model.Name == Pack);
        Assert.NotEmpty((await ollama.ShowModelAsync(new ShowModelRequest { Model = Pack })).Capabilities!);
        Assert.False(string.IsNullOrEmpty(await ollama.GetVersionAsync()));
        Assert.NotEmpty(embedded.Embeddings[0]);
        Assert.Equal(answer, chat.Text);
        Assert.NotEqual("", answer);
    }
}
