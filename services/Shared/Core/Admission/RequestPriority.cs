namespace Sensorium.Core.Admission;

/// <summary>
/// Which of the requests that wait goes first. A level goes before the next lower one as if it had come two seconds earlier, so
/// that nothing waits for ever; it changes no result, and takes nothing from work that has begun.
/// </summary>
public enum RequestPriority
{
    Low = -1,
    Normal = 0,
    High = 1,
}
