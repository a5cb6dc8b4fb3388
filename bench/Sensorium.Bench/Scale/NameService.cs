using Grpc.Net.Client.Balancer;

namespace Sensorium.Bench.Scale;

/// <summary>What DNS has for the name of the service, and asked for again as often as the product asks DNS.</summary>
internal sealed class NameService : ResolverFactory
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private volatile string[] _addresses = [];

    public override string Name => "dns";

    public void Set(IEnumerable<string> addresses) => _addresses = [.. addresses];

    public override Resolver Create(ResolverOptions options) => new Asking(this, options.LoggerFactory);

    private sealed class Asking(NameService names, ILoggerFactory loggers) : PollingResolver(loggers)
    {
        private Timer? _timer;

        protected override void OnStarted() => _timer = new Timer(_ => Refresh(), null, Interval, Interval);

        protected override Task ResolveAsync(CancellationToken cancellationToken)
        {
            Listener(ResolverResult.ForResult([.. names._addresses.Select(address => new BalancerAddress(address, Replica.Port))]));
            return Task.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            _timer?.Dispose();
            base.Dispose(disposing);
        }
    }
}
