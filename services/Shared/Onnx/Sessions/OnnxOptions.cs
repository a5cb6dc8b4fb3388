using Sensorium.Core.Models;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Sessions;

/// <summary>How one service runs its models; section "Sensorium:&lt;Service&gt;:Model".</summary>
public sealed class OnnxOptions
{
    /// <summary>"cpu", or "cuda:N" for the N-th device. Never guessed: a device that is not there fails the start.</summary>
    public string Device { get; set; } = "cpu";

    /// <summary>"cpu" runs there, with a warning, when <see cref="Device"/> is not available; null fails the start.</summary>
    public string? Fallback { get; set; }

    /// <summary>
    /// Number type of the weights, one of <see cref="ModelVariants.All"/>, or "auto": the light variant of a pack that has been measured to be as
    /// good, where the processor is the faster with it (products of bytes), and single precision for everything else.
    /// </summary>
    public string Variant { get; set; } = ModelVariants.Automatic;

    /// <summary>Number types of single graphs, by the name of the graph, as `Variants:decoder_model_merged`.</summary>
    public IDictionary<string, string> Variants { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Threads of one run. 0 runs on the pool that all sessions of the process share (<see cref="OnnxRuntimeOptions.Threads"/>);
    /// above 0 gives each session a pool of its own.
    /// </summary>
    public int Threads { get; set; }

    /// <summary>
    /// Lets the threads of the session's own pool (<see cref="Threads"/> above 0) spin from one operator to the next, but
    /// never between runs: for small graphs that run again and again, where waking a thread takes as long as its work. The
    /// step of generation does so unless it is configured otherwise, on a pool of as many threads as there are cores, at
    /// most four.
    /// </summary>
    public bool SpinWhileRunning { get; set; }

    /// <summary>Most memory that one session may take on an accelerator, in MiB; 0 means no limit. For the CPU there is one limit for all sessions, <see cref="OnnxRuntimeOptions.CpuMemoryLimitMiB"/>.</summary>
    public int MemoryLimitMiB { get; set; }

    public OnnxOptimization Optimization { get; set; } = OnnxOptimization.All;

    /// <summary>
    /// Gives an input the same result in any company. Models whose arithmetic looks across the batch (dynamic quantisation
    /// takes one scale for all rows) are then run one input at a time.
    /// </summary>
    public bool BatchInvariant { get; set; } = true;

    /// <summary>As <see cref="ModelSettings.Normalize"/> has it for one model; not read from a service's own section.</summary>
    internal bool? Normalize { get; private set; }

    /// <summary>Number type of one graph; single precision where that is left open.</summary>
    public string VariantOf(string graph) => LeavesOpen(graph) ? ModelVariants.SinglePrecision : SettingOf(graph);

    internal bool LeavesOpen(string graph) => SettingOf(graph) == ModelVariants.Automatic;

    /// <summary>The same with these variants of graphs.</summary>
    internal OnnxOptions With(IReadOnlyDictionary<string, string> variants) =>
        Copy([.. Variants.Where(variant => !variants.ContainsKey(variant.Key)), .. variants]);

    /// <summary>Those for one model, whose own settings go before these.</summary>
    public OnnxOptions For(ModelSettings model)
    {
        var options = Copy([.. Variants.Where(variant => model.Variant.Length == 0 && !model.Variants.ContainsKey(variant.Key)), .. model.Variants]);
        options.Device = model.Device.Length > 0 ? model.Device : Device;
        options.Variant = model.Variant.Length > 0 ? model.Variant : Variant;
        options.Threads = model.Threads ?? Threads;
        options.MemoryLimitMiB = model.MemoryLimitMiB ?? MemoryLimitMiB;
        options.Normalize = model.Normalize;
        return options;
    }

    private OnnxOptions Copy(IEnumerable<KeyValuePair<string, string>> variants) => new()
    {
        Device = Device,
        Fallback = Fallback,
        Variant = Variant,
        Variants = new Dictionary<string, string>(variants, StringComparer.Ordinal),
        Threads = Threads,
        SpinWhileRunning = SpinWhileRunning,
        MemoryLimitMiB = MemoryLimitMiB,
        Optimization = Optimization,
        BatchInvariant = BatchInvariant,
        Normalize = Normalize,
    };

    private string SettingOf(string graph) => Variants.TryGetValue(graph, out var variant) ? variant : Variant;
}

/// <summary>How far a graph is rewritten when it is loaded.</summary>
public enum OnnxOptimization
{
    None,
    Basic,
    Extended,
    All,
}
