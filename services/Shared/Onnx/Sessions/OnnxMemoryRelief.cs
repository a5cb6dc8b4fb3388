using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Models.Running;

namespace Sensorium.Onnx.Sessions;

/// <summary>
/// Gives back what the shared arena holds and no session uses: what a model that has gone leaves there. ONNX Runtime shrinks its
/// arenas only at the end of a run, so the smallest graph there is runs once.
/// </summary>
internal sealed class OnnxMemoryRelief(IOptions<OnnxRuntimeOptions> runtime) : IMemoryRelief
{
    // y = Identity(x), floats of shape [1], in the format of ONNX: IR version 8, operator set 13.
    private static readonly byte[] Identity = Convert.FromHexString(
        "080812003A370A100A017812017922084964656E746974791201695A0F0A0178120"
        + "A0A08080112040A020801620F0A0179120A0A08080112040A02080142040A00100D");

    public void Release()
    {
        OnnxEnvironment.EnsureCreated(runtime.Value);
        ShrinkSharedArena();
    }

    /// <summary>Of all sessions on the CPU. It takes a millisecond or two.</summary>
    internal static void ShrinkSharedArena()
    {
        using var options = new SessionOptions();
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        options.DisablePerSessionThreads();
        using var session = new InferenceSession(Identity, options);
        using var run = new RunOptions();
        run.AddRunConfigEntry(OnnxSession.ShrinkAfterRun, "cpu:0");
        using var value = OrtValue.CreateTensorValueFromMemory(new float[1], [1]);
        using var outputs = session.Run(run, ["x"], [value], ["y"]);
    }
}
