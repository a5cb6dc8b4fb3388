using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Sensorium.Hosting.Certificates;

/// <summary>How long the certificates and authorities of this process are still good for, as their files have them now.</summary>
internal sealed class CertificateMetrics(IMeterFactory meters, HostCertificates host, PeerCertificates peers, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        (string Name, Func<DateTime?> GoodUntil)[] all =
        [
            ("host", () => host.Shown?.GoodUntil),
            ("services", () => peers.Shown?.GoodUntil),
            ("authority_of_callers", () => host.OfCallers?.GoodUntil),
            ("authority_of_services", () => peers.Authorities?.GoodUntil),
        ];
        var watched = all.Where(certificate => certificate.GoodUntil() is not null).ToArray();
        if (watched.Length > 0)
        {
            meters.Create("Sensorium").CreateObservableGauge(
                "sensorium.certificate.expiry",
                () => watched.Select(each => Measure(each.Name, each.GoodUntil()!.Value)),
                "s",
                "How long each certificate or authority is still good for, and below 0 when it no longer is.");
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Measurement<double> Measure(string name, DateTime goodUntil) =>
        new(Math.Round((goodUntil - time.GetUtcNow().UtcDateTime).TotalSeconds), new KeyValuePair<string, object?>("certificate", name));
}
