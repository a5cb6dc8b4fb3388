using Sensorium.Bench.Load;

namespace Sensorium.Bench.Faces;

/// <summary>One thing that is asked through one face.</summary>
/// <param name="Task">"embed" or "chat": what is compared with the same over gRPC.</param>
/// <param name="Face">Whose API it is; "grpc" is the one that others are compared with.</param>
/// <param name="Key">Of its ratios, as "embed_http" in "embed_http_vs_grpc"; empty for gRPC.</param>
internal sealed record FaceCall(string Task, string Face, string Key, Func<int, Task<CallOutcome>> Ask)
{
    public const string Reference = "grpc";

    public bool IsReference => Face == Reference;
}
