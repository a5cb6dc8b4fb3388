using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>A model folder.</summary>
/// <param name="Id">Of the pack; else the folder's name.</param>
/// <param name="Pack">What is in it; null if it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
public sealed record CatalogModel(string Id, bool IsDefault, ModelPack? Pack, string? Problem)
{
    /// <summary>What this model does.</summary>
    public IEnumerable<ModelKey> Keys => Pack is null
        ? []
        : [
            .. Pack.Encoders.Keys.Select(modality => new ModelKey(ModelTask.Embed, modality, Id)),
            .. Pack.Decoder is null ? [] : (IEnumerable<ModelKey>)[new ModelKey(ModelTask.Generate, null, Id)],
        ];

    /// <summary>To be listed by services that cannot tell whether they would have served it.</summary>
    public UnservedModel AsUnserved(string reason) => new(Id, reason, IsDefault);
}
