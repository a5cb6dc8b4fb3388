namespace Sensorium.Core.Models.Running;

public enum ModelState
{
    Unloaded,
    Loading,
    Loaded,

    /// <summary>It has given its memory back because nobody asked for it, and is loaded by the next request.</summary>
    Idle,
    Unloading,
    Failed,
}
