using System.Globalization;
using System.Text.RegularExpressions;

namespace Sensorium.Core.Generation.Regions;

/// <summary>Tokens that name a place along a side of the picture, as Florence-2 writes them: "&lt;loc_0&gt;" to "&lt;loc_999&gt;".</summary>
internal static partial class PlaceTokens
{
    private const int Bins = 1000;
    private const float Middle = 0.5f;

    public static bool IsPlace(string token) => Place().IsMatch(token);

    /// <summary>Labels, and the places behind each.</summary>
    public static AnswerRegion[] Read(string text, RegionForm form)
    {
        if (form == RegionForm.None)
        {
            return [];
        }

        var (regions, end) = (new List<AnswerRegion>(), 0);
        foreach (Match match in Places().Matches(text))
        {
            var label = LabelIn(text.AsSpan(end, match.Index - end));
            end = match.Index + match.Length;
            RegionCorner[] corners = [.. match.Groups["place"].Captures.Select(capture => At(capture.ValueSpan)).Chunk(2)
                .Where(pair => pair.Length == 2).Select(pair => new RegionCorner(pair[0], pair[1]))];
            regions.AddRange(form == RegionForm.Boxes ? Boxes(label, corners, regions) : Quadrangle(label, corners));
        }

        return [.. regions];
    }

    private static string LabelIn(ReadOnlySpan<char> between) => between[(between.LastIndexOf('<') + 1)..].Trim().ToString();

    // Boxes without a label are further ones of the last.
    private static AnswerRegion[] Boxes(string label, RegionCorner[] corners, List<AnswerRegion> before) =>
        [.. corners.Chunk(2).Where(box => box.Length == 2).Select(box => new AnswerRegion(label.Length > 0 || before.Count == 0 ? label : before[^1].Label, box))];

    private static IEnumerable<AnswerRegion> Quadrangle(string label, RegionCorner[] corners) =>
        label.Length > 0 && corners.Length >= 4 ? [new AnswerRegion(label, corners[..4])] : [];

    // The middle of the bin that a place names.
    private static float At(ReadOnlySpan<char> digits) => (int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) + Middle) / Bins;

    [GeneratedRegex(@"^<loc_\d{1,3}>$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:<loc_(?<place>\d{1,3})>)+", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}
