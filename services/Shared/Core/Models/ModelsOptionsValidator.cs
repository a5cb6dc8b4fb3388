using Microsoft.Extensions.Options;
using Sensorium.Core.Settings;

namespace Sensorium.Core.Models;

/// <summary>What can be told without the models; <see cref="ModelCatalog"/> checks what names one.</summary>
internal sealed class ModelsOptionsValidator : IValidateOptions<ModelsOptions>
{
    private const string Section = ModelsOptions.Section;

    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Folder.Length > 0 && FolderFaults.OfRead(options.Folder) is { } fault)
        {
            errors.AddError($"{Section}:Folder {fault}.");
        }

        foreach (var task in options.Defaults.Keys.Where(task => !Enum.TryParse<ModelTask>(task, ignoreCase: true, out _)))
        {
            errors.AddError($"{Section}:Defaults:{task}: there is no task \"{task}\"; tasks are {string.Join(", ", Enum.GetNames<ModelTask>())}.");
        }

        foreach (var (id, settings) in options.Settings)
        {
            if (settings.Aliases.Any(string.IsNullOrWhiteSpace))
            {
                errors.AddError($"{Section}:Settings:{id}:Aliases holds an empty name.");
            }

            if (settings.IdleUnload < TimeSpan.Zero)
            {
                errors.AddError($"{Section}:Settings:{id}:IdleUnload must not be negative, but is {settings.IdleUnload}.");
            }
        }

        var twice = options.Settings.SelectMany(entry => entry.Value.Aliases).GroupBy(alias => alias, StringComparer.Ordinal).Where(group => group.Count() > 1);
        foreach (var alias in twice)
        {
            errors.AddError($"{Section}:Settings: the alias \"{alias.Key}\" is given {alias.Count()} times.");
        }

        return errors.Build();
    }
}
