using System.Globalization;
using System.Text;

namespace Sensorium.Bench.Reporting;

/// <summary>A panel of lines over the number of clients, x on a logarithmic scale of base 4; y linear from 0 or logarithmic.</summary>
internal sealed record SvgChart(string Title, string YLabel, bool LogarithmicY, IReadOnlyList<ChartSeries> Series)
{
    public const int Width = 440;
    public const int Height = 320;
    private const int Left = 62;
    private const int Right = 14;
    private const int Top = 34;
    private const int Bottom = 46;
    private static readonly int[] NiceFactors = [1, 2, 5, 10];
    private static readonly double[] Clients = [1, 4, 16, 64];

    public void Draw(StringBuilder svg, int offsetX, int offsetY)
    {
        var values = Series.SelectMany(series => series.Points).Select(point => point.Y).ToList();
        var (low, high) = LogarithmicY
            ? (Math.Pow(10, Math.Floor(Math.Log10(values.Min()))), Math.Pow(10, Math.Ceiling(Math.Log10(values.Max()))))
            : (0, values.Max() * 1.1);
        Line(svg, $"<g transform=\"translate({offsetX},{offsetY})\">");
        Line(svg, $"<text x=\"{Left}\" y=\"20\" font-weight=\"bold\">{Title}</text>");
        foreach (var tick in Ticks(low, high))
        {
            var y = Y(tick, low, high);
            Line(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"{Left - 6}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{tick:G4}</text>");
        }

        foreach (var clients in Clients)
        {
            Line(svg, $"<text x=\"{X(clients):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{clients}</text>");
        }

        Line(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">clients at once</text>");
        Line(svg, $"<text transform=\"translate(14,{(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{YLabel}</text>");
        for (var i = 0; i < Series.Count; i++)
        {
            DrawSeries(svg, Series[i], i, low, high);
        }

        Line(svg, $"</g>");
    }

    private void DrawSeries(StringBuilder svg, ChartSeries series, int index, double low, double high)
    {
        var points = series.Points.Select(point => (X: X(point.X), Y: Y(point.Y, low, high))).ToList();
        var path = string.Join(' ', points.Select(point => FormattableString.Invariant($"{point.X:F1},{point.Y:F1}")));
        Line(svg, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{series.Colour}\" stroke-width=\"2\"/>");
        foreach (var (x, y) in points)
        {
            Line(svg, $"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3\" fill=\"{series.Colour}\"/>");
        }

        Line(svg, $"<text x=\"{Left + 8}\" y=\"{Top + 14 + (index * 15)}\" fill=\"{series.Colour}\">{series.Name}</text>");
    }

    private static double X(double clients) =>
        Left + 16 + ((Width - Left - Right - 32) * Math.Log(clients) / Math.Log(Clients[^1]));

    private double Y(double value, double low, double high)
    {
        var share = LogarithmicY ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
        return Height - Bottom - ((Height - Top - Bottom) * share);
    }

    private IEnumerable<double> Ticks(double low, double high)
    {
        if (LogarithmicY)
        {
            for (var tick = low; tick <= high * 1.001; tick *= 10)
            {
                yield return tick;
            }

            yield break;
        }

        var rough = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * NiceFactors.First(factor => factor * power >= rough);
        for (var tick = low; tick <= high; tick += step)
        {
            yield return tick;
        }
    }

    private static void Line(StringBuilder svg, FormattableString text) =>
        svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}
