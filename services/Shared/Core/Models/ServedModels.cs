using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Models;

/// <summary>The models of one service.</summary>
/// <param name="Service">As in messages: "vision".</param>
/// <param name="Models">The default first.</param>
/// <param name="Unserved">Those that could not be loaded.</param>
public sealed record ServedModels<T>(string Service, IReadOnlyList<T> Models, IReadOnlyList<UnservedModel> Unserved)
    where T : class, IModelDescription
{
    /// <summary>Answers requests that name no model; null if it is not served.</summary>
    public T? Default => Models.Count == 0 || Unserved.Any(model => model.IsDefault) ? null : Models[0];

    /// <summary>Null if the model that is asked for is not served.</summary>
    public T? Find(ModelSelector? selector) => string.IsNullOrEmpty(selector?.Id) && string.IsNullOrEmpty(selector?.Revision)
        ? Default
        : Models.FirstOrDefault(model => selector!.Matches(model));

    /// <summary>The one that the settings name for a task; null if they name none.</summary>
    /// <exception cref="SensoriumException">FAILED_PRECONDITION: they name one that is not served.</exception>
    public T? FindNamed(ModelTask task) => Unserved.FirstOrDefault(model => model.NamedTasks.Contains(task)) is { } unserved
        ? throw NotServed(new ModelSelector(unserved.Id, null))
        : Models.FirstOrDefault(model => model.NamedTasks.Contains(task));

    /// <exception cref="SensoriumException">FAILED_PRECONDITION that names what is missing, and what there is.</exception>
    public T Select(ModelSelector? selector) => Find(selector) ?? throw NotServed(selector);

    private SensoriumException NotServed(ModelSelector? selector)
    {
        var wanted = Unserved.FirstOrDefault(model => string.IsNullOrEmpty(selector?.Id) ? model.IsDefault : model.IsNamed(selector.Id));
        var (reason, message) = (Models.Count, wanted) switch
        {
            (_, { } unserved) => (ErrorReasons.ModelNotServed, $"The {Service} service cannot use model '{unserved.Id}': {unserved.Reason}"),
            (0, _) => (ErrorReasons.ModelNotServed, $"No model that is served here has a part for the {Service} service."),
            _ => (ErrorReasons.ModelMismatch, $"The {Service} service was asked for {selector}; it serves {NamesFor(selector)}."),
        };
        return new SensoriumException(ErrorCode.FailedPrecondition, reason, message)
        {
            Metadata = new Dictionary<string, string> { ["service"] = Service },
        };
    }

    // The revision matters only to those who asked for another one of the same model.
    private string NamesFor(ModelSelector? selector) => Models.FirstOrDefault(model => (selector! with { Revision = null }).Matches(model)) is { } other
        ? $"'{other.Model.Id}' revision '{other.Model.Revision}'"
        : ModelNames.List(Models.Select(model => model.Model.Id));
}

public static class ServedModels
{
    /// <summary>A service of one model.</summary>
    public static ServedModels<T> Only<T>(string service, T model)
        where T : class, IModelDescription => new(service, [model], []);
}
