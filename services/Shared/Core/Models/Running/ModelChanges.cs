namespace Sensorium.Core.Models.Running;

/// <summary>Tells those who remember what is served that it may be otherwise now.</summary>
public sealed class ModelChanges
{
    private readonly List<Action> _told = [];
    private readonly Lock _gate = new();

    /// <param name="tell">Must not take long, and not throw.</param>
    public void Subscribe(Action tell)
    {
        lock (_gate)
        {
            _told.Add(tell);
        }
    }

    public void Report()
    {
        Action[] told;
        lock (_gate)
        {
            told = [.. _told];
        }

        Array.ForEach(told, tell => tell());
    }
}
