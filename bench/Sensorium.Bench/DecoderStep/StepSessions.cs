using Microsoft.ML.OnnxRuntime;

namespace Sensorium.Bench.DecoderStep;

/// <summary>What both decoders have in common: the options of their sessions, and tensors that hold small numbers.</summary>
internal static class StepSessions
{
    public static InferenceSession Load(string path, int threads)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            EnableMemoryPattern = false,
        };
        return new InferenceSession(path, options);
    }

    public static OrtValue Numbers(params long[] shape)
    {
        var random = new Random(1);
        var data = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = random.NextSingle() - 0.5f;
        }

        return Tensor(data, shape);
    }

    public static OrtValue Tensor<T>(T[] data, params long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(), shape);
}
