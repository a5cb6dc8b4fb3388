namespace Sensorium.Core.Models.Running;

/// <summary>Gives memory back to the system that is free and still held. Registered once for each kind of memory.</summary>
public interface IMemoryRelief
{
    void Release();
}
