namespace Sensorium.Onnx.Sessions;

/// <summary>What all sessions of the process share; section "Sensorium:Onnx". Read when the first session is made.</summary>
public sealed class OnnxRuntimeOptions
{
    public const string Section = "Sensorium:Onnx";

    /// <summary>Threads of the shared pool; 0 means the cores that this process may use.</summary>
    public int Threads { get; set; }

    /// <summary>
    /// Lets idle threads of the pools spin for a while instead of sleeping: lower latency, but cores that are busy doing
    /// nothing. Off, because sessions share their cores with each other and with preprocessing.
    /// </summary>
    public bool Spinning { get; set; }

    /// <summary>Most memory that all sessions on the CPU together may take for activations, in MiB, below 4,096; 0 means no limit.</summary>
    public int CpuMemoryLimitMiB { get; set; }
}
