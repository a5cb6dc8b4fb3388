using System.Numerics.Tensors;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Diffusion.Scheduling;

/// <summary>One step of pictures that share a run: what the denoiser says of them, guidance, and what their samplers make of it.</summary>
internal sealed class DenoiseStep(IDiffusionBackend backend)
{
    /// <summary>Runs one batch. Latents are changed only if the run does not fail.</summary>
    public void Run(IReadOnlyList<Picture> pictures)
    {
        var rows = new List<DenoiseRow>(pictures.Count * 2);
        foreach (var picture in pictures)
        {
            var (input, timestep) = (InputOf(picture), picture.Sampler.TimestepOf(picture.Step));
            rows.Add(new DenoiseRow(input, timestep, picture.Text, picture.Guidance));
            if (picture.Negative is { } negative)
            {
                rows.Add(new DenoiseRow(input, timestep, negative, picture.Guidance));
            }
        }

        var outputs = backend.Predict(rows, pictures[0].Size);
        var row = 0;
        foreach (var picture in pictures)
        {
            var output = outputs[row++];
            if (picture.Negative is not null)
            {
                Guide(output, outputs[row++], picture.Guidance);
            }

            Advance(picture, output);
        }
    }

    /// <summary>Throws MODEL_FAULT if the latents are no numbers any more: what is drawn of them would be black.</summary>
    public static void Check(Picture picture)
    {
        if (!TensorPrimitives.IsFiniteAll<float>(picture.Latents))
        {
            throw SensoriumException.ModelFault($"After step {picture.Step - picture.Sampler.FirstStep} the picture's latents are not finite numbers.");
        }
    }

    private static float[] InputOf(Picture picture)
    {
        var input = new float[picture.Latents.Length];
        TensorPrimitives.Multiply(picture.Latents, (float)picture.Sampler.InputScale(picture.Step), input);
        return input;
    }

    // Ho and Salimans 2022: away from what is said without the prompt.
    private static void Guide(Span<float> output, ReadOnlySpan<float> negative, float guidance)
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = negative[i] + (guidance * (output[i] - negative[i]));
        }
    }

    private static void Advance(Picture picture, float[] output)
    {
        float[] noise = [];
        if (picture.Sampler.AddsNoise(picture.Step))
        {
            noise = new float[picture.Latents.Length];
            GaussianNoise.Fill(noise, picture.Seed, picture.Step + 1);
        }

        picture.Sampler.Advance(picture.Step, picture.Latents, output, noise);
        picture.Step++;
    }
}
