using Sensorium.Core.Modalities;

namespace Sensorium.Core.Packs;

/// <summary>Finds everything that is wrong with a manifest as it is written; does not open the files.</summary>
internal sealed class PackManifestValidator(PackManifest manifest, PackFiles files)
{
    /// <summary>The format whose parts are a list.</summary>
    public const int PartsFormat = 2;

    private const int FirstFormat = 1;

    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Validate()
    {
        Check(manifest.Format is FirstFormat or PartsFormat, $"'format' is {manifest.Format}, but only {FirstFormat} and {PartsFormat} are understood");
        Require(manifest.Id, "id");
        Require(manifest.License, "license");
        Require(manifest.SpaceId, "space_id");
        Positive(manifest.EmbeddingWidth, "embedding_width");
        Check(manifest.Encoders.Count > 0 || manifest.Decoder is not null, "there is neither an encoder nor a decoder");
        foreach (var (name, encoder) in manifest.Encoders)
        {
            ValidateEncoder(name, encoder);
        }

        if (manifest.Decoder is { } decoder)
        {
            ValidateDecoder(decoder);
        }

        ValidateTraining();
        Check(
            manifest.LightVariant is null || ModelVariants.All.Contains(manifest.LightVariant),
            $"'light_variant' is '{manifest.LightVariant}', but must be one of {string.Join(", ", ModelVariants.All)}");
        return _problems;
    }

    private void ValidateEncoder(string name, EncoderManifest encoder)
    {
        var field = FieldOf("encoders", name);
        KnownModality(name, "encoders");
        ValidateGraph(encoder.Folder, encoder.Model, field, "model");
        NotNegative(encoder.MaxTokens, $"{field}.max_tokens");
        NotNegative(encoder.NumFrames, $"{field}.num_frames");
        Check(encoder.WindowSeconds >= 0, $"'{field}.window_seconds' is {encoder.WindowSeconds}, below 0");
        if (encoder.FrameEncoder is { } frames)
        {
            Check(
                manifest.Encoders.TryGetValue(frames, out var inner) && inner.FrameEncoder is null,
                $"'{field}.frame_encoder' names '{frames}', which is no encoder without a frame encoder of its own");
        }
    }

    private void ValidateDecoder(DecoderManifest decoder)
    {
        var field = FieldOf("decoder", "");
        ValidateGraph(decoder.Folder, decoder.Step, field, "step");
        foreach (var (graph, name) in new[] { (decoder.First, "first"), (decoder.StepCpu, "step_cpu") })
        {
            if (graph is not null)
            {
                ValidateGraph(decoder.Folder, graph, field, name);
            }
        }

        Positive(decoder.Capacity, $"{field}.capacity");
        NotNegative(decoder.Vocabulary, $"{field}.vocabulary");
        if (decoder.Family is null)
        {
            ValidateFixedCapacity(decoder, field);
        }
    }

    // The others read these from their graphs.
    private void ValidateFixedCapacity(DecoderManifest decoder, string field)
    {
        ValidateGraph(decoder.Folder, decoder.CrossKv, field, "cross_kv");
        Positive(decoder.Layers, $"{field}.layers");
        Positive(decoder.Heads, $"{field}.heads");
        Positive(decoder.HeadWidth, $"{field}.head_width");
    }

    // As the manifest names it.
    private string FieldOf(string section, string name)
    {
        if (manifest.Format != PartsFormat)
        {
            return name.Length == 0 ? section : $"{section}.{name}";
        }

        var kind = name.Length == 0 ? PackParts.Generation : name;
        return $"parts[{manifest.Parts.TakeWhile(part => part.Kind != kind).Count()}]";
    }

    private void ValidateTraining()
    {
        foreach (var modality in manifest.ModalityOrder)
        {
            KnownModality(modality, "modality_order");
        }

        foreach (var modality in manifest.Fusions.SelectMany(fusion => fusion))
        {
            KnownModality(modality, "fusions");
        }

        foreach (var (modality, count) in manifest.MaxSegments)
        {
            KnownModality(modality, "max_segments");
            NotNegative(count, $"max_segments.{modality}");
        }

        NotNegative(manifest.MaxPromptTokens, "max_prompt_tokens");
        NotNegative(manifest.MaxNewTokens, "max_new_tokens");
    }

    private void ValidateGraph(string? folder, string? graph, string field, string graphField)
    {
        Require(folder, $"{field}.folder");
        Require(graph, $"{field}.{graphField}");
        if (folder is null or "" || graph is null or "")
        {
            return;
        }

        var names = ModelVariants.All.Select(variant => $"{folder}/onnx/{ModelVariants.FileName(graph, variant)}");
        Check(names.Any(files.Contains), $"'{field}.{graphField}' is '{graph}', but 'files' lists no '{folder}/onnx/{graph}.onnx' in any variant");
    }

    private void KnownModality(string name, string field) =>
        Check(
        ModalityTable.OfService(name) is not null,
        $"'{field}' names '{name}'; modalities are {string.Join(", ", ModalityTable.All.Select(row => $"'{row.Service}'"))}");

    private void Require(string? value, string field) => Check(!string.IsNullOrWhiteSpace(value), $"'{field}' is missing");

    private void Positive(int value, string field) => Check(value > 0, $"'{field}' is {value}, but must be above 0");

    private void NotNegative(int value, string field) => Check(value >= 0, $"'{field}' is {value}, below 0");

    private void Check(bool good, string problem)
    {
        if (!good)
        {
            _problems.Add(problem);
        }
    }
}
