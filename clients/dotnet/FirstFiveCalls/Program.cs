using Sensorium.Client;
using Sensorium.V1;

using var client = new SensoriumClient(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:7070");
var samples = args.ElementAtOrDefault(1) ?? ".cache/samples";

// 1. What is served here, and is it ready?
foreach (var service in (await client.StatusAsync()).Services)
{
    Console.WriteLine($"{service.Name}: {(service.Ready ? "ready" : service.Detail)}");
}

// 2. How alike are a picture and words? EmbedAsync answers the vectors themselves.
var picture = await client.OpenFileAsync($"{samples}/dandelion.jpg");
var words = new Media { ItemId = "words", Text = "a flower" };
var compared = await client.CompareAsync(new CompareRequest { Left = { picture }, Right = { words } });
Console.WriteLine($"picture and \"{words.Text}\": {compared.Similarities.ToFloats()[0]:0.000}");

// 3. A caption, token by token. Leaving the loop stops the decoding.
await foreach (var caption in client.CaptionAsync(new CaptionRequest { Media = { picture } }))
{
    Console.Write(caption.Delta?.Text);
}

Console.WriteLine();

// 4. A file that is too large for one message: OpenFileAsync uploads it and answers a reference.
var sound = await client.OpenFileAsync($"{samples}/long-rain.wav");
await foreach (var caption in client.CaptionAsync(new CaptionRequest { Media = { sound } }))
{
    Console.Write(caption.Delta?.Text);
}

Console.WriteLine();

// 5. Errors have a stable reason; docs/errors.md lists them.
try
{
    await client.EmbedAsync(new EmbedRequest());
}
catch (SensoriumCallException error)
{
    Console.WriteLine($"{error.Code} {error.Reason}: {error.Message}");
}
