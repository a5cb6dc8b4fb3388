namespace Sensorium.Core.Tenancy;

/// <summary>Counts what may be had in a minute for all replicas together. A minute's worth may be had at once.</summary>
public interface ISharedRates
{
    /// <summary>How long until the amount may be had, zero if it may be now; null if that cannot be told now, and each replica counts alone.</summary>
    /// <param name="name">Of what is counted.</param>
    /// <param name="perMinute">Above 0.</param>
    /// <param name="amount">How much of it.</param>
    /// <param name="ask">What is done about it.</param>
    Task<TimeSpan?> AskAsync(string name, int perMinute, double amount, RateAsk ask);
}

/// <summary>What is done about an amount.</summary>
public enum RateAsk
{
    /// <summary>It is had if it may be.</summary>
    Take,

    /// <summary>Nothing.</summary>
    Look,

    /// <summary>It has been had: where it is more than there was, time pays the rest off.</summary>
    Owe,
}
