using Microsoft.Extensions.Options;
using Sensorium.Hosting.Certificates;
using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Hosting.Settings;

internal sealed class PeerOptionsValidator : IValidateOptions<PeerOptions>
{
    public ValidateOptionsResult Validate(string? name, PeerOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        foreach (var (key, address) in Addresses(options))
        {
            if (address.Length > 0 && !PeerAddress.IsValid(address))
            {
                errors.AddError($"{PeerOptions.Section}:{key} must be http://host:port or https://host:port, or several of one kind with commas between them, but is \"{address}\".");
            }
        }

        if (options.Gateway.Contains(','))
        {
            errors.AddError($"{PeerOptions.Section}:Gateway must be one address, whose name may stand for many, but is \"{options.Gateway}\".");
        }

        CheckKeys(options, errors);
        CheckCertificates(options, errors);
        if (options.DescribeTimeout <= TimeSpan.Zero)
        {
            errors.AddError($"{PeerOptions.Section}:DescribeTimeout must be positive, but is {options.DescribeTimeout}.");
        }

        if (options.EncodeTimeout <= TimeSpan.Zero)
        {
            errors.AddError($"{PeerOptions.Section}:EncodeTimeout must be positive, but is {options.EncodeTimeout}.");
        }

        if (options.StartupPatience < TimeSpan.Zero)
        {
            errors.AddError($"{PeerOptions.Section}:StartupPatience must not be negative, but is {options.StartupPatience}.");
        }

        if (options.DescriptionLifetime <= TimeSpan.Zero)
        {
            errors.AddError($"{PeerOptions.Section}:DescriptionLifetime must be positive, but is {options.DescriptionLifetime}.");
        }

        return errors.Build();
    }

    private static void CheckKeys(PeerOptions options, ValidateOptionsResultBuilder errors)
    {
        if (options.ApiKey.Length is > 0 and < HostingOptions.MinKeyLength)
        {
            errors.AddError($"{PeerOptions.Section}:ApiKey must have at least {HostingOptions.MinKeyLength} characters.");
        }

        if (options.ApiKey.Length > 0 && options.ApiKeyPath.Length > 0)
        {
            errors.AddError($"{PeerOptions.Section}:ApiKey and ApiKeyPath are both set; set one of them.");
        }

        if (KeyFile.Check(errors, $"{PeerOptions.Section}:ApiKeyPath", options.ApiKeyPath) is { Length: 0 } && options.ApiKeyPath.Length > 0)
        {
            errors.AddError($"{PeerOptions.Section}:ApiKeyPath: {options.ApiKeyPath} has no key.");
        }
    }

    private static void CheckCertificates(PeerOptions options, ValidateOptionsResultBuilder errors)
    {
        CertificateSettings.CheckPair(errors, PeerOptions.Section, options.CertificatePath, options.KeyPath);
        CertificateSettings.CheckAuthority(errors, $"{PeerOptions.Section}:{nameof(options.AuthorityPath)}", options.AuthorityPath);
        if (options.CertificatePath.Length == 0 && options.AuthorityPath.Length == 0)
        {
            return;
        }

        // Certificates that are configured and never used would look like protection.
        foreach (var (key, address) in Addresses(options).Where(peer => peer.Address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)))
        {
            errors.AddError($"{PeerOptions.Section}:{key} must be https where certificates of services are set, but is \"{address}\".");
        }
    }

    private static IEnumerable<(string Key, string Address)> Addresses(PeerOptions options) =>
    [
        (nameof(options.Text), options.Text),
        (nameof(options.Vision), options.Vision),
        (nameof(options.Audio), options.Audio),
        (nameof(options.Video), options.Video),
        (nameof(options.Generation), options.Generation),
        (nameof(options.ImageGeneration), options.ImageGeneration),
        (nameof(options.Gateway), options.Gateway),
    ];
}
