using System.Globalization;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Searching;

internal static class PageSizes
{
    /// <exception cref="SensoriumException">PAGE_TOO_LARGE, or negative.</exception>
    public static int Check(int asked, int byDefault, int max)
    {
        if (asked < 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"page_size is {asked}; it must not be negative.", "page_size");
        }

        return asked <= max ? asked == 0 ? Math.Min(byDefault, max) : asked : throw TooLarge($"page_size is {asked}; at most {max} are answered on one page.", max);
    }

    public static SensoriumException TooLarge(string message, int limit) => new(ErrorCode.InvalidArgument, ErrorReasons.PageTooLarge, message)
    {
        Field = "page_size",
        Metadata = new Dictionary<string, string> { ["limit"] = limit.ToString(CultureInfo.InvariantCulture) },
    };
}
