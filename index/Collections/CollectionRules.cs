using Sensorium.Core.Errors;

namespace Sensorium.Index.Collections;

/// <summary>What holds for collections and their items in every store.</summary>
public static class CollectionRules
{
    public const int MaxNameLength = 64;
    public const int MaxIdLength = 256;
    public const int MaxWidth = 16_384;

    /// <exception cref="SensoriumException">INVALID_PARAMETER: it is no name of a collection.</exception>
    public static void CheckName(string name, string field)
    {
        if (name.Length is 0 or > MaxNameLength || !char.IsAsciiLetterLower(name[0]) && !char.IsAsciiDigit(name[0]) || !name.All(IsOfName))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter,
                $"{field} is \"{name}\"; a name has 1 to {MaxNameLength} lower-case letters, digits, \"-\" and \"_\", and begins with a letter or digit.",
                field);
        }
    }

    /// <exception cref="SensoriumException">INVALID_PARAMETER: it is no id of an item.</exception>
    public static void CheckId(string id, string field)
    {
        if (id.Length is 0 or > MaxIdLength || id.Any(char.IsControl))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"{field} has {id.Length} characters; an id has 1 to {MaxIdLength}, none of them a control character.", field);
        }
    }

    public static SensoriumException NotFound(string name) => new(
        ErrorCode.NotFound, ErrorReasons.CollectionNotFound, $"There is no collection \"{name}\".")
    { Metadata = new Dictionary<string, string> { ["collection"] = name } };

    public static SensoriumException Exists(string name) => new(
        ErrorCode.AlreadyExists, ErrorReasons.CollectionExists, $"There is a collection \"{name}\" already.")
    { Metadata = new Dictionary<string, string> { ["collection"] = name } };

    /// <exception cref="SensoriumException">DIMENSION_MISMATCH: the vector is not as wide as the collection's.</exception>
    public static void CheckWidth(CollectionDefinition collection, int width, string field)
    {
        if (width != collection.Width)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.DimensionMismatch, $"{field} has {width} components; vectors of \"{collection.Name}\" have {collection.Width}.", field);
        }
    }

    /// <exception cref="SensoriumException">SPACE_MISMATCH, naming both spaces.</exception>
    public static void CheckSpace(CollectionDefinition collection, string space, string field)
    {
        if (space != collection.SpaceId)
        {
            throw new SensoriumException(
                ErrorCode.FailedPrecondition,
                ErrorReasons.SpaceMismatch,
                $"{field} is of the space \"{space}\"; vectors of \"{collection.Name}\" are of \"{collection.SpaceId}\", and these cannot be compared.")
            {
                Field = field,
            };
        }
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_';
}
