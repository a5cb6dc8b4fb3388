using Sensorium.Core.Media;

namespace Sensorium.Text.UnitTests.Preprocessing;

internal sealed class MemoryContent(byte[] data) : IMediaContent
{
    public string Sha256 => "";

    public long SizeBytes => data.Length;

    public ReadOnlyMemory<byte>? Memory => data;

    public string? FilePath => null;

    public Stream OpenRead() => new MemoryStream(data);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
