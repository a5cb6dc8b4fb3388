using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;

namespace Sensorium.Bench.DecoderStep;

/// <summary>The pack's serving step as the product runs it on a processor: bound once, the cache written in place where the graph does so.</summary>
internal sealed class PackDecoder : IStepDecoder
{
    private const int PatchSide = 16;

    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values = [];
    private readonly long[] _pastLength = [0];

    public PackDecoder(string pack, int threads)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, "pack.json")))!;
        var decoder = manifest["decoder"]!;
        var folder = Path.Combine(pack, (string)decoder["folder"]!);
        var graph = (string)(decoder["step_cpu"] ?? decoder["step"])!;
        _session = StepSessions.Load(Path.Combine(folder, "onnx", graph + ".onnx"), threads);
        _binding = _session.CreateIoBinding();
        MediaTokens = TokensOfOnePicture(folder);
        Bind(decoder, inPlace: decoder["step_cpu"] is not null);
    }

    public int MediaTokens { get; }

    public void Decode(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            _pastLength[0] = step + 1;
            _session.RunWithBinding(_options, _binding);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _options.Dispose();
        _session.Dispose();
    }

    private static int TokensOfOnePicture(string folder)
    {
        var preprocessor = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "preprocessor_config.json")))!;
        return ((int)preprocessor["size"]!["height"]! / PatchSide) * ((int)preprocessor["size"]!["width"]! / PatchSide);
    }

    private void Bind(JsonNode decoder, bool inPlace)
    {
        long heads = (long)decoder["heads"]!, width = (long)decoder["head_width"]!, capacity = (long)decoder["capacity"]!;
        _binding.BindInput("input_ids", Keep(StepSessions.Tensor(new long[] { 5 }, 1, 1)));
        _binding.BindInput("past_lengths", Keep(StepSessions.Tensor(_pastLength, 1)));
        _binding.BindInput("encoder_lengths", Keep(StepSessions.Tensor(new long[] { MediaTokens }, 1)));
        _binding.BindOutput("logits", Keep(StepSessions.Numbers(1, 1, (long)decoder["vocabulary"]!)));
        foreach (var name in _session.InputNames.Where(name => name.Contains(".encoder.", StringComparison.Ordinal)))
        {
            _binding.BindInput(name, Keep(StepSessions.Numbers(1, heads, MediaTokens, width)));
        }

        foreach (var name in _session.InputNames.Where(name => name.Contains(".decoder.", StringComparison.Ordinal)))
        {
            var cache = Keep(StepSessions.Numbers(1, heads, capacity, width));
            _binding.BindInput(name, cache);
            _binding.BindOutput(
                name.Replace("past_key_values", "present", StringComparison.Ordinal),
                inPlace ? cache : Keep(StepSessions.Numbers(1, heads, 1, width)));
        }
    }

    private OrtValue Keep(OrtValue value)
    {
        _values.Add(value);
        return value;
    }
}
