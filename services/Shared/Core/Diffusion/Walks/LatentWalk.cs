namespace Sensorium.Core.Diffusion.Walks;

/// <summary>From prompt to prompt, each with a noise of its own. One prompt alone is walked from one noise to the next.</summary>
public static class LatentWalk
{
    /// <summary>The job of each frame.</summary>
    /// <param name="like">What all frames have in common; its seed is that of the first prompt.</param>
    /// <param name="prompts">At least one.</param>
    /// <param name="pace">How far the walk has come at each frame.</param>
    public static IEnumerable<ImageJob> Frames(ImageJob like, IReadOnlyList<string> prompts, IReadOnlyList<double> pace)
    {
        var last = Math.Max(1, prompts.Count - 1);
        var seed = like.Seed ?? 0;
        foreach (var share in pace)
        {
            var place = Math.Clamp(share, 0, 1) * last;
            var leg = Math.Min((int)place, last - 1);
            yield return like with
            {
                Prompt = prompts[leg],
                Seed = unchecked(seed + (ulong)leg),
                Blend = new ImageBlend(prompts[Math.Min(leg + 1, prompts.Count - 1)], unchecked(seed + (ulong)leg + 1), (float)(place - leg)),
                Count = 1,
                Previews = 0,
            };
        }
    }
}
