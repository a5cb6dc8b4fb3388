using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Regions;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Generation.Speech.Ctc;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;
using Sensorium.Tokenization;

namespace Sensorium.Generation;

/// <summary>Loads the decoder of a model and runs it once.</summary>
internal sealed class DecoderLoader(OnnxDecoderFactory factory, IServiceProvider provider)
{
    private const string PreviousText = "<|startofprev|>";
    private const string NoTimestamps = "<|notimestamps|>";

    // The second is what older exports call it.
    private static readonly string[] NoSpeech = ["<|nospeech|>", "<|nocaptions|>"];

    /// <summary>What describes media, or what holds conversations, as the model's decoder is made.</summary>
    public DecoderServer<IModelGenerator> LoadGenerator(CatalogModel model, DecoderPart part)
    {
        if (part.Conversation is not null)
        {
            var chat = ChatModel.Read(model.Pack!, ChatTemplateLoader.Load(part, provider.GetRequiredService<TimeProvider>()));
            return Load(model, part, (tokenizer, backend) => new DecoderServer<IModelGenerator>(provider.CreateChatGenerator(tokenizer, backend, chat), backend));
        }

        var facts = GenerationModelReader.Read(model.Pack!);
        if (part.Prompt is not null)
        {
            var tasks = TaskPrompts.Read(part);
            return Load(model, part, (tokenizer, backend) => new DecoderServer<IModelGenerator>(provider.CreateTaskGenerator(tokenizer, backend, facts, tasks), backend));
        }

        return Load(model, part, (tokenizer, backend) => new DecoderServer<IModelGenerator>(provider.CreateGenerator(tokenizer, backend, facts), backend));
    }

    public IModelTranscriber LoadSpeech(CatalogModel model, DecoderPart part)
    {
        if (part.Kind == DecoderKind.Ctc)
        {
            return provider.CreateCtcTranscriber(OnnxDecoderFactory.Identify(model.Pack!, OptionsOf(model)), CtcModelReader.Read(part));
        }

        var facts = SpeechModelReader.Read(model.Pack!);
        return Load(model, part, (tokenizer, backend) => provider.CreateTranscriber(
            tokenizer,
            backend,
            facts with
            {
                PreviousTextId = Find(tokenizer, PreviousText),
                NoSpeechId = Find(tokenizer, NoSpeech),
                NoTimestampsId = facts.NoTimestampsId ?? Find(tokenizer, NoTimestamps),
            }));
    }

    private static int? Find(Tokenizer tokenizer, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (tokenizer.TryGetId(name, out var id))
            {
                return id;
            }
        }

        return null;
    }

    private TServer Load<TServer>(CatalogModel model, DecoderPart part, Func<Tokenizer, IDecoderBackend, TServer> create)
    {
        var tokenizer = TokenizerLoader.Load(part);
        var backend = factory.Create(model.Pack!, OptionsOf(model));
        try
        {
            backend.WarmUp();
            return create(tokenizer, backend);
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }

    private OnnxOptions OptionsOf(CatalogModel model) => provider.GetOnnxOptions(DecodingServiceCollectionExtensions.Service, model.Id);
}
