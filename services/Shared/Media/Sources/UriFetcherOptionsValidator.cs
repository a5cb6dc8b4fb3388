using System.Net;
using Microsoft.Extensions.Options;

namespace Sensorium.Media.Sources;

internal sealed class UriFetcherOptionsValidator : IValidateOptions<UriFetcherOptions>
{
    public ValidateOptionsResult Validate(string? name, UriFetcherOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Timeout <= TimeSpan.Zero)
        {
            errors.AddError($"{UriFetcherOptions.Section}:Timeout must be positive, but is {options.Timeout}.");
        }

        if (options.MaxRedirects is < 0 or > 20)
        {
            errors.AddError($"{UriFetcherOptions.Section}:MaxRedirects must be in 0 ... 20, but is {options.MaxRedirects}.");
        }

        foreach (var network in options.AllowedPrivateNetworks.Where(network => !IPNetwork.TryParse(network, out _) && !IPAddress.TryParse(network, out _)))
        {
            errors.AddError($"{UriFetcherOptions.Section}:AllowedPrivateNetworks holds '{network}', which is neither an address nor a network.");
        }

        return errors.Build();
    }
}
