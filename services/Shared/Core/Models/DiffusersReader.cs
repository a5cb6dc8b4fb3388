using System.Text.Json;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>Reads a folder in the ONNX layout of the diffusers library: model_index.json, and a subfolder for each part.</summary>
internal static class DiffusersReader
{
    private const string Index = "model_index.json";
    private const int UsualTokens = 77;
    private const int UsualSide = 64;
    private const int UsualLevels = 4;
    private const int UsualChannels = 4;
    private const double UsualScale = 0.18215;
    private const int MostOfAnything = 1 << 16;

    // Parts of layouts that are fed in another way.
    private static readonly string[] Unknown = ["transformer", "text_encoder_2", "prior", "controlnet"];

    private static readonly string[] Graphs = [DiffusionPart.TextEncoderGraph, DiffusionPart.DenoiserGraph, DiffusionPart.DecoderGraph];

    public static bool IsModel(string folder) => File.Exists(Path.Combine(folder, Index));

    /// <summary>Throws <see cref="ModelPackException"/> that names all parts that are missing or not known.</summary>
    public static ModelPack Read(string folder)
    {
        var (id, card) = (Path.GetFileName(folder), ModelCard.Read(folder));
        var index = Json(folder, Index);
        string[] problems = [.. ProblemsOf(folder, index)];
        if (problems.Length > 0)
        {
            throw new ModelPackException(folder, problems);
        }

        return new ModelPack(
            new PackManifest { Id = id, License = card.License, Languages = card.Languages, SpaceId = id, Diffusion = Manifest(folder) with { Guidance = GuidanceOf(folder, index) } },
            new FolderFiles(folder));
    }

    private static IEnumerable<string> ProblemsOf(string folder, JsonElement index)
    {
        if (index.ValueKind != JsonValueKind.Object)
        {
            yield return $"{Index} is no object";
            yield break;
        }

        foreach (var part in Unknown.Where(part => Names(index, part)))
        {
            yield return $"model_index.json names a part '{part}'; what is known has text_encoder, unet, vae_decoder and, to begin with pictures, vae_encoder";
        }

        foreach (var graph in Graphs.Where(graph => !ModelVariants.All.Any(variant => File.Exists(Path.Combine(folder, ModelVariants.FileName(graph, variant))))))
        {
            yield return $"'{graph}.onnx' is needed but not there";
        }

        if (!File.Exists(Path.Combine(folder, "scheduler", "scheduler_config.json")))
        {
            yield return "'scheduler/scheduler_config.json' is needed but not there";
        }

        if (!Directory.Exists(Path.Combine(folder, "tokenizer")))
        {
            yield return "'tokenizer' is needed but not there";
        }
    }

    // A part that is left out is written as [null, null].
    private static bool Names(JsonElement index, string part) => index.TryGetProperty(part, out var value)
        && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(name => name.ValueKind == JsonValueKind.String);

    private static DiffusionManifest Manifest(string folder)
    {
        var (unet, vae) = (Json(folder, "unet/config.json"), Json(folder, "vae_decoder/config.json"));
        var channels = Whole(folder, unet, "in_channels") ?? Whole(folder, vae, "latent_channels") ?? UsualChannels;
        if (Whole(folder, vae, "latent_channels") is { } latent && latent != channels)
        {
            throw new ModelPackException(folder, [$"unet reads {channels} channels and vae_decoder {latent}: a model that paints into pictures, which is not known here"]);
        }

        var pixels = 1 << (Levels(vae) - 1);
        return new DiffusionManifest(
            SchedulerFile.Read(folder, Path.Combine(folder, "scheduler", "scheduler_config.json")),
            (Whole(folder, unet, "sample_size") ?? UsualSide) * pixels,
            pixels,
            pixels << (Levels(unet) - 1),
            channels,
            Number(vae, "scaling_factor") ?? UsualScale,
            Number(vae, "shift_factor") ?? 0,
            Whole(folder, Json(folder, "text_encoder/config.json"), "max_position_embeddings") ?? UsualTokens);
    }

    // No part of the layout, which leaves it to the program that draws.
    private static double? GuidanceOf(string folder, JsonElement index) => Number(index, "guidance_scale") switch
    {
        null => null,
        >= 0 and <= ImageParameters.MostGuidance and var scale => scale,
        var scale => throw new ModelPackException(folder, [$"{Index} has a guidance_scale of {scale}; it is from 0 to {ImageParameters.MostGuidance}"]),
    };

    // Each level but the first halves the sides.
    private static int Levels(JsonElement config) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty("block_out_channels", out var levels) && levels.ValueKind == JsonValueKind.Array
            ? Math.Clamp(levels.GetArrayLength(), 1, 8)
            : UsualLevels;

    private static int? Whole(string folder, JsonElement config, string name) => Number(config, name) switch
    {
        null => null,
        > 0 and <= MostOfAnything and var number => (int)number,
        var number => throw new ModelPackException(folder, [$"a config.json has {number} for '{name}'"]),
    };

    private static double? Number(JsonElement config, string name) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    // What is not there leaves everything to what is usual.
    private static JsonElement Json(string folder, string name) => File.Exists(Path.Combine(folder, name)) ? ModelExport.ReadJson(folder, name) : default;
}
