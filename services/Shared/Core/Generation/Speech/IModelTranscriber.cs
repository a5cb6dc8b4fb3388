using Sensorium.Core.Encoding;

namespace Sensorium.Core.Generation.Speech;

/// <summary>Writes down speech with one model, which it owns.</summary>
public interface IModelTranscriber : ITranscriber, IAsyncDisposable
{
    ModelIdentity Identity { get; }
}
