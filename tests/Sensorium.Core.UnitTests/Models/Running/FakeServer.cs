using Sensorium.Core.Encoding;
using Sensorium.Core.Models;

namespace Sensorium.Core.UnitTests.Models.Running;

internal sealed class FakeServer : IAsyncDisposable
{
    public bool IsDisposed { get; private set; }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}

internal sealed record FakeDescription(ModelIdentity Model) : IModelDescription
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public static FakeDescription Of(string id, string revision = "1") => new(new ModelIdentity(id, revision, "fp32", id, "", "cpu", ""));
}
