using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>The ids of the cases of one teaching: each is there once, and there are not too many.</summary>
internal sealed class CaseIds(int most)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public int Count => _ids.Count;

    /// <exception cref="SensoriumException">DUPLICATE_ITEM_ID, or TOO_MANY_ITEMS.</exception>
    public void Add(IEnumerable<(string Id, string Field)> cases)
    {
        foreach (var (id, field) in cases)
        {
            if (!_ids.Add(id))
            {
                throw SensoriumException.Invalid(ErrorReasons.DuplicateItemId, $"{field} has the id \"{id}\", as another case does.", field);
            }
        }

        if (_ids.Count > most)
        {
            throw SensoriumException.Invalid(ErrorReasons.TooManyItems, $"A decider is taught by at most {most} cases.", "cases");
        }
    }
}
