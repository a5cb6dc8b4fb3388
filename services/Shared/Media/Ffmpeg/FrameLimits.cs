namespace Sensorium.Media.Ffmpeg;

/// <param name="Threads">Of the decoder.</param>
/// <param name="MaxPixels">Width times height of any frame.</param>
internal readonly record struct FrameLimits(int Threads, long MaxPixels);
