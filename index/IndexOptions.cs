namespace Sensorium.Index;

/// <summary>Collections of vectors. Section "Sensorium:Index".</summary>
public sealed class IndexOptions
{
    public const string Section = "Sensorium:Index";

    /// <summary>Where collections are kept: <c>embedded</c>, in a folder of one gateway.</summary>
    public string Store { get; set; } = "embedded";

    /// <summary>Of the embedded store: holds a file for each collection. It is made when it is first needed, and belongs to one process at a time.</summary>
    public string Folder { get; set; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "sensorium", "index");

    /// <summary>Of the embedded store: most bytes of memory that the vectors of all collections take.</summary>
    public long MaxVectorBytes { get; set; } = 4L << 30;

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
