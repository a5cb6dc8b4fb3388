using Microsoft.Extensions.Options;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Http;

/// <summary>The file of a form as a medium. One that is too large to travel inline is kept in the store, as an upload is.</summary>
internal sealed class FormMedia(UploadOperation uploads, IOptions<HostingOptions> options)
{
    /// <param name="file">Of the form.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <param name="field">What it is called there.</param>
    public async Task<MediaInput> ReadAsync(FormFile file, CancellationToken cancellationToken, string field = "file")
    {
        MediaSource source = file.Content.Length <= options.Value.MaxInlineBytes
            ? new InlineSource(file.Content)
            : (await uploads.RunAsync(new UploadAnnouncement(file.MediaType, file.Content.Length, null), Whole(file.Content), cancellationToken)).Reference;
        return MediaInput.Read(field, "", () => new MediaItem("", source, MediaType: file.MediaType));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Whole(ReadOnlyMemory<byte> content)
    {
        await Task.CompletedTask;
        yield return content;
    }
}
