using Microsoft.Extensions.Options;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Diffusion;
using Sensorium.Onnx.Sessions;
using Sensorium.Tokenization;

namespace Sensorium.ImageGeneration;

/// <summary>Loads a model that makes pictures and runs each of its graphs once.</summary>
internal sealed class ImageModelLoader(OnnxDiffusionFactory factory, IServiceProvider provider)
{
    public ImageGenerator Load(CatalogModel model, DiffusionPart part)
    {
        var tokenizer = TokenizerLoader.LoadDiffusers(part.TokenizerFolder);
        var backend = factory.Create(model.Pack!, part, provider.GetOnnxOptions(DiffusionServiceCollectionExtensions.Service, model.Id));
        try
        {
            backend.WarmUp();
            return new ImageGenerator(
                backend,
                tokenizer,
                tokenizer.PadTokenId ?? tokenizer.EosTokenId,
                provider.GetRequiredService<IPictureCodec>(),
                provider.GetRequiredService<IOptions<ImageGenerationOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ImageGenerator>>());
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }
}
