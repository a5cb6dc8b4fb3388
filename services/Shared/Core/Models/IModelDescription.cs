using Sensorium.Core.Encoding;

namespace Sensorium.Core.Models;

/// <summary>What a model says of itself.</summary>
public interface IModelDescription
{
    ModelIdentity Model { get; }
}
