using Sensorium.Deployment.Tests.Monitoring;

namespace Sensorium.Deployment.Tests.Certificates;

internal sealed class Issuer : CustomResource<IssuerSpec>;

internal sealed class IssuerSpec
{
    public SelfSigned? SelfSigned { get; set; }

    public AuthorityIssuer? Ca { get; set; }
}

internal sealed class SelfSigned;

internal sealed class AuthorityIssuer
{
    public string SecretName { get; set; } = "";
}

internal sealed class Certificate : CustomResource<CertificateSpec>;

internal sealed class CertificateSpec
{
    public bool IsCA { get; set; }

    public string? CommonName { get; set; }

    public string SecretName { get; set; } = "";

    public string Duration { get; set; } = "";

    public string? RenewBefore { get; set; }

    public List<string> DnsNames { get; set; } = [];

    public List<string> Usages { get; set; } = [];

    public PrivateKey PrivateKey { get; set; } = new();

    public IssuerReference IssuerRef { get; set; } = new();
}

internal sealed class PrivateKey
{
    public string Algorithm { get; set; } = "";

    public int Size { get; set; }

    public string? RotationPolicy { get; set; }
}

internal sealed class IssuerReference
{
    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";
}
