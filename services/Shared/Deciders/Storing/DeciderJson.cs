using System.Text.Json.Serialization;
using Sensorium.Deciders.Deciding;

namespace Sensorium.Deciders.Storing;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(DeciderInfo))]
[JsonSerializable(typeof(DeciderModel))]
[JsonSerializable(typeof(StoredCase))]
internal sealed partial class DeciderJson : JsonSerializerContext;
