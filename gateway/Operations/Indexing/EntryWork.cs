using Sensorium.Core.Errors;
using Sensorium.Gateway.Intake;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>How far one entry of a group has come.</summary>
internal sealed class EntryWork(IndexEntry entry)
{
    public IndexEntry Entry => entry;

    /// <summary>Null for vectors that were brought.</summary>
    public ReceivedMedia? Medium { get; set; }

    /// <summary>The caller's, or what stands for it.</summary>
    public string Id { get; set; } = entry.Id;

    public string Sha256 { get; set; } = "";

    public TimeSpan? Duration { get; set; }

    public List<ItemSegment> Segments { get; } = [];

    public List<MediaWarning> Warnings { get; } = [];

    /// <summary>Set when it is ready to be kept.</summary>
    public ItemFacts? Facts { get; set; }

    public bool IsUnchanged { get; set; }

    public SensoriumException? Error { get; set; } = entry.Error;

    /// <summary>There is still something to be done.</summary>
    public bool IsOpen => Error is null && !IsUnchanged;

    /// <summary>What goes wrong in it is this entry's fault alone.</summary>
    public void Try(Action step)
    {
        try
        {
            if (IsOpen)
            {
                step();
            }
        }
        catch (SensoriumException error)
        {
            Error = error;
        }
    }

    public async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (SensoriumException error)
        {
            Error = error;
        }
    }
}
