using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Core.Tokenization;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;
using Sensorium.Tokenization;

namespace Sensorium.Generation;

/// <summary>Loads the decoder of a model and runs it once.</summary>
internal sealed class DecoderLoader(OnnxDecoderFactory factory, IServiceProvider provider)
{
    public DecoderServer<CaptionGenerator> LoadCaptions(CatalogModel model, DecoderPart part)
    {
        var facts = GenerationModelReader.Read(model.Pack!);
        return Load(model, part, (tokenizer, backend) => provider.CreateGenerator(tokenizer, backend, facts));
    }

    public DecoderServer<Transcriber> LoadSpeech(CatalogModel model, DecoderPart part)
    {
        var facts = SpeechModelReader.Read(model.Pack!);
        return Load(model, part, (tokenizer, backend) => provider.CreateTranscriber(tokenizer, backend, facts));
    }

    private DecoderServer<TWorker> Load<TWorker>(CatalogModel model, DecoderPart part, Func<ITokenizer, IDecoderBackend, TWorker> create)
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
