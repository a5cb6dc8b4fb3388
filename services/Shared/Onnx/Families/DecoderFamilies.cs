using Sensorium.Core.Models;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Families;

/// <summary>The families of decoders that there are.</summary>
internal static class DecoderFamilies
{
    private static readonly IDecoderFamily[] All =
    [
        new FixedCapacityFamily(),
        new VisionEncoderDecoderFamily(),
        new WhisperFamily(),
        new MoonshineFamily(),
        new CausalTextFamily(),
        new Idefics3Family(),
        new LlavaFamily(),
        new QwenVisionFamily(),
        new FlorenceFamily(),
    ];

    /// <summary>Those that know models which are no packs.</summary>
    public static IEnumerable<IModelFamily> OfExports => All.OfType<IModelFamily>();

    /// <summary>Throws <see cref="ModelPackException"/> if no family knows the part.</summary>
    public static IDecoderFamily Of(DecoderPart part) =>
        Array.Find(All, family => family.Matches(part)) ?? throw new ModelPackException(part.Folder, [$"no family of decoders is called '{part.Family}'"]);
}
