using System.Globalization;
using System.Text.Json;
using Sensorium.Core.Diffusion;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi.Images;

/// <summary>POST /images/generations and /images/edits.</summary>
internal sealed class ImageEndpoint(GenerateImageOperation operation, FormMedia media, TimeProvider time)
{
    private const string Field = "image";

    public async Task<IResult> GenerateAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = ImageRequest.Read(body.RootElement, ImageEndpoints.Generations, context.TraceIdentifier, HttpCall.DeadlineOf(context));
        return await AnswerAsync(context, request, [], "image_generation");
    }

    public async Task<IResult> EditAsync(HttpContext context)
    {
        var form = await FormReader.ReadAsync(context.Request, Field);
        var request = ImageRequest.Read(form.AsJson("prompt", "negative_prompt", "model", "user"), ImageEndpoints.Edits, context.TraceIdentifier, HttpCall.DeadlineOf(context));
        var file = form.File ?? throw BodyErrors.Wrong(Field, "is missing");
        return await AnswerAsync(context, request, [await media.ReadAsync(file, context.RequestAborted, Field)], "image_edit");
    }

    private async Task<IResult> AnswerAsync(HttpContext context, ImageRequest request, IReadOnlyList<MediaInput> start, string kind)
    {
        var made = operation.RunAsync(request.Job, start, Field, context.RequestAborted);
        if (request.IsStreamed)
        {
            await StreamedAnswer.SendAsync(context, StreamedAnswer.Events, EventsOf(made, kind), OpenAiErrorShape.EventOf);
            return Results.Empty;
        }

        var (started, pictures) = ((ImageStarted?)null, new SortedDictionary<int, MadeImage>());
        await foreach (var next in made)
        {
            started = next as ImageStarted ?? started;
            if (next is ImageFinished finished)
            {
                pictures[finished.Index] = new MadeImage(finished.Png, finished.Seed);
            }
        }

        return Results.Json(new ImageAnswer(Now, SizeOf(started!), started!.Model.Id, [.. pictures.Values]), ImageJson.Default.ImageAnswer);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> EventsOf(IAsyncEnumerable<ImageEvent> made, string kind)
    {
        var (size, shown) = ("", new Dictionary<int, int>());
        await foreach (var next in made)
        {
            switch (next)
            {
                case ImageStarted started:
                    size = SizeOf(started);
                    break;
                case ImageProgress { Preview.Length: > 0 } preview:
                    var number = shown[preview.Index] = shown.GetValueOrDefault(preview.Index, -1) + 1;
                    yield return Event(new StreamedImage($"{kind}.partial_image", preview.Preview, Now, size, number, preview.Index));
                    break;
                case ImageFinished finished:
                    yield return Event(new StreamedImage($"{kind}.completed", finished.Png, Now, size, null, finished.Index));
                    break;
            }
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private static string SizeOf(ImageStarted started) => string.Create(CultureInfo.InvariantCulture, $"{started.Width}x{started.Height}");

    private static ReadOnlyMemory<byte> Event(StreamedImage image) => StreamedAnswer.Event(JsonSerializer.SerializeToUtf8Bytes(image, ImageJson.Default.StreamedImage));
}
