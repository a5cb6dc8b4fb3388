namespace Sensorium.Bench.Measuring;

/// <summary>One contender's figures in one window, under fixed names; absent figures do not apply.</summary>
internal sealed record Sample(string Step, SortedDictionary<string, double> Figures)
{
    public const string Clients = "clients";
    public const string PicturesPerSecond = "pictures_per_s";
    public const string TokensPerSecond = "tokens_per_s";
    public const string CallsPerSecond = "calls_per_s";
    public const string LatencyP50 = "latency_p50_ms";
    public const string LatencyP99 = "latency_p99_ms";
    public const string FirstTokenP50 = "first_token_p50_ms";
    public const string FirstTokenP99 = "first_token_p99_ms";
    public const string CpuPerItem = "cpu_ms_per_item";
    public const string Resident = "resident_mb";
    public const string EncoderRunsPerItem = "encoded_per_item";
    public const string Errors = "errors";
    public const string DisturbedShare = "disturbed_share";
    public const string StealShare = "steal_share";

    /// <summary>Why the window cannot be used; null if it can.</summary>
    public string? Void { get; init; }

    public double this[string figure] => Figures[figure];
}
