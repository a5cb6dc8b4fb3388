namespace Sensorium.Tokenization.Jinja;

/// <summary>A template that cannot be read, or that failed on what it was given.</summary>
public sealed class JinjaException(string message) : Exception(message);
