using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Errors;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Media.UnitTests.Sources;

public sealed class MediaStoreTests : IDisposable
{
    private const string Owner = "alice";
    private readonly FakeTimeProvider _time = new();
    private readonly string _parent = Directory.CreateTempSubdirectory("sensorium-store-tests-").FullName;
    private readonly StoreFolder _folder;
    private readonly MediaStore _store;

    public MediaStoreTests()
    {
        _folder = new StoreFolder(_parent);
        var options = new MediaStoreOptions { Lifetime = TimeSpan.FromMinutes(10), MaxMediaBytes = 1000, MaxTotalBytes = 2500 };
        _store = new MediaStore(Options.Create(options), _folder, _time, NullLogger<MediaStore>.Instance);
    }

    [Fact]
    public async Task What_was_uploaded_in_chunks_can_be_read()
    {
        var stored = await UploadAsync(Data(1, 900), chunk: 100);

        await using var content = _store.TryOpen(stored.Sha256);

        Assert.Equal(Data(1, 900), await File.ReadAllBytesAsync(content!.FilePath!, TestContext.Current.CancellationToken));
        Assert.Equal((900L, stored.Sha256), (content.SizeBytes, content.Sha256));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Data(1, 900))), stored.Sha256);
    }

    [Fact]
    public async Task An_upload_that_is_broken_off_leaves_nothing()
    {
        var upload = _store.BeginUpload();
        await upload.WriteAsync(Data(1, 500), TestContext.Current.CancellationToken);
        Assert.Equal(500, _store.Bytes);

        await upload.DisposeAsync();

        Assert.Equal(0, _store.Bytes);
        AssertFiles(0);
    }

    [Fact]
    public async Task A_wrong_hash_is_refused_and_leaves_nothing()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => UploadAsync(Data(1, 10), sha256: new string('a', 64)));

        Assert.Equal(ErrorReasons.HashMismatch, error.Reason);
        AssertFiles(0);
    }

    [Fact]
    public async Task An_empty_upload_is_refused()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => UploadAsync([]));

        Assert.Equal(ErrorReasons.EmptyMedia, error.Reason);
    }

    [Fact]
    public void An_announced_size_over_the_limit_is_refused_before_a_byte_is_read()
    {
        var error = Assert.Throws<SensoriumException>(() => _store.BeginUpload(10L << 30));

        Assert.Equal((ErrorReasons.MediaTooLarge, ErrorCode.ResourceExhausted), (error.Reason, error.Code));
        Assert.Null(error.RetryAfter);
        AssertFiles(0);
    }

    [Fact]
    public async Task A_size_that_was_not_announced_is_refused_when_it_is_passed()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => UploadAsync(Data(1, 1001), chunk: 400));

        Assert.Equal(ErrorReasons.MediaTooLarge, error.Reason);
        Assert.Equal(0, _store.Bytes);
    }

    [Fact]
    public async Task Content_dies_when_its_lifetime_has_passed_since_its_last_use()
    {
        var stored = await UploadAsync(Data(1, 100));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(await UseAsync(stored.Sha256));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.True(await UseAsync(stored.Sha256));

        _time.Advance(TimeSpan.FromMinutes(13));

        Assert.Null(_store.TryOpen(stored.Sha256));
        AssertFiles(0);
        Assert.Equal(0, _store.Bytes);
    }

    [Fact]
    public async Task Content_in_use_does_not_die()
    {
        var stored = await UploadAsync(Data(1, 100));
        var content = _store.TryOpen(stored.Sha256);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(File.Exists(content!.FilePath));

        await content.DisposeAsync();
        _time.Advance(TimeSpan.FromHours(1));

        AssertFiles(0);
    }

    [Fact]
    public async Task The_least_recently_used_leaves_to_make_room()
    {
        var first = await UploadAsync(Data(1, 1000));
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = await UploadAsync(Data(2, 1000));
        _time.Advance(TimeSpan.FromSeconds(1));
        await UseAsync(first.Sha256);

        await UploadAsync(Data(3, 1000));

        Assert.True(await UseAsync(first.Sha256));
        Assert.False(await UseAsync(second.Sha256));
        AssertFiles(2);
    }

    [Fact]
    public async Task What_was_promised_stays_until_then_and_the_next_upload_is_told_when_there_is_room()
    {
        var first = await UploadAsync(Data(1, 1000));
        var promised = _store.Keep(first.Sha256, Owner);
        _time.Advance(TimeSpan.FromMinutes(1));
        var second = await UploadAsync(Data(2, 1000));
        _store.Keep(second.Sha256, Owner);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => UploadAsync(Data(3, 1000)));

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(9), promised!.ExpiresAt);
        Assert.Equal((ErrorReasons.Overloaded, TimeSpan.FromMinutes(9)), (error.Reason, error.RetryAfter));
        _time.Advance(TimeSpan.FromMinutes(9));
        await UploadAsync(Data(3, 1000));
        Assert.True(await UseAsync(second.Sha256));
        Assert.False(await UseAsync(first.Sha256));
    }

    [Fact]
    public async Task What_nobody_was_promised_leaves_before_what_is_kept_however_long_ago_that_was_used()
    {
        var kept = await UploadAsync(Data(1, 1000));
        _store.Keep(kept.Sha256, Owner);
        _time.Advance(TimeSpan.FromMinutes(1));
        var fetched = await UploadAsync(Data(2, 1000));

        await UploadAsync(Data(3, 1000));

        Assert.True(await UseAsync(kept.Sha256));
        Assert.False(await UseAsync(fetched.Sha256));
    }

    [Fact]
    public async Task With_everything_in_use_the_next_upload_is_told_to_come_again()
    {
        var first = await UploadAsync(Data(1, 1000));
        var second = await UploadAsync(Data(2, 1000));
        await using var firstUse = _store.TryOpen(first.Sha256);
        await using var secondUse = _store.TryOpen(second.Sha256);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => UploadAsync(Data(3, 1000)));

        Assert.Equal(ErrorReasons.Overloaded, error.Reason);
        Assert.NotNull(error.RetryAfter);
    }

    [Fact]
    public async Task The_same_content_uploaded_at_the_same_time_is_kept_once()
    {
        await using var first = _store.BeginUpload();
        await using var second = _store.BeginUpload();
        await first.WriteAsync(Data(1, 100), TestContext.Current.CancellationToken);
        await second.WriteAsync(Data(1, 100), TestContext.Current.CancellationToken);

        var stored = await first.CompleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(stored.Sha256, (await second.CompleteAsync(TestContext.Current.CancellationToken)).Sha256);

        Assert.Equal(100, _store.Bytes);
        AssertFiles(1);
    }

    [Fact]
    public void What_a_dead_process_left_is_removed_at_the_next_start_and_what_a_living_one_has_is_not()
    {
        var dead = Directory.CreateDirectory(Path.Combine(_parent, "sensorium-media-dead")).FullName;
        File.WriteAllText(Path.Combine(dead, ".lock"), "");
        File.WriteAllText(Path.Combine(dead, "left"), "over");
        var foreign = Directory.CreateDirectory(Path.Combine(_parent, "sensorium-media-foreign")).FullName;

        using var next = new StoreFolder(_parent);

        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(foreign));
        Assert.True(Directory.Exists(_folder.Path));
    }

    [Fact]
    public void Disposal_leaves_nothing()
    {
        _folder.Dispose();

        Assert.Empty(Directory.GetDirectories(_parent));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
        Directory.Delete(_parent, recursive: true);
    }

    /// <summary>Opens content and lets it go. False if it is not here.</summary>
    private async Task<bool> UseAsync(string sha256)
    {
        await using var content = _store.TryOpen(sha256);
        return content is not null;
    }

    private async Task<StoredMedia> UploadAsync(byte[] data, int chunk = 1000, string? sha256 = null)
    {
        await using var upload = _store.BeginUpload(announcedSha256: sha256, owner: Owner);
        for (var at = 0; at < data.Length; at += chunk)
        {
            await upload.WriteAsync(data.AsMemory(at, Math.Min(chunk, data.Length - at)), TestContext.Current.CancellationToken);
        }

        return await upload.CompleteAsync(TestContext.Current.CancellationToken);
    }

    private void AssertFiles(int expected) =>
        Assert.Equal(expected, Directory.GetFiles(_folder.Path).Count(path => Path.GetFileName(path) != ".lock"));

    private static byte[] Data(byte seed, int length)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }
}
