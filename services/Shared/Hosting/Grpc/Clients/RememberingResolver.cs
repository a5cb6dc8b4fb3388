using System.Collections.Concurrent;
using Grpc.Net.Client.Balancer;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Resolves as another does, and remembers the last addresses of each name.</summary>
internal sealed class RememberingResolver(ResolverFactory inner) : ResolverFactory
{
    private readonly ConcurrentDictionary<Uri, IReadOnlyList<BalancerAddress>> _addresses = new();

    public override string Name => inner.Name;

    /// <summary>None before the name has been resolved.</summary>
    public IReadOnlyList<BalancerAddress> AddressesOf(Uri name) => _addresses.GetValueOrDefault(name) ?? [];

    public override Resolver Create(ResolverOptions options) => new Remembering(inner.Create(options), result =>
    {
        if (result.Addresses is { } addresses)
        {
            _addresses[options.Address] = addresses;
        }
    });

    private sealed class Remembering(Resolver inner, Action<ResolverResult> remember) : Resolver
    {
        public override void Start(Action<ResolverResult> listener) => inner.Start(result =>
        {
            remember(result);
            listener(result);
        });

        public override void Refresh() => inner.Refresh();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
