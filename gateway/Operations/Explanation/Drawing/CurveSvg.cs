using System.Globalization;
using System.Text;
using Sensorium.Gateway.Operations.Explanation.Parts;

namespace Sensorium.Gateway.Operations.Explanation.Drawing;

/// <summary>Weights over time as bars, those that speak against the score below the line.</summary>
internal static class CurveSvg
{
    private const int Width = 640;
    private const int Height = 160;
    private const int Margin = 24;
    private const int Ticks = 5;
    private const string For = "#e12819";
    private const string Against = "#2850dc";

    public static Drawn Draw(TimeLayout layout, IReadOnlyList<double> weights)
    {
        var start = layout.Ranges[0].Start.TotalSeconds;
        var length = layout.Ranges[^1].End!.Value.TotalSeconds - start;
        var largest = Math.Max(weights.Max(), 0);
        var spread = largest - Math.Min(weights.Min(), 0);
        double Across(double seconds) => Margin + ((Width - (2 * Margin)) * (seconds - start) / length);
        double Down(double weight) => Margin + (spread > 0 ? (Height - (2 * Margin)) * (largest - weight) / spread : Height - (2 * Margin));

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="10">""");
        svg.Append(CultureInfo.InvariantCulture, $"""<rect width="{Width}" height="{Height}" fill="#fff"/>""");
        for (var i = 0; i < weights.Count; i++)
        {
            var (left, right) = (Across(layout.Ranges[i].Start.TotalSeconds), Across(layout.Ranges[i].End!.Value.TotalSeconds));
            var (top, bottom) = (Down(Math.Max(weights[i], 0)), Down(Math.Min(weights[i], 0)));
            svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{left:0.#}" y="{top:0.#}" width="{right - left:0.#}" height="{bottom - top:0.#}" fill="{(weights[i] < 0 ? Against : For)}"/>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{Margin} {Down(0):0.#}H{Width - Margin}" stroke="#444"/>""");
        for (var i = 0; i <= Ticks; i++)
        {
            var seconds = start + (length * i / Ticks);
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Across(seconds):0.#}" y="{Height - 6}" text-anchor="middle">{seconds:0.##} s</text>""");
        }

        return new Drawn(System.Text.Encoding.UTF8.GetBytes(svg.Append("</svg>\n").ToString()), "image/svg+xml");
    }
}
