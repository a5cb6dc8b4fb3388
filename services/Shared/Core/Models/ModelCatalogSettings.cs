namespace Sensorium.Core.Models;

/// <summary>What the settings say about models by their ids.</summary>
internal static class ModelCatalogSettings
{
    /// <summary>Settings that name a model that is not there, or give one the name of another.</summary>
    public static IEnumerable<string> Problems(ModelsOptions options, IReadOnlyList<CatalogModel> models)
    {
        string[] ids = [.. models.Select(model => model.Id)];
        foreach (var (key, id) in Named(options))
        {
            if (!ids.Contains(id, StringComparer.Ordinal))
            {
                yield return $"'{ModelsOptions.Section}:{key}' is '{id}', but the models are {ModelNames.List(ids)}";
            }
        }

        foreach (var model in models.Where(model => model.Pack is not null))
        {
            foreach (var task in NamedTasks(options, model.Id).Where(task => model.Keys.All(key => key.Task != task)))
            {
                yield return $"'{ModelsOptions.Section}:{nameof(ModelsOptions.Defaults)}:{task}' is '{model.Id}', but that model does {string.Join(", ", model.Keys.Select(key => key.Task).Distinct())}";
            }
        }

        foreach (var id in options.Settings.Keys.Where(id => !ids.Contains(id, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"'{ModelsOptions.Section}:Settings:{id}' is set, but the models are {ModelNames.List(ids)}";
        }

        foreach (var (id, settings) in options.Settings)
        {
            foreach (var alias in settings.Aliases.Where(alias => ids.Contains(alias, StringComparer.Ordinal)))
            {
                yield return $"'{ModelsOptions.Section}:Settings:{id}:Aliases' holds '{alias}', which is the id of a model";
            }
        }
    }

    /// <summary>The tasks for which a model answers requests that name none.</summary>
    /// <param name="firstId">Of the model that is the default where no setting says otherwise.</param>
    public static IReadOnlyList<ModelTask> DefaultTasks(ModelsOptions options, string id, string firstId) =>
        [.. Enum.GetValues<ModelTask>().Where(task => (options.Defaults.TryGetValue(task.ToString(), out var wanted) ? wanted : firstId) == id)];

    /// <summary>The tasks for which a model is named.</summary>
    public static IReadOnlyList<ModelTask> NamedTasks(ModelsOptions options, string id) =>
        [.. Enum.GetValues<ModelTask>().Where(task => options.Defaults.TryGetValue(task.ToString(), out var named) && named == id)];

    private static IEnumerable<(string Key, string Id)> Named(ModelsOptions options)
    {
        if (options.Default.Length > 0)
        {
            yield return (nameof(ModelsOptions.Default), options.Default);
        }

        foreach (var (task, id) in options.Defaults)
        {
            yield return ($"{nameof(ModelsOptions.Defaults)}:{task}", id);
        }
    }
}
