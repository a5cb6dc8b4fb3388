namespace Sensorium.Bench.Load;

/// <summary>What a load generator saw within its window.</summary>
internal sealed class LoadResult
{
    private readonly Lock _lock = new();
    private readonly List<double> _latencies = [];
    private readonly List<double> _firstTokens = [];

    public double Seconds { get; set; }

    public long Calls { get; private set; }

    public long Items { get; private set; }

    public long Tokens { get; private set; }

    public SortedDictionary<string, long> Errors { get; } = [];

    public SortedDictionary<string, long> Details { get; } = [];

    public long Failed => Errors.Values.Sum();

    public void Add(CallOutcome outcome, double latencyMs)
    {
        lock (_lock)
        {
            if (outcome.Error is { } error)
            {
                Errors[error] = Errors.GetValueOrDefault(error) + 1;
                return;
            }

            Calls++;
            Items += outcome.Items;
            Tokens += outcome.Tokens;
            _latencies.Add(latencyMs);
            if (outcome.FirstTokenMs is { } first)
            {
                _firstTokens.Add(first);
            }

            if (outcome.Detail is { } detail)
            {
                Details[detail] = Details.GetValueOrDefault(detail) + 1;
            }
        }
    }

    public double LatencyMs(double quantile) => Statistics.Quantile(_latencies, quantile);

    public double FirstTokenMs(double quantile) => Statistics.Quantile(_firstTokens, quantile);
}
