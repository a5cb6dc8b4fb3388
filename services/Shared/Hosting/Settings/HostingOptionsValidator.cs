using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Certificates;
using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Hosting.Settings;

/// <param name="profile">Of this host.</param>
/// <param name="configuration">For the settings of other services, which are checked on their own.</param>
internal sealed class HostingOptionsValidator(ServiceProfile profile, IConfiguration configuration) : IValidateOptions<HostingOptions>
{
    private const string Section = HostingOptions.Section;

    public ValidateOptionsResult Validate(string? name, HostingOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        CheckListening(options, errors);
        CheckLimits(options, errors);
        CheckCertificate(options, errors);
        foreach (var (setting, keys) in new[] { (nameof(options.ApiKeys), options.ApiKeys), (nameof(options.AdminKeys), options.AdminKeys) })
        {
            if (keys.Any(key => key.Length < HostingOptions.MinKeyLength))
            {
                errors.AddError($"{Section}:{setting} must have at least {HostingOptions.MinKeyLength} characters each.");
            }
        }

        KeyFile.Check(errors, $"{Section}:ApiKeysPath", options.ApiKeysPath);
        KeyFile.Check(errors, $"{Section}:AdminKeysPath", options.AdminKeysPath);
        CheckKeys(options, errors);
        return errors.Build();
    }

    private void CheckKeys(HostingOptions options, ValidateOptionsResultBuilder errors)
    {
        var ofCallers = options.ApiKeys.Count > 0 || options.AdminKeys.Count > 0 || options.ApiKeysPath.Length > 0 || options.AdminKeysPath.Length > 0
            || TenantsOptions.Read(configuration).HaveKeys;
        var services = configuration.GetSection(PeerOptions.Section).Get<PeerOptions>() ?? new PeerOptions();
        var isGateway = profile == ServiceProfile.Gateway;
        var isProtected = !isGateway && (services.HasKey() || options.ClientAuthorityPath.Length > 0);
        if (!ofCallers && !isProtected && !options.AllowAnonymous && IsBeyondLoopback(options.Address))
        {
            errors.AddError(
                $"{Section}:Address is \"{options.Address}\", which other machines reach, and no key is asked for: set "
                + (isGateway ? $"{Section}:ApiKeys" : $"{PeerOptions.Section}:ApiKey")
                + $", or {Section}:AllowAnonymous to true if that is meant.");
        }

        if (isGateway && ofCallers && !services.HasKey() && services.HasAddresses())
        {
            errors.AddError(
                $"{PeerOptions.Section}:ApiKey must be set, on every host, where callers of the gateway bring keys: the other services read uploads with it.");
        }
    }

    private static bool IsBeyondLoopback(string address) =>
        address == "*" || (IPAddress.TryParse(address, out var parsed) && !IPAddress.IsLoopback(parsed));

    private static void CheckListening(HostingOptions options, ValidateOptionsResultBuilder errors)
    {
        if (options.Address != "*" && !IPAddress.TryParse(options.Address, out _))
        {
            errors.AddError($"{Section}:Address must be an IP address or \"*\", but is \"{options.Address}\".");
        }

        foreach (var (key, port) in new[] { (nameof(options.GrpcPort), options.GrpcPort), (nameof(options.HttpPort), options.HttpPort) })
        {
            if (port is < 0 or > 65_535)
            {
                errors.AddError($"{Section}:{key} must lie between 0 and 65535, but is {port}.");
            }
        }

        if (options.GrpcPort == options.HttpPort && options.GrpcPort != 0)
        {
            errors.AddError($"{Section}:GrpcPort and HttpPort are both {options.GrpcPort}; they must differ.");
        }

        if (options.AdvertisedAddress.Length > 0 && !HostPort.TryParse(options.AdvertisedAddress, out _, out _))
        {
            errors.AddError($"{Section}:AdvertisedAddress must be host:port, but is \"{options.AdvertisedAddress}\".");
        }
    }

    private static void CheckLimits(HostingOptions options, ValidateOptionsResultBuilder errors)
    {
        (string Key, double Value)[] positive =
        [
            (nameof(options.MaxSendBytes), options.MaxSendBytes),
            (nameof(options.MaxInlineBytes), options.MaxInlineBytes),
            (nameof(options.MaxConnections), options.MaxConnections),
            (nameof(options.MaxStreamsPerConnection), options.MaxStreamsPerConnection),
            (nameof(options.MaxItems), options.MaxItems),
            (nameof(options.MaxStreamItems), options.MaxStreamItems),
            (nameof(options.UploadIdleTimeout), options.UploadIdleTimeout.TotalSeconds),
            (nameof(options.SlowReaderTimeout), options.SlowReaderTimeout.TotalSeconds),
            (nameof(options.DrainTimeout), options.DrainTimeout.TotalSeconds),
        ];
        foreach (var (key, value) in positive.Where(limit => limit.Value <= 0))
        {
            errors.AddError($"{Section}:{key} must be positive, but is {value}.");
        }

        if (options.MaxReceiveBytes < options.MaxInlineBytes)
        {
            errors.AddError($"{Section}:MaxReceiveBytes ({options.MaxReceiveBytes}) must not be less than MaxInlineBytes ({options.MaxInlineBytes}).");
        }

        if (options.MaxBytesInFlightPerCaller < options.MaxReceiveBytes)
        {
            errors.AddError(
                $"{Section}:MaxBytesInFlightPerCaller ({options.MaxBytesInFlightPerCaller}) must not be less than MaxReceiveBytes ({options.MaxReceiveBytes}).");
        }

        if (options.MaxBytesInFlight < options.MaxBytesInFlightPerCaller)
        {
            errors.AddError(
                $"{Section}:MaxBytesInFlight ({options.MaxBytesInFlight}) must not be less than MaxBytesInFlightPerCaller ({options.MaxBytesInFlightPerCaller}).");
        }

        if (options.DrainDelay < TimeSpan.Zero)
        {
            errors.AddError($"{Section}:DrainDelay must not be negative, but is {options.DrainDelay}.");
        }
    }

    private static void CheckCertificate(HostingOptions options, ValidateOptionsResultBuilder errors)
    {
        CertificateSettings.CheckPair(errors, Section, options.CertificatePath, options.KeyPath);
        CertificateSettings.CheckAuthority(errors, $"{Section}:{nameof(options.ClientAuthorityPath)}", options.ClientAuthorityPath);
        if (options.ClientAuthorityPath.Length > 0 && options.CertificatePath.Length == 0)
        {
            errors.AddError($"{Section}:ClientAuthorityPath needs {Section}:CertificatePath: in plain text nobody shows a certificate.");
        }
    }
}
