using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Sessions;

/// <summary>Which variant of a graph runs where the settings leave that open.</summary>
internal static class VariantChoice
{
    /// <summary>
    /// The pack's light variant, of which its maker has measured that it is as good, on a processor that is the faster with it; single precision
    /// for everything else.
    /// </summary>
    /// <param name="light">As the pack's manifest names it; null if it names none.</param>
    /// <param name="areBytesFast">What the processor has.</param>
    /// <param name="parts">Whose graphs run.</param>
    public static OnnxOptions Choose(this OnnxOptions options, string? light, bool areBytesFast, params IEnumerable<PackPart> parts)
    {
        if (light is null || !areBytesFast || options.Device != OnnxDevice.CpuName)
        {
            return options;
        }

        return options.With(parts.SelectMany(part => part.Graphs.Where(graph => options.LeavesOpen(graph) && part.VariantsOf(graph).Contains(light)))
            .Distinct().ToDictionary(graph => graph, _ => light));
    }
}
