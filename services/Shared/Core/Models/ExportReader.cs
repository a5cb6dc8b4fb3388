using System.Security.Cryptography;
using Sensorium.Core.Modalities;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>Reads an export as the pack that it amounts to: its id is the folder's name, its space that of its weights alone.</summary>
internal static class ExportReader
{
    private const int SpaceDigits = 12;

    /// <summary>Throws <see cref="ModelPackException"/> if config.json cannot be read or no family knows the model.</summary>
    public static ModelPack Read(string folder, IReadOnlyList<IModelFamily> families)
    {
        var export = ModelExport.Read(folder);
        foreach (var family in families)
        {
            var (parts, decoder) = (family.PartsOf(export).ToArray(), family.DecoderOf(export));
            if (parts.Length > 0 || decoder is not null)
            {
                var files = new FolderFiles(folder);
                return new ModelPack(Manifest(files, family, parts, decoder), files);
            }
        }

        throw new ModelPackException(folder, [$"no family knows model_type '{export.ModelType}' with these graphs; families are {string.Join(", ", families.Select(family => family.Name))}"]);
    }

    private static PackManifest Manifest(FolderFiles files, IModelFamily family, ExportedPart[] parts, ExportedDecoder? decoder)
    {
        var (id, card) = (Path.GetFileName(files.Root), ModelCard.Read(files.Root));
        return new PackManifest
        {
            Id = id,
            License = card.License,
            Languages = card.Languages,
            SpaceId = $"{id}-{Digest(files)[..SpaceDigits]}",
            Encoders = parts.ToDictionary(part => ModalityTable.Of(part.Modality).Service, part => new EncoderManifest
            {
                Folder = "",
                Family = family.Name,
                Model = part.Graph,
                Embedding = part.Embedding,
                MaxTokens = part.MaxTokens,
                PadsTexts = part.PadsTexts,
                Pooling = part.Pooling,
                KeepsLength = part.KeepsLength,
                Prompts = part.Prompts,
                HasOwnFrame = part.HasOwnFrame,
                ReadsPairs = part.ReadsPairs,
                Task = part.Task ?? decoder?.Task ?? ModelTask.Embed,
                NumFrames = part.NumFrames,
            }),
            Decoder = decoder is null ? null : Decoder(family, decoder),
            Fusions = decoder?.Reads is { } read ? [[ModalityTable.Of(read).Service]] : [],
            MaxPromptTokens = decoder?.Capacity ?? 0,
        };
    }

    private static DecoderManifest Decoder(IModelFamily family, ExportedDecoder decoder) => new()
    {
        Family = family.Name,
        Task = decoder.Task,
        Kind = decoder.Kind,
        TokensPerSecond = decoder.TokensPerSecond,
        BeginsWithLanguage = decoder.BeginsWithLanguage,
        Folder = "",
        First = decoder.FirstGraph,
        Step = decoder.StepGraph,
        Capacity = decoder.Capacity,
        Conversation = decoder.Conversation,
        Prompt = decoder.Prompt,
    };

    // All files of weights, so that both halves of a model name one space in whatever variant each is run.
    private static string Digest(FolderFiles files)
    {
        var digests = files.InFolder("onnx", ".onnx").Select(path => $"{path} {files.Digest(path)}");
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', digests))));
    }
}
