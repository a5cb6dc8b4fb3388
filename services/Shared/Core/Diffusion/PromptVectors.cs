using Sensorium.Core.Errors;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Diffusion;

/// <summary>Words as the denoiser attends to them.</summary>
/// <param name="padding">Fills prompts up.</param>
internal sealed class PromptVectors(IModelTokenizer tokenizer, int padding, IDiffusionBackend backend)
{
    /// <exception cref="SensoriumException">PROMPT_TOO_LONG: nothing is cut off in silence.</exception>
    public float[] Read(string prompt, string field)
    {
        var most = backend.Shape.MaxTokens;
        var encoding = tokenizer.Encode(prompt, null, new TokenizerOptions { Padding = new Padding(most, padding) });
        if (encoding.FullCount > most)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.PromptTooLong, $"{field} has {encoding.FullCount} tokens, the opening and the closing one included; this model reads {most}.", field);
        }

        try
        {
            return backend.ReadPrompt(encoding.Ids);
        }
        catch (Exception error) when (error is not SensoriumException)
        {
            throw SensoriumException.ModelFault($"The model could not read {field}: {error.Message}", error);
        }
    }

    /// <summary>Between two prompts.</summary>
    public float[] Read(string prompt, ImageBlend? blend)
    {
        var vectors = Read(prompt, "prompt");
        if (blend is null)
        {
            return vectors;
        }

        var others = Read(blend.Prompt, "blend.prompt");
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] += blend.Weight * (others[i] - vectors[i]);
        }

        return vectors;
    }
}
