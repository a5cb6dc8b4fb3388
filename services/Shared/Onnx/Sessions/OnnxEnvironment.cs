using Microsoft.ML.OnnxRuntime;

namespace Sensorium.Onnx.Sessions;

/// <summary>
/// The runtime's process-wide state: one thread pool and one arena for the activations of all sessions on the CPU, so that
/// neither grows with the number of sessions. ONNX Runtime allows it once per process; the first caller's options count.
/// </summary>
internal static class OnnxEnvironment
{
    // Regions as large as asked for: doubling them would hold up to twice of what the largest batch needs.
    private const int ExtendAsRequested = 1;
    private const int RuntimeDefault = -1;
    private const uint BytesPerMiB = 1024 * 1024;

    private static readonly Lock Gate = new();
    private static bool _created;

    public static int ThreadsOf(OnnxRuntimeOptions options) => options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

    public static void EnsureCreated(OnnxRuntimeOptions options)
    {
        lock (Gate)
        {
            if (_created)
            {
                return;
            }

            Create(options);
            _created = true;
        }
    }

    private static void Create(OnnxRuntimeOptions options)
    {
        RuntimeTelemetry.Disable();
        if (OrtEnv.IsCreated)
        {
            throw new InvalidOperationException("ONNX Runtime was started by other code, without the thread pool that sessions share.");
        }

        using var threads = new OrtThreadingOptions
        {
            GlobalIntraOpNumThreads = ThreadsOf(options),
            GlobalInterOpNumThreads = 1,
            GlobalSpinControl = options.Spinning,
        };
        var creation = new EnvironmentCreationOptions
        {
            logId = "Sensorium",
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            threadOptions = threads,
        };
        var environment = OrtEnv.CreateInstanceWithOptions(ref creation);
        using var arena = new OrtArenaCfg(
            checked((uint)options.CpuMemoryLimitMiB * BytesPerMiB), ExtendAsRequested, RuntimeDefault, RuntimeDefault);
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        environment.CreateAndRegisterAllocator(memory, arena);
    }
}
