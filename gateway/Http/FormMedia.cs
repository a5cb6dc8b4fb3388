using Microsoft.Extensions.Options;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Http;

/// <summary>The file of a form as a medium. One that is too large to travel inline is kept in the store, as an upload is.</summary>
internal sealed class FormMedia(UploadOperation uploads, IOptions<HostingOptions> options)
{
    private const string Field = "file";

    public async Task<MediaInput> ReadAsync(FormFile file, CancellationToken cancellationToken)
    {
        MediaSource source = file.Content.Length <= options.Value.MaxInlineBytes
            ? new InlineSource(file.Content)
            : (await uploads.RunAsync(new UploadAnnouncement(file.MediaType, file.Content.Length, null), Whole(file.Content), cancellationToken)).Reference;
        return MediaInput.Read(Field, "", () => new MediaItem("", source, MediaType: file.MediaType));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Whole(ReadOnlyMemory<byte> content)
    {
        await Task.CompletedTask;
        yield return content;
    }
}
