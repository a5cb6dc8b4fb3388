using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Media.UnitTests.Sources;

public sealed class MediaResolverTests : IDisposable
{
    private static readonly byte[] Data = [1, 2, 3, 4, 5];
    private static readonly string Sha256OfData = Convert.ToHexStringLower(SHA256.HashData(Data));
    private readonly RemoteMedia _remote = new();
    private readonly MediaServices _services;

    public MediaResolverTests() => _services = new MediaServices(builder => builder.Services.AddSingleton<IRemoteMediaReader>(_remote));

    [Fact]
    public async Task Inline_bytes_and_text_are_content_with_a_hash()
    {
        await using var inline = await ResolveAsync(new InlineSource(Data));
        await using var text = await ResolveAsync(new TextSource("é"));

        Assert.Equal(Sha256OfData, inline.Sha256);
        Assert.Equal([0xC3, 0xA9], text.Memory!.Value.ToArray());
    }

    [Fact]
    public async Task A_reference_to_this_process_is_found()
    {
        await using (var upload = _services.Get<IMediaStore>().BeginUpload())
        {
            await upload.WriteAsync(Data, TestContext.Current.CancellationToken);
            await upload.CompleteAsync(TestContext.Current.CancellationToken);
        }

        await using var content = await ResolveAsync(new ReferenceSource(Sha256OfData, null, 5));

        Assert.Equal(5, content.SizeBytes);
        Assert.Equal(0, _remote.Calls);
    }

    [Fact]
    public async Task A_reference_to_another_process_is_fetched_once()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var content = await ResolveAsync(new ReferenceSource(Sha256OfData, "gateway:1", 5));
            Assert.Equal(Data, await File.ReadAllBytesAsync(content.FilePath!, TestContext.Current.CancellationToken));
        }

        Assert.Equal(1, _remote.Calls);
    }

    [Fact]
    public async Task What_does_not_have_the_hash_that_its_reference_names_is_refused()
    {
        var error = await RefusedAsync(new ReferenceSource(new string('0', 64), "gateway:1", 5));

        Assert.Equal(ErrorReasons.HashMismatch, error.Reason);
    }

    [Fact]
    public async Task An_unknown_hash_is_not_found()
    {
        var error = await RefusedAsync(new ReferenceSource(new string('0', 64), null, 5));

        Assert.Equal((ErrorReasons.MediaNotFound, ErrorCode.NotFound), (error.Reason, error.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public async Task A_hash_that_is_none_is_refused(string sha256)
    {
        var error = await RefusedAsync(new ReferenceSource(sha256, "gateway:1", 5));

        Assert.Equal(ErrorReasons.InvalidReference, error.Reason);
        Assert.Equal(0, _remote.Calls);
    }

    [Fact]
    public async Task A_uri_is_not_followed_here()
    {
        var error = await RefusedAsync(new UriSource("https://example.com/a.jpg"));

        Assert.Equal(ErrorReasons.UriNotAllowed, error.Reason);
    }

    [Fact]
    public async Task Nothing_is_empty()
    {
        Assert.Equal(ErrorReasons.EmptyMedia, (await RefusedAsync(new InlineSource(default))).Reason);
        Assert.Equal(ErrorReasons.EmptyMedia, (await RefusedAsync(new TextSource(""))).Reason);
    }

    public void Dispose() => _services.Dispose();

    private ValueTask<IMediaContent> ResolveAsync(MediaSource source) =>
        _services.Get<IMediaResolver>().ResolveAsync(source, TestContext.Current.CancellationToken);

    private async Task<SensoriumException> RefusedAsync(MediaSource source) =>
        await Assert.ThrowsAsync<SensoriumException>(async () => await ResolveAsync(source));

    private sealed class RemoteMedia : IRemoteMediaReader
    {
        public int Calls { get; private set; }

        public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
            ReferenceSource source, long offset, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Calls++;
            await Task.Yield();
            yield return Data.AsMemory(0, 3);
            yield return Data.AsMemory(3);
        }
    }
}
