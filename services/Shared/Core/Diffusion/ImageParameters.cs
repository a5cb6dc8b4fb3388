using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Diffusion;

/// <summary>What a job asks for, with what it left to the model filled in and everything checked.</summary>
internal sealed record ImageParameters(LatentSize Size, int Width, int Height, SamplerKind Sampler, int Steps, float Guidance, float? Strength, ulong Seed)
{
    /// <summary>The strongest guidance that is taken.</summary>
    public const float MostGuidance = 50;

    private const int UsualSteps = 25;
    private const int FewSteps = 4;
    private const float UsualGuidance = 7.5f;
    private const float UsualStrength = 0.75f;
    private const int MostPreviews = 10;

    /// <exception cref="SensoriumException">INVALID_ARGUMENT that names the field.</exception>
    public static ImageParameters Resolve(ImageJob job, DiffusionShape shape, ImageGenerationOptions options)
    {
        Check(job.Count >= 1 && job.Count <= options.MaxPictures, "count", job.Count, $"from 1 to {options.MaxPictures} pictures are made at once");
        Check(job.Previews is >= 0 and <= MostPreviews, "previews", job.Previews, $"there are from 0 to {MostPreviews}");
        Check(job.Blend is null or { Weight: >= 0 and <= 1 }, "blend.weight", job.Blend?.Weight, "it is from 0 to 1");
        var (width, height) = SizeOf(job, shape, options);
        var sampler = job.Sampler ?? shape.Samplers[0].Sampler;
        var guidance = job.Guidance ?? shape.Guidance ?? UsualGuidance;
        Check(guidance is >= 0 and <= MostGuidance, "guidance", job.Guidance, $"it is from 0 to {MostGuidance}");
        var strength = StrengthOf(job, shape);
        var most = Math.Min(options.MaxSteps, DiffusionSampler.MostSteps(shape.Samplers[0], sampler, strength));
        var steps = job.Steps ?? Math.Min(sampler == SamplerKind.Lcm ? FewSteps : UsualSteps, most);
        Check(steps >= 1 && steps <= most, "steps", job.Steps, $"there are from 1 to {most}");
        return new ImageParameters(
            new LatentSize(width / shape.PixelsPerLatent, height / shape.PixelsPerLatent),
            width,
            height,
            sampler,
            steps,
            guidance,
            strength,
            job.Seed ?? ImageJob.NewSeed());
    }

    private static (int Width, int Height) SizeOf(ImageJob job, DiffusionShape shape, ImageGenerationOptions options)
    {
        var (width, height) = (job.Width ?? shape.DefaultSide, job.Height ?? shape.DefaultSide);
        foreach (var (field, side) in (ReadOnlySpan<(string, int)>)[("width", width), ("height", height)])
        {
            Check(side > 0 && side % shape.SizeStep == 0, field, side, $"sides of this model's pictures are multiples of {shape.SizeStep}");
        }

        Check((long)width * height <= options.MaxPixels, "width", width, $"{width} times {height} is more than the {options.MaxPixels} pixels of the limit");
        if (shape.OnlySize is { } only)
        {
            var (wide, high) = (only.Width * shape.PixelsPerLatent, only.Height * shape.PixelsPerLatent);
            Check(width == wide, "width", width, $"this model makes pictures of {wide} times {high}");
            Check(height == high, "height", height, $"this model makes pictures of {wide} times {high}");
        }

        return (width, height);
    }

    private static float? StrengthOf(ImageJob job, DiffusionShape shape)
    {
        if (job.Start is null)
        {
            Check(job.Strength is null, "strength", job.Strength, "it says how much of a picture is changed, and there is none");
            return null;
        }

        if (!shape.ReadsPictures)
        {
            throw new SensoriumException(
                ErrorCode.FailedPrecondition, ErrorReasons.TaskMismatch, "This model makes pictures and cannot begin with one: its folder has no vae_encoder.");
        }

        var strength = job.Strength ?? UsualStrength;
        Check(strength is > 0 and <= 1, "strength", job.Strength, "it is over 0 and up to 1");
        return strength;
    }

    // Not a number is in no range.
    private static void Check(bool holds, string field, object? value, string rule)
    {
        if (!holds)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{field} is {value}; {rule}."), field);
        }
    }
}
