using System.CommandLine;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>How pictures are made, alone or as those of a clip. What is not given is left to the model.</summary>
/// <param name="steps">Description of --steps.</param>
/// <param name="guidance">Description of --guidance.</param>
/// <param name="seed">Description of --seed.</param>
internal sealed class PictureOptions(string steps, string guidance, string seed)
{
    private readonly Option<string> _model = new("--model", "-m") { Description = "The model; default: the one for pictures", DefaultValueFactory = _ => "" };
    private readonly Option<string> _negative = new("--negative") { Description = "What shall not be seen", DefaultValueFactory = _ => "" };
    private readonly Option<(int Width, int Height)?> _size = SizeOption.Create();
    private readonly Option<int?> _steps = new("--steps") { Description = steps };
    private readonly Option<float?> _guidance = new("--guidance") { Description = guidance };
    private readonly Option<ulong?> _seed = new("--seed") { Description = seed };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_model, _negative, _size, _steps, _guidance, _seed])
        {
            command.Add(option);
        }
    }

    public void Read(ParseResult parsed, GenerateImageRequest request)
    {
        (request.Model, request.NegativePrompt) = (Model(parsed), parsed.GetRequiredValue(_negative));
        parsed.Give(_size, size => (request.Width, request.Height) = size);
        parsed.Give(_steps, steps => request.Steps = steps);
        parsed.Give(_guidance, guidance => request.Guidance = guidance);
        parsed.Give(_seed, seed => request.Seed = seed);
    }

    public void Read(ParseResult parsed, GenerateVideoRequest request)
    {
        (request.Model, request.NegativePrompt) = (Model(parsed), parsed.GetRequiredValue(_negative));
        parsed.Give(_size, size => (request.Width, request.Height) = size);
        parsed.Give(_steps, steps => request.Steps = steps);
        parsed.Give(_guidance, guidance => request.Guidance = guidance);
        parsed.Give(_seed, seed => request.Seed = seed);
    }

    private ModelSelector Model(ParseResult parsed) => new() { Id = parsed.GetValue(_model) };
}
