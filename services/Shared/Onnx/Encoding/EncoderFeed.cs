namespace Sensorium.Onnx.Encoding;

/// <summary>A graph's inputs for one run.</summary>
/// <param name="Tensors">Not filled before <paramref name="RunBefore"/> where there is one.</param>
/// <param name="ShapeKey">Names the shape of one row.</param>
/// <param name="RunBefore">Runs another graph whose output is the input of this one.</param>
internal sealed record EncoderFeed(string[] Names, InputTensor?[] Tensors, string ShapeKey, Action? RunBefore = null) : IDisposable
{
    /// <summary>Rows of the graph that one input takes: the frames of a clip. Their vectors are averaged.</summary>
    public int RowsPerInput { get; init; } = 1;

    /// <summary>The other graph's input.</summary>
    public InputTensor? Also { get; init; }

    public void Dispose()
    {
        Array.ForEach(Tensors, tensor => tensor?.Dispose());
        Also?.Dispose();
    }
}
