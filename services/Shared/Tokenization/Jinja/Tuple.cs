namespace Sensorium.Tokenization.Jinja;

/// <summary>A list that Python writes out in round brackets.</summary>
internal sealed class Tuple : List<object?>
{
    public static Tuple Of(IEnumerable<object?> elements)
    {
        var tuple = new Tuple();
        tuple.AddRange(elements);
        return tuple;
    }
}
