using Xunit;

namespace Sensorium.FunctionalTests.Infrastructure;

[CollectionDefinition(Name)]
public sealed class InOneProcess : ICollectionFixture<OneProcess>
{
    public const string Name = "one process";
}

[CollectionDefinition(Name)]
public sealed class InSixProcesses : ICollectionFixture<SixProcesses>
{
    public const string Name = "six processes";
}
