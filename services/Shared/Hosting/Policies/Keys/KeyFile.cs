using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>Files of keys: one a line; lines that start with "#" are comments.</summary>
internal static class KeyFile
{
    public static string[] Read(string path) => [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>For a file that is read again: one with a key that is too short, as half written, cannot be used.</summary>
    public static string[] ReadWhole(string path) => Read(path) is var keys && AreLong(keys)
        ? keys
        : throw new InvalidDataException($"{path} has a key of less than {HostingOptions.MinKeyLength} characters.");

    /// <summary>The keys that a file has when the host starts; null if it cannot be used. What is wrong is told without showing a key.</summary>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="setting">With its section.</param>
    /// <param name="path">Empty if it is not set: there are no keys.</param>
    public static string[]? Check(ValidateOptionsResultBuilder errors, string setting, string path)
    {
        if (path.Length == 0)
        {
            return [];
        }

        if (!File.Exists(path))
        {
            errors.AddError($"{setting}: there is no file {path}.");
            return null;
        }

        try
        {
            if (Read(path) is var keys && AreLong(keys))
            {
                return keys;
            }

            errors.AddError($"{setting}: the keys of {path} must have at least {HostingOptions.MinKeyLength} characters each.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.AddError($"{setting}: {path} cannot be read: {error.Message}");
        }

        return null;
    }

    private static bool AreLong(string[] keys) => Array.TrueForAll(keys, key => key.Length >= HostingOptions.MinKeyLength);
}
