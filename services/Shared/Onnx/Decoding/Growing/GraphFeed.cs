using Microsoft.ML.OnnxRuntime;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>
/// Inputs of one run of a decoder: those that the graph declares and no other, as exports of different years differ in just
/// these. What is made here is let go with it; caches belong to others.
/// </summary>
internal abstract class GraphFeed : IDisposable
{
    public const string UseCache = "use_cache_branch";
    public const string PositionIds = "position_ids";
    protected const string CachePosition = "cache_position";
    protected const string LogitsToKeep = "num_logits_to_keep";

    private readonly List<OrtValue> _owned = [];

    public List<string> Names { get; } = [];

    public List<OrtValue> Values { get; } = [];

    public void Dispose() => _owned.ForEach(value => value.Dispose());

    /// <summary>Inputs that are not among those known, caches left out.</summary>
    protected static IEnumerable<TensorSpec> Unknown(OnnxSession session, string[] known) => session.Inputs.Values
        .Where(spec => !known.Contains(spec.Name) && !spec.Name.StartsWith("past_key_values.", StringComparison.Ordinal));

    /// <summary>-1 if it is not one of them.</summary>
    protected static int IndexOf(IReadOnlyList<TensorSpec> specs, TensorSpec spec)
    {
        for (var i = 0; i < specs.Count; i++)
        {
            if (ReferenceEquals(specs[i], spec))
            {
                return i;
            }
        }

        return -1;
    }

    protected void Add(TensorSpec spec, OrtValue value)
    {
        Names.Add(spec.Name);
        Values.Add(value);
    }

    protected OrtValue Flag(bool value) => Own(OrtValue.CreateTensorValueFromMemory(new[] { value }, [1]));

    protected OrtValue Longs(long[] values, params long[] shape) => Own(OrtValue.CreateTensorValueFromMemory(values, shape));

    /// <summary>A cache of no tokens.</summary>
    protected OrtValue EmptyCache(TensorSpec spec, int rows) =>
        Own(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, spec.Type, [rows, spec.Dimensions[1], 0, spec.Dimensions[3]]));

    /// <summary>Numbers of places, one after the other.</summary>
    protected static long[] Places(int first, int count) => [.. Enumerable.Range(first, count).Select(place => (long)place)];

    private OrtValue Own(OrtValue value)
    {
        _owned.Add(value);
        return value;
    }
}
