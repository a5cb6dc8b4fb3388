using Sensorium.Core.Media;

namespace Sensorium.Audio.Preprocessing;

/// <param name="Samples">At most one window; valid until the next one is asked for.</param>
internal readonly record struct SoundWindow(TimeRange Range, ReadOnlyMemory<float> Samples);
