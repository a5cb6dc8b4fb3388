using System.Globalization;
using Sensorium.V1;

namespace Sensorium.Cli.Output;

/// <summary>Weights as numbers: a table of a picture's cells, a line for each span or word of all else.</summary>
internal static class ExplanationPrinter
{
    private const string Number = "+0.0000;-0.0000; 0.0000";

    /// <param name="caption">Empty unless it was asked about.</param>
    /// <param name="file">Where it was drawn; null if it was not.</param>
    public static async Task WriteAsync(TextWriter output, Explanation explanation, string caption, string? file, bool json)
    {
        if (json)
        {
            await JsonLine.WriteAsync(output, new
            {
                Media = explanation.ItemId,
                explanation.Score,
                BlankScore = explanation.HasBlankScore ? explanation.BlankScore : (float?)null,
                explanation.Grid?.Rows,
                explanation.Grid?.Columns,
                Spans = explanation.Spans?.Ranges.Select(range => new { Start = range.Start.ToTimeSpan().TotalSeconds, End = range.End.ToTimeSpan().TotalSeconds }),
                explanation.Words?.Words,
                explanation.Weights,
                explanation.Runs,
                explanation.CacheHits,
                Caption = caption.Length > 0 ? caption : null,
                Tokens = caption.Length > 0 ? explanation.Tokens.Select(token => new { token.Text, token.Logprob, token.Weights }) : null,
                Drawing = file,
            });
            return;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{explanation.ItemId}: {explanation.Score:0.0000}"));
        foreach (var line in Lines(explanation))
        {
            await output.WriteLineAsync(line);
        }

        foreach (var token in explanation.Tokens)
        {
            await output.WriteLineAsync($"{Show(token.Logprob)} {token.Text}");
        }

        if (file is not null)
        {
            await output.WriteLineAsync(file);
        }
    }

    private static IEnumerable<string> Lines(Explanation explanation) => explanation.PartsCase switch
    {
        Explanation.PartsOneofCase.Grid => explanation.Weights.Chunk(explanation.Grid.Columns).Select(row => string.Join(' ', row.Select(Show))),
        Explanation.PartsOneofCase.Spans => explanation.Spans.Ranges.Zip(explanation.Weights, (range, weight) =>
            string.Create(CultureInfo.InvariantCulture, $"{Show(weight)} {range.Start.ToTimeSpan().TotalSeconds:0.00}-{range.End.ToTimeSpan().TotalSeconds:0.00} s")),
        _ => explanation.Words.Words.Zip(explanation.Weights, (word, weight) => $"{Show(weight)} {word}"),
    };

    private static string Show(float weight) => weight.ToString(Number, CultureInfo.InvariantCulture);
}
