using Microsoft.Extensions.Options;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Diffusion;
using Sensorium.Onnx.Sessions;
using Sensorium.Tokenization;

namespace Sensorium.ImageGeneration;

/// <summary>Loads a model that makes pictures and runs each of its graphs once, or says what its files tell of it.</summary>
internal sealed class ImageModelLoader(OnnxDiffusionFactory factory, IOptions<ImageGenerationOptions> settings, IServiceProvider provider)
{
    /// <summary>Null where it is to be loaded at the start.</summary>
    public ImageModelDescription? Describe(CatalogModel model, DiffusionPart part)
    {
        var limits = settings.Value;
        return !limits.LoadAtStart && OnnxDiffusionFactory.Identify(model.Pack!, part, OptionsOf(model)) is { } identity
            ? new ImageModelDescription(identity, part.DefaultSide, part.SizeStep, limits.MaxPixels, limits.MaxSteps, part.ReadsPictures)
            : null;
    }

    public ImageGenerator Load(CatalogModel model, DiffusionPart part)
    {
        var tokenizer = TokenizerLoader.LoadDiffusers(part.TokenizerFolder);
        var backend = factory.Create(model.Pack!, part, OptionsOf(model));
        try
        {
            backend.WarmUp();
            return new ImageGenerator(
                backend,
                tokenizer,
                tokenizer.PadTokenId ?? tokenizer.EosTokenId,
                provider.GetRequiredService<IPictureCodec>(),
                settings.Value,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ImageGenerator>>());
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }

    private OnnxOptions OptionsOf(CatalogModel model) => provider.GetOnnxOptions(DiffusionServiceCollectionExtensions.Service, model.Id);
}
