using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Media.UnitTests.Sources;

public sealed class MediaOwnerTests : IDisposable
{
    private readonly MediaServices _services = new();

    private IMediaStore Store => _services.Get<IMediaStore>();

    [Fact]
    public async Task What_one_caller_uploaded_is_not_there_for_another_until_that_one_sends_it_too()
    {
        var sha256 = await UploadAsync("alice");

        Assert.Null(Store.TryOpen(sha256, "bob"));
        Assert.Null(Store.Keep(sha256, "bob"));
        Assert.NotNull(Store.Keep(sha256, "alice"));
        Assert.Equal(sha256, await UploadAsync("bob"));
        Assert.NotNull(Store.Keep(sha256, "bob"));
    }

    [Fact]
    public async Task What_no_caller_sent_is_found_by_the_services_alone()
    {
        var sha256 = await UploadAsync(null);

        Assert.Null(Store.TryOpen(sha256, "alice"));
        await using var content = Store.TryOpen(sha256);
        Assert.NotNull(content);
    }

    public void Dispose() => _services.Dispose();

    private async Task<string> UploadAsync(string? owner)
    {
        await using var upload = Store.BeginUpload(owner: owner);
        await upload.WriteAsync(new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);
        return (await upload.CompleteAsync(TestContext.Current.CancellationToken)).Sha256;
    }
}
