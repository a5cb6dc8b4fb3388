namespace Sensorium.Index;

/// <summary>Collections of vectors. Section "Sensorium:Index".</summary>
public sealed class IndexOptions
{
    public const string Section = "Sensorium:Index";

    /// <summary>
    /// Where collections are kept: <c>embedded</c>, in a folder of one gateway; <c>redis</c> or <c>postgres</c>, in a server that several share.
    /// </summary>
    public string Store { get; set; } = "embedded";

    /// <summary>Of the embedded store: holds a file for each collection. It is made when it is first needed, and belongs to one process at a time.</summary>
    public string Folder { get; set; } = Path.Combine(Home, "sensorium", "index");

    // Also where it has not been made yet: a path that depended on that would be another one tomorrow.
    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>Of the embedded store: most bytes of memory that the vectors of all collections take.</summary>
    public long MaxVectorBytes { get; set; } = 4L << 30;

    /// <summary>Of the Redis store: the server, as <c>host:port</c> with the options of StackExchange.Redis. It needs vector sets, as Redis 8 has them.</summary>
    public string RedisConnection { get; set; } = "";

    /// <summary>Of the Redis store: what all its keys begin with.</summary>
    public string RedisPrefix { get; set; } = "sensorium:index:";

    /// <summary>Of the PostgreSQL store: the server, as <c>Host=...;Username=...;Password=...;Database=...</c>. It needs the extension pgvector.</summary>
    public string PostgresConnection { get; set; } = "";

    /// <summary>Of the Redis and PostgreSQL stores: how many vectors their index looks at for each search, and for each vector that is put in. More find more, more slowly.</summary>
    public int SearchEffort { get; set; } = 400;

    /// <summary>Most hits, or items, of one page.</summary>
    public int MaxPageSize { get; set; } = 1_000;

    /// <summary>How far pages of hits reach: to the best so many.</summary>
    public int MaxHits { get; set; } = 10_000;

    /// <summary>Most items that are encoded and kept together while a collection is filled.</summary>
    public int BatchItems { get; set; } = 32;

    /// <summary>Most bytes of one medium that are kept where a caller wants them kept.</summary>
    public long MaxContentBytes { get; set; } = 16L << 20;

    /// <summary>How long filling a collection waits for encoders that are overloaded.</summary>
    public TimeSpan OverloadPatience { get; set; } = TimeSpan.FromMinutes(2);
}
