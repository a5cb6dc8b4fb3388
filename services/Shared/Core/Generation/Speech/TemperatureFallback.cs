using System.IO.Compression;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Speech;

/// <summary>
/// Writes a window of sound again, less strictly, where a model got stuck or guesses (Radford et al. 2022, section 4.5): the next
/// temperature is tried while the text repeats itself so that it compresses well, or its tokens are unlikely. What the last one gives is taken.
/// </summary>
/// <param name="Temperatures">Tried in this order; 0 takes the likeliest tokens, above it one sample is drawn.</param>
/// <param name="MaxCompressionRatio">A text whose bytes are more times as long as compressed is too repetitive.</param>
/// <param name="MinMeanLogProb">A text whose tokens are less likely than this in the mean is a guess.</param>
public sealed record TemperatureFallback(IReadOnlyList<float> Temperatures, float MaxCompressionRatio = 2.4f, float MinMeanLogProb = -1)
{
    /// <summary>Above it the paper takes a window for silence.</summary>
    public const float PublishedNoSpeechProb = 0.6f;

    private const float HighestTemperature = 2;

    // As many temperatures as the paper tries between 0 and 1.
    private const int Steps = 5;

    /// <summary>
    /// An unlikely text of a window that holds no speech with more than this probability is no text at all. Null: every window is written
    /// down, and nobody asks how likely silence is.
    /// </summary>
    public float? MaxNoSpeechProb { get; init; }

    /// <summary>So many texts are drawn at a temperature above 0, and the likeliest is taken.</summary>
    public int BestOf { get; init; } = 1;

    /// <summary>The likeliest tokens, whatever they are.</summary>
    public static TemperatureFallback Greedy { get; } = new([0]);

    /// <summary>As the paper tries them: from the one given, 0.2 more each time, up to 1.</summary>
    /// <param name="temperature">From 0 to 1.</param>
    public static IReadOnlyList<float> From(float temperature) =>
        [temperature, .. Enumerable.Range(1, Steps).Select(step => MathF.Round(temperature + ((float)step / Steps), 4)).Where(next => next <= 1)];

    /// <param name="mostDrawn">Texts that may be drawn side by side.</param>
    /// <exception cref="SensoriumException">INVALID_PARAMETER that names the field.</exception>
    public void Check(int mostDrawn)
    {
        for (var i = 0; i < Temperatures.Count; i++)
        {
            Require(Temperatures[i] is >= 0 and <= HighestTemperature, $"temperatures[{i}]", $"is {Temperatures[i]}; it must be from 0 to {HighestTemperature}");
        }

        Require(MaxCompressionRatio > 0, "max_compression_ratio", $"is {MaxCompressionRatio}; it must be above 0");
        Require(!float.IsNaN(MinMeanLogProb), "min_mean_logprob", "is no number");
        Require(MaxNoSpeechProb is null or (>= 0 and <= 1), "max_no_speech_prob", $"is {MaxNoSpeechProb}; it must be from 0 to 1");
        Require(BestOf >= 1 && BestOf <= mostDrawn, "best_of", $"is {BestOf}; it must be from 1 to {mostDrawn}");
    }

    public bool Accepts(string text, float meanLogProb) => meanLogProb >= MinMeanLogProb && CompressionRatio(text) <= MaxCompressionRatio;

    /// <summary>The window is silent, and what was written of it a guess.</summary>
    /// <param name="noSpeechProb">Null if the model cannot tell.</param>
    public bool IsSilence(float? noSpeechProb, float meanLogProb) => noSpeechProb > MaxNoSpeechProb && meanLogProb < MinMeanLogProb;

    /// <summary>Bytes of a text by its bytes as zlib packs them; 0 for no text.</summary>
    public static double CompressionRatio(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        if (bytes.Length == 0)
        {
            return 0;
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return (double)bytes.Length / packed.Length;
    }

    private static void Require(bool right, string field, string fault)
    {
        if (!right)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} {fault}.", $"parameters.{field}");
        }
    }
}
