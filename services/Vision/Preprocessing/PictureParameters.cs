using System.Text.Json.Serialization;

namespace Sensorium.Vision.Preprocessing;

/// <summary>What decides what is made of a picture, for its digest.</summary>
/// <param name="Pictures">Digest of the processor.</param>
/// <param name="Decoder">A decoder that is the reference adds nothing.</param>
internal sealed record PictureParameters(string Pictures, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Decoder);
