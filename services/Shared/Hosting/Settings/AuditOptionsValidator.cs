using Microsoft.Extensions.Options;

namespace Sensorium.Hosting.Settings;

internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        if (options.Path.Length == 0)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            using var file = new FileStream(options.Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            return ValidateOptionsResult.Success;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail($"{AuditOptions.Section}:Path cannot be written to: {error.Message}");
        }
    }
}
