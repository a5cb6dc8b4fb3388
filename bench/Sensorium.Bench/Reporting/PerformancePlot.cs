using System.Text;
using Sensorium.Bench.Measuring;

namespace Sensorium.Bench.Reporting;

/// <summary>Throughput and latency against concurrency, as one SVG of two by two panels.</summary>
internal static class PerformancePlot
{
    private const string Ours = "#1565c0";
    private const string Node = "#c62828";

    public static string Draw(ReportReader report)
    {
        string[] embedding = ["embed_small", "embed_levels"];
        string[] captions = ["first_token", "captions", "captions_levels"];
        SvgChart[] panels =
        [
            Panel(report, "Embedding: throughput", "pictures/s", Sample.PicturesPerSecond, logarithmic: false, embedding),
            Panel(report, "Embedding: latency, median", "ms", Sample.LatencyP50, logarithmic: true, embedding),
            Panel(report, "Captions, cold: throughput", "captions/s", Sample.PicturesPerSecond, logarithmic: false, captions),
            Panel(report, "Captions, cold: first token, median", "ms", Sample.FirstTokenP50, logarithmic: true, captions),
        ];
        var svg = new StringBuilder();
        svg.AppendLine(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{2 * SvgChart.Width}\" height=\"{2 * SvgChart.Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        for (var i = 0; i < panels.Length; i++)
        {
            if (panels[i].Series.Count > 0)
            {
                panels[i].Draw(svg, i % 2 * SvgChart.Width, i / 2 * SvgChart.Height);
            }
        }

        return svg.AppendLine("</svg>").ToString();
    }

    private static SvgChart Panel(ReportReader report, string title, string label, string figure, bool logarithmic, string[] sections)
    {
        ChartSeries[] series =
        [
            new("Sensorium", Ours, report.Curve("sensorium_", figure, sections)),
            new("Node peer", Node, report.Curve("node_", figure, sections)),
        ];
        return new SvgChart(title, label, logarithmic, [.. series.Where(line => line.Points.Count > 0)]);
    }
}
