using Microsoft.Extensions.Options;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Sessions;

/// <summary>What settings of single models say about how they run.</summary>
internal sealed class ModelSettingsValidator : IValidateOptions<ModelsOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        foreach (var (id, settings) in options.Settings)
        {
            foreach (var (key, problem) in Problems(settings))
            {
                errors.AddError($"{ModelsOptions.Section}:Settings:{id}:{key} {problem}.");
            }
        }

        return errors.Build();
    }

    private static IEnumerable<(string Key, string Problem)> Problems(ModelSettings settings)
    {
        if (settings.Device.Length > 0 && !OnnxDevice.TryParse(settings.Device, out _))
        {
            yield return (nameof(settings.Device), $"is '{settings.Device}', but must be 'cpu' or 'cuda:N'");
        }

        var variants = settings.Variants.Select(entry => ($"{nameof(settings.Variants)}:{entry.Key}", entry.Value));
        foreach (var (key, variant) in variants.Append((nameof(settings.Variant), settings.Variant)).Where(entry => entry.Item2.Length > 0))
        {
            if (!ModelVariants.Settings.Contains(variant))
            {
                yield return (key, $"is '{variant}', but must be one of {string.Join(", ", ModelVariants.Settings)}");
            }
        }

        if (settings.Threads is < 0 or > 1024)
        {
            yield return (nameof(settings.Threads), $"is {settings.Threads}, but must be from 0 to 1024");
        }

        if (settings.MemoryLimitMiB < 0)
        {
            yield return (nameof(settings.MemoryLimitMiB), $"is {settings.MemoryLimitMiB}, but must not be negative");
        }
    }
}
