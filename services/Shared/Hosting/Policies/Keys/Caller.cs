namespace Sensorium.Hosting.Policies.Keys;

/// <summary>Who a request is from.</summary>
/// <param name="Id">The same for every call with the same key, and not the key; empty without keys.</param>
/// <param name="ReadsAll">May read what others uploaded: a service may, and anyone where no keys are asked for.</param>
/// <param name="Manages">May change what is served to all: an administrator, a service, and anyone where no keys are asked for.</param>
public sealed record Caller(string Id, bool ReadsAll, bool Manages)
{
    /// <summary>Everyone, where no keys are asked for.</summary>
    public static readonly Caller Anyone = new("", true, true);
}
