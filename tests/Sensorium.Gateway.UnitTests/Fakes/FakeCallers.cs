using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Gateway.UnitTests.Fakes;

internal sealed class FakeCallers : ICallers
{
    public Caller Current { get; set; } = Caller.Anyone;
}
