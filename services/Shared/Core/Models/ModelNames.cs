namespace Sensorium.Core.Models;

/// <summary>Ids of models as messages list them.</summary>
public static class ModelNames
{
    private const int Most = 20;

    /// <summary>As "'a', 'b' and 3 more".</summary>
    public static string List(IEnumerable<string> ids)
    {
        string[] all = [.. ids.Distinct(StringComparer.Ordinal)];
        var listed = string.Join(", ", all.Take(Most).Select(id => $"'{id}'"));
        return all.Length > Most ? $"{listed} and {all.Length - Most} more" : listed;
    }
}
