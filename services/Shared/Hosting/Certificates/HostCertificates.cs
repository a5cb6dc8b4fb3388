using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Certificates;

/// <summary>What this process shows to its callers, and which of theirs it believes. Read when first asked for, after the settings have been checked.</summary>
internal sealed class HostCertificates(IOptions<HostingOptions> options, TimeProvider time, ILogger<HostCertificates> logger)
{
    private readonly Lazy<ShownCertificate?> _shown = new(() =>
        options.Value is { CertificatePath.Length: > 0 } host ? new ShownCertificate(host.CertificatePath, host.KeyPath, time, logger) : null);

    private readonly Lazy<Authorities?> _callers = new(() =>
        options.Value is { ClientAuthorityPath.Length: > 0 } host ? new Authorities(host.ClientAuthorityPath, time, logger) : null);

    /// <summary>Null in plain text.</summary>
    public ShownCertificate? Shown => _shown.Value;

    /// <summary>Null where callers are asked for no certificate.</summary>
    public Authorities? OfCallers => _callers.Value;
}
