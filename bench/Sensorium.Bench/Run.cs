using Sensorium.Bench.Measuring;
using Sensorium.Bench.Reporting;
using Sensorium.Bench.Sections;
using Sensorium.Core.Packs;

namespace Sensorium.Bench;

/// <summary>One run: all sections asked for, then the report.</summary>
internal static class Run
{
    public static async Task<int> ExecuteAsync(BenchOptions options)
    {
        Directory.CreateDirectory(options.WorkFolder);
        var started = DateTimeOffset.UtcNow;
        var results = new List<SectionResult>();
        await using var contestants = new Contestants(options);
        var runner = new RoundRunner(options);
        foreach (var (name, create) in Sections(contestants))
        {
            if (options.Sections.Count > 0 && !options.Sections.Contains(name))
            {
                continue;
            }

            results.Add(await runner.RunAsync(Chosen(await create(), options.Steps)));

            // Written after every section, so that a run that breaks off leaves what it has.
            JsonReport.Write(options, started, results);
        }

        SummaryTable.Print(results);
        return 0;
    }

    private static Section Chosen(Section section, IReadOnlyList<string> steps) => steps.Count == 0
        ? section
        : section with { Steps = [.. section.Steps.Where(step => steps.Contains(step.Name))], Ratios = [] };

    private static Dictionary<string, Func<Task<Section>>> Sections(Contestants contestants)
    {
        var embedding = new EmbeddingSections(contestants);
        var captions = new CaptionSections(contestants);
        return new()
        {
            ["agreement"] = () => new AgreementSection(contestants).CreateAsync(),
            ["embed_small"] = () => embedding.AtSixteenAsync(contestants.Small, "embed_small", ""),
            ["decode"] = captions.DecodeAsync,
            ["captions"] = captions.ColdAsync,
            ["first_token"] = captions.FirstTokenAsync,
            ["cache"] = new CacheSection(contestants).CreateAsync,
            ["embed_large"] = () => embedding.AtSixteenAsync(contestants.Large, "embed_large", "_large"),
            ["embed_levels"] = () => embedding.LevelsAsync(contestants.Small, "embed_levels"),
            ["captions_levels"] = captions.LevelsAsync,
            ["embed_int8"] = () => embedding.OfVariantAsync(contestants.Small, ModelVariants.EightBit),
            ["conversation"] = new ConversationSection(contestants).CreateAsync,
            ["overload"] = new OverloadSection(contestants).CreateAsync,
            ["memory"] = new MemorySection(contestants).CreateAsync,
        };
    }
}
