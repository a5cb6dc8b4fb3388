using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;

namespace Sensorium.Caching.Descriptions;

/// <summary>The stored form of an encoder's description: JSON, under a key that names its modality and its origin.</summary>
internal static class DescriptionCodec
{
    private const int FormatVersion = 2;
    private const int OriginBytes = 8;

    public static string KeyOf(Modality modality, string origin)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(origin));
        return $"sensorium:d{FormatVersion}:{ModalityTable.Of(modality).Name}:{Convert.ToHexStringLower(hash.AsSpan(0, OriginBytes))}";
    }

    public static byte[] Encode(ServedModels<EncoderDescription> served) => JsonSerializer.SerializeToUtf8Bytes(served);

    /// <summary>Null for anything that is not the whole description of an encoder of this modality.</summary>
    public static ServedModels<EncoderDescription>? Decode(ReadOnlySpan<byte> stored, Modality modality)
    {
        try
        {
            return JsonSerializer.Deserialize<ServedModels<EncoderDescription>>(stored) is { Models: { Count: > 0 } models, Unserved: not null, Service: not null } served
                && models.All(model => IsWhole(model) && model.Modality == modality) ? served : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(EncoderDescription? description) => description is
    {
        Model: { Id: not null, Revision: not null, Variant: not null, SpaceId: not null, PreprocessingDigest: not null },
        Limits: not null,
        Languages: not null,
        Tracks: not null,
    };
}
