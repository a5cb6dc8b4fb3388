namespace Sensorium.Hosting.Policies.Keys;

/// <summary>Tells who the request under way is from.</summary>
public interface ICallers
{
    Caller Current { get; }
}
