using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Quantizing;

namespace Sensorium.Onnx.Sessions;

/// <summary>Loads graphs onto the device that the options name.</summary>
/// <param name="recorder">Keeps what the graphs are run on; null keeps nothing.</param>
public sealed partial class OnnxSessionFactory(IOptions<OnnxRuntimeOptions> runtime, ILogger<OnnxSessionFactory> logger, GraphRecorder? recorder = null)
{
    private const string CudaProvider = "CUDAExecutionProvider";
    private const long BytesPerMiB = 1024 * 1024;

    // Graphs that scale their activations while they run hold one of these operators; names stand in the file as they are.
    private static readonly byte[] DynamicQuantisation = "DynamicQuantize"u8.ToArray();

    private static readonly byte[] CountingAttention = "GroupQueryAttention"u8.ToArray();

    /// <summary>
    /// Throws <see cref="OnnxDeviceException"/> if the device is not there and no fallback is set, and
    /// <see cref="ModelPackException"/> if the graph cannot be loaded.
    /// </summary>
    public OnnxSession Create(ModelFile file, OnnxOptions options)
    {
        OnnxEnvironment.EnsureCreated(runtime.Value);
        try
        {
            return Load(file, options, ParseDevice(options.Device));
        }
        catch (OnnxDeviceException error) when (options.Fallback == OnnxDevice.CpuName)
        {
            LogFallback(error.Message);
            return Load(file, options, OnnxDevice.Cpu);
        }
    }

    private OnnxSession Load(ModelFile file, OnnxOptions options, OnnxDevice device)
    {
        using var sessionOptions = CreateOptions(options, device);
        try
        {
            var session = new InferenceSession(file.Path, sessionOptions);
            LogLoaded(file.Path, file.Variant, device.ToString());
            var operators = FileSearch.Contains(file.Path, DynamicQuantisation, CountingAttention);
            return new OnnxSession(session, file, device, !operators[0], operators[1])
            {
                Watch = recorder is null ? null : (names, values) => recorder.Record(file.Path, names, values),
            };
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelPackException(file.Path, [ExternalWeights.Problem(file.Path) ?? $"ONNX Runtime refuses the graph: {error.Message}"], error);
        }
    }

    private static OnnxDevice ParseDevice(string name) =>
        OnnxDevice.TryParse(name, out var device) ? device : throw new OnnxDeviceException(name, "it must be 'cpu' or 'cuda:N'");

    private SessionOptions CreateOptions(OnnxOptions options, OnnxDevice device)
    {
        var session = new SessionOptions
        {
            GraphOptimizationLevel = Level(options.Optimization),
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // Patterns are kept for every shape ever seen: memory that grows with the variety of requests.
            EnableMemoryPattern = false,
        };
        session.AddSessionConfigEntry("session.use_env_allocators", "1");
        if (options.Threads > 0)
        {
            session.IntraOpNumThreads = options.Threads;
            session.AddSessionConfigEntry("session.intra_op.allow_spinning", runtime.Value.Spinning || options.SpinWhileRunning ? "1" : "0");
            session.AddSessionConfigEntry("session.force_spinning_stop", options.SpinWhileRunning ? "1" : "0");
        }
        else
        {
            session.DisablePerSessionThreads();
        }

        if (!device.IsCpu)
        {
            AppendCuda(session, options, device);
        }

        return session;
    }

    private static void AppendCuda(SessionOptions session, OnnxOptions options, OnnxDevice device)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(CudaProvider))
        {
            throw new OnnxDeviceException(device.ToString(), "this build of ONNX Runtime has no CUDA provider");
        }

        var settings = new Dictionary<string, string> { ["device_id"] = $"{device.CudaIndex}", ["arena_extend_strategy"] = "kSameAsRequested" };
        if (options.MemoryLimitMiB > 0)
        {
            settings["gpu_mem_limit"] = $"{options.MemoryLimitMiB * BytesPerMiB}";
        }

        try
        {
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(settings);
            session.AppendExecutionProvider_CUDA(cuda);
        }
        catch (OnnxRuntimeException error)
        {
            throw new OnnxDeviceException(device.ToString(), error.Message, error);
        }
    }

    private static GraphOptimizationLevel Level(OnnxOptimization optimization) => optimization switch
    {
        OnnxOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
        OnnxOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
        OnnxOptimization.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
    };
}
