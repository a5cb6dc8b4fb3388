using System.Globalization;

namespace Sensorium.Bench.Reporting;

/// <summary>What a ratio should be.</summary>
internal sealed record Target(bool AtLeast, double Bound)
{
    public bool IsMet(double value) => AtLeast ? value >= Bound : value <= Bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(AtLeast ? '≥' : '≤')} {Bound}");
}

internal static class Targets
{
    private static readonly Dictionary<string, Target> All = new()
    {
        ["embed_vs_ceiling_16"] = new(true, 0.90),
        ["embed_vs_node_16"] = new(true, 2),
        ["tokens_vs_single_16"] = new(true, 4),
        ["tokens_vs_node_16"] = new(true, 3),
        ["ttft_vs_bare_1"] = new(false, 1.10),
        ["embed_int8_vs_fp32"] = new(true, 1.8),
        ["conversation_ttft_gain"] = new(true, 0.6),
        ["conversation_rps_gain"] = new(true, 1),
        ["cached_cpu_gain"] = new(true, 20),
        ["captions_vs_node_16"] = new(true, 2.5),
        ["cached_p50_vs_echo"] = new(false, 3),
        ["overhead_vs_echo"] = new(false, 2),
        ["overload_goodput"] = new(true, 0.90),
        ["overload_refusals_resource_exhausted"] = new(true, 1),
    };

    public static Target? Of(string ratio) => All.GetValueOrDefault(ratio);
}
