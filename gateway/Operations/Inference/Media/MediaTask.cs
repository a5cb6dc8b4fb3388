using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Models;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Operations.Inference.Media;

/// <summary>What one task of models has in tensors, and how it is done.</summary>
internal abstract class MediaTask
{
    public abstract ModelTask Task { get; }

    public abstract IReadOnlyList<TensorPort> Outputs { get; }

    /// <summary>It answers piece by piece where that is asked for.</summary>
    public virtual bool IsPiecewise => false;

    /// <summary>Those that the model takes for this; not all must be given.</summary>
    public virtual IReadOnlyList<TensorPort> InputsOf(ServedModel model) => [.. model.Reads.Select(Port)];

    /// <summary>All <see cref="Outputs"/>.</summary>
    public abstract Task<IReadOnlyList<Tensor>> RunAsync(ServedModel model, InferCall call, CancellationToken cancellationToken);

    /// <summary>The same, piece by piece.</summary>
    public virtual async IAsyncEnumerable<IReadOnlyList<Tensor>> StreamAsync(
        ServedModel model, InferCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await RunAsync(model, call, cancellationToken);
    }

    /// <summary>Strings of bytes, however many.</summary>
    protected static TensorPort Port(string name) => new(name, TensorType.Bytes, [-1], [""]);

    protected static ModelSelector Selector(ServedModel model) => new(model.Id, null);

    /// <summary>Everything of a batch but its items, with what is said about reading texts.</summary>
    protected static EncodeBatch BatchOf(ServedModel model, InferCall call) => new(call.RequestId, [], Model: Selector(model), Deadline: call.Deadline)
    {
        Text = new TextReading(call.Parameters.FindText("prompt_name") ?? "", Truncate: call.Parameters.FindFlag("truncate")),
    };
}
