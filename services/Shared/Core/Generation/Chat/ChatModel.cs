using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation.Chat;

/// <summary>What a model says about its conversations.</summary>
/// <param name="Template">Null if it has none: then it continues the text of one message.</param>
/// <param name="Pictures">How pictures stand in the text; null if it reads none.</param>
/// <param name="Languages">BCP 47.</param>
public sealed record ChatModel(GenerationDefaults Defaults, IChatTemplate? Template, PictureMarks? Pictures, IReadOnlyList<string> Languages)
{
    /// <summary>Throws <see cref="ModelPackException"/> if the decoder's configuration cannot be read.</summary>
    public static ChatModel Read(ModelPack pack, IChatTemplate? template)
    {
        var model = GenerationModelReader.Read(pack);
        return new ChatModel(model.Defaults, template, pack.Decoder!.Conversation?.Pictures, model.Languages);
    }
}
