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

[CollectionDefinition(Name)]
public sealed class InSecuredProcesses : ICollectionFixture<Secured>
{
    public const string Name = "six processes with TLS and keys";
}
