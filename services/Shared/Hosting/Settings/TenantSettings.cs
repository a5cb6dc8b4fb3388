namespace Sensorium.Hosting.Settings;

/// <summary>Those who share a gateway under one name: their keys, their share and their quotas.</summary>
public sealed class TenantSettings
{
    public const string Section = "Sensorium:Tenants:<name>";

    /// <summary>Keys of its callers, of at least 16 characters each. They are let in as `Sensorium:Host:ApiKeys` are, and find each other's uploads.</summary>
    public IList<string> Keys { get; } = [];

    /// <summary>File with one more key a line, as `Sensorium:Host:ApiKeysPath`. It is read again when it changes.</summary>
    public string KeysPath { get; set; } = "";

    /// <summary>Its share of every queue, against those of others who wait; above 0.</summary>
    public double Weight { get; set; } = 1;

    /// <summary>
    /// Most calls a minute; so many may come at once. 0 sets no limit. With Redis (`Sensorium:Cache:RedisConnection`) the replicas of
    /// the gateway count calls and tokens together; without, and while Redis does not answer, each counts alone.
    /// </summary>
    public int RequestsPerMinute { get; set; }

    /// <summary>
    /// Most tokens a minute that models read and write for it, counted when they have been; the call that goes over it is
    /// answered, and the next ones wait. 0 sets no limit.
    /// </summary>
    public int TokensPerMinute { get; set; }

    /// <summary>Most calls that are under way at a time, in each replica. 0 sets no limit.</summary>
    public int MaxConcurrency { get; set; }
}
