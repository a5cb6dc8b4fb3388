using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>The families that there are; the first that matches is taken.</summary>
internal static class EncoderFamilies
{
    private static readonly IEncoderFamily[] All =
    [
        new ClipFamily(),
        new ClapFamily(),
        new TextEncoderFamily(),
        new VisionEncoderDecoderFamily(),
        new WhisperFamily(),
        new Idefics3Family(),
        new LlavaFamily(),
        new QwenVisionFamily(),
        new FlorenceFamily(),
        new PixelFamily(),
        new CtcFamily(),
        new MoonshineFamily(),
        new SoundValuesFamily(),
        new FrameTokensFamily(),
        new TextFamily(),
        new PictureFamily(),
        new FramesFamily(),
        new SoundFamily(),
    ];

    /// <summary>Those that know models which are no packs.</summary>
    public static IEnumerable<IModelFamily> OfExports => All.OfType<IModelFamily>();

    /// <summary>Throws <see cref="ModelPackException"/> that names the graph's inputs if no family knows them.</summary>
    public static IEncoderFamily Of(EncoderPart part, OnnxSession session) =>
        Array.Find(All, family => family.Matches(part, session)) ?? throw new ModelPackException(
            session.File.Path, [$"no family of encoders reads {string.Join("; ", session.Inputs.Values)}"]);
}
