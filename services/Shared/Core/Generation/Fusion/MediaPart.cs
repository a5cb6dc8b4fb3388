using Sensorium.Core.Encoding;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation.Fusion;

/// <summary>One medium, or one track of a video, and the encoder that is asked about it.</summary>
/// <param name="Implied">The caller did not ask for this track: the video may be without it.</param>
internal sealed record MediaPart(int MediaIndex, MediaItem Item, Modality Encoder, bool Implied);

/// <summary>What its encoder said.</summary>
internal sealed record EncodedPart(MediaPart Part, EncodeOutcome Outcome);
