using Sensorium.Core.Encoding;

namespace Sensorium.Core.Models;

/// <summary>What a model says of itself.</summary>
public interface IModelDescription
{
    ModelIdentity Model { get; }

    /// <summary>Other names that it is asked for by.</summary>
    IReadOnlyList<string> Aliases { get; }

    /// <summary>Tasks for which the settings name it, be it the default of all others or not.</summary>
    IReadOnlyList<ModelTask> NamedTasks => [];
}
