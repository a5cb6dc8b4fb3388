using Sensorium.Core.Models.Running;

namespace Sensorium.Hosting.Hosts;

/// <summary>The C library's heaps, in which native code leaves what it has freed.</summary>
internal sealed class NativeHeapRelief : IMemoryRelief
{
    public void Release() => NativeHeap.Trim();
}
