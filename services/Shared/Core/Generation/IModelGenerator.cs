namespace Sensorium.Core.Generation;

/// <summary>What writes with one model of this process.</summary>
public interface IModelGenerator : ICaptionGenerator, IAsyncDisposable;
