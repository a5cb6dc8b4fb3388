using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.UnitTests.Fakes;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class UploadOperationTests : IDisposable
{
    private readonly TestGateway _gateway = new();
    private readonly FakeStore _store = new();

    public void Dispose() => _gateway.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task What_was_announced_or_left_open_is_kept(long announced)
    {
        var uploaded = await RunAsync(announced, [1, 2], [3, 4]);

        Assert.Equal([1, 2, 3, 4], _store.Kept);
        Assert.Equal(("self:1", 4), (uploaded.Reference.Holder, uploaded.Reference.SizeBytes));
        Assert.Equal((true, DateTimeOffset.MaxValue), (_store.Promised, uploaded.ExpiresAt));
        Assert.Equal(0, _gateway.Media.Open);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task Another_length_than_announced_is_refused_and_nothing_is_kept(long announced)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(announced, [1, 2], [3, 4]));

        Assert.Equal((ErrorCode.InvalidArgument, "header.size_bytes"), (error.Code, error.Field));
        Assert.Contains($"{announced}", error.Message, StringComparison.Ordinal);
        Assert.Null(_store.Kept);
    }

    private Task<Uploaded> RunAsync(long announced, params byte[][] chunks) =>
        new UploadOperation(_store, _gateway.Media, _gateway.Media, _gateway.Self, _gateway.Callers, new CallRecords(new HttpContextAccessor(), _gateway.Callers)).RunAsync(
            new UploadAnnouncement(null, announced, null),
            chunks.Select(chunk => (ReadOnlyMemory<byte>)chunk).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken);

    private sealed class FakeStore : IMediaStore
    {
        public byte[]? Kept { get; private set; }

        public Core.Media.IMediaContent? TryOpen(string sha256, string? owner = null) => null;

        public bool Promised { get; private set; }

        public StoredMedia? Keep(string sha256, string owner)
        {
            if (Kept is null)
            {
                return null;
            }

            Promised = true;
            return new StoredMedia(sha256, Kept.Length, DateTimeOffset.MaxValue);
        }

        public IMediaUpload BeginUpload(long announcedBytes = 0, string? announcedSha256 = null, string? owner = null) => new Upload(this);

        private sealed class Upload(FakeStore store) : IMediaUpload
        {
            private readonly List<byte> _bytes = [];

            public ValueTask WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
            {
                _bytes.AddRange(chunk.Span);
                return ValueTask.CompletedTask;
            }

            public ValueTask<StoredMedia> CompleteAsync(CancellationToken cancellationToken)
            {
                store.Kept = [.. _bytes];
                return ValueTask.FromResult(new StoredMedia(new string('a', 64), _bytes.Count, DateTimeOffset.UnixEpoch));
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
