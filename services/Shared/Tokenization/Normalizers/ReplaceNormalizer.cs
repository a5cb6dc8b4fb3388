using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>Puts a fixed text in place of whatever a pattern finds.</summary>
internal sealed class ReplaceNormalizer(Splitter.RunFinder pattern, string content) : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        var runs = new List<Splitter.Run>();
        pattern(text.Value, 0, text.Length, runs);
        if (!runs.Exists(run => run.IsDelimiter))
        {
            return text;
        }

        var builder = new AlignedTextBuilder(text);
        foreach (var run in runs)
        {
            if (run.IsDelimiter)
            {
                builder.Append(content, run.Start, run.End);
            }
            else
            {
                builder.Copy(run.Start, run.End);
            }
        }

        return builder.Build();
    }
}
