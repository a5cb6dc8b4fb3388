using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>A pack's decoder over caches of fixed capacity, as docs/model-layout.md describes it.</summary>
internal sealed class FixedCapacityFamily : IDecoderFamily
{
    public bool Matches(DecoderPart part) => part.Family is null;

    public IDecoderBackend Create(DecoderBuild build)
    {
        var (part, options) = (build.Part, build.Options);
        var step = build.Load(part.GetStep(options.VariantOf(part.StepGraph), options.Device == OnnxDevice.CpuName), options);
        OnnxSession? crossKv = null;
        try
        {
            crossKv = build.Load(part.GetCrossKv(options.VariantOf(part.CrossKvGraph ?? "")), OnSharedPool(options));
            return new OnnxDecoder(new DecoderGraphs(part, step, crossKv), build.Identify(step), build.RunsRowsApart(step));
        }
        catch
        {
            crossKv?.Dispose();
            step.Dispose();
            throw;
        }
    }

    // Runs once per request, on its caller's thread: no pool of its own is worth having for that.
    private static OnnxOptions OnSharedPool(OnnxOptions options)
    {
        var shared = options.For(new ModelSettings { Threads = 0 });
        shared.SpinWhileRunning = false;
        return shared;
    }
}
