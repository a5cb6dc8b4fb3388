using System.CommandLine;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>How a caption is decoded. What is not given is left to the model's own defaults.</summary>
internal sealed class GenerationOptions
{
    private readonly Option<float?> _temperature = new("--temperature") { Description = "0 is greedy" };
    private readonly Option<float?> _topP = new("--top-p") { Description = "Sample among the most probable tokens that reach this probability" };
    private readonly Option<int?> _topK = new("--top-k") { Description = "Sample among this many tokens; 0 means all" };
    private readonly Option<int?> _beams = new("--beams") { Description = "Width of the beam search; 1 is none" };
    private readonly Option<float?> _lengthPenalty = new("--length-penalty") { Description = "For beams: above 1 favours long captions" };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The same seed gives the same caption" };
    private readonly Option<int?> _maxTokens = new("--max-tokens") { Description = "Longest caption, in tokens" };
    private readonly Option<int?> _choices = new("--choices", "-n") { Description = "Number of captions; above 1 needs sampling or beams" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _temperature, _topP, _topK, _beams, _lengthPenalty, _seed, _maxTokens, _choices })
        {
            command.Add(option);
        }
    }

    public GenerationParameters Read(ParseResult parsed)
    {
        var parameters = new GenerationParameters();
        parsed.Give(_temperature, value => parameters.Temperature = value);
        parsed.Give(_topP, value => parameters.TopP = value);
        parsed.Give(_topK, value => parameters.TopK = value);
        parsed.Give(_beams, value => parameters.NumBeams = value);
        parsed.Give(_lengthPenalty, value => parameters.LengthPenalty = value);
        parsed.Give(_seed, value => parameters.Seed = value);
        parsed.Give(_maxTokens, value => parameters.MaxNewTokens = value);
        parsed.Give(_choices, value => parameters.N = value);
        return parameters;
    }
}
