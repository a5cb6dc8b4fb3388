using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;
using Sensorium.Tokenization;

namespace Sensorium.Generation;

/// <summary>Loads the decoder of a model and runs it once.</summary>
internal sealed class DecoderLoader(OnnxDecoderFactory factory, IServiceProvider provider)
{
    /// <summary>What describes media, or what holds conversations, as the model's decoder is made.</summary>
    public DecoderServer<IModelGenerator> LoadGenerator(CatalogModel model, DecoderPart part)
    {
        if (part.Conversation is not null)
        {
            var chat = ChatModel.Read(model.Pack!, ChatTemplateLoader.Load(part, provider.GetRequiredService<TimeProvider>()));
            return Load<IModelGenerator>(model, part, (tokenizer, backend) => provider.CreateChatGenerator(tokenizer, backend, chat));
        }

        var facts = GenerationModelReader.Read(model.Pack!);
        return Load<IModelGenerator>(model, part, (tokenizer, backend) => provider.CreateGenerator(tokenizer, backend, facts));
    }

    public DecoderServer<Transcriber> LoadSpeech(CatalogModel model, DecoderPart part)
    {
        var facts = SpeechModelReader.Read(model.Pack!);
        return Load(model, part, (tokenizer, backend) => provider.CreateTranscriber(tokenizer, backend, facts));
    }

    private DecoderServer<TWorker> Load<TWorker>(CatalogModel model, DecoderPart part, Func<Tokenizer, IDecoderBackend, TWorker> create)
        where TWorker : IAsyncDisposable
    {
        var tokenizer = TokenizerLoader.Load(part);
        var backend = factory.Create(model.Pack!, provider.GetOnnxOptions(DecodingServiceCollectionExtensions.Service, model.Id));
        try
        {
            backend.WarmUp();
            return new DecoderServer<TWorker>(create(tokenizer, backend), backend);
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }
}
