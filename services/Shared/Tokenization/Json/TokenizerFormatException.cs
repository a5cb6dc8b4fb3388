namespace Sensorium.Tokenization.Json;

/// <summary>A tokenizer file cannot be used; the message is a sentence that names the place and what is wrong there.</summary>
internal sealed class TokenizerFormatException(string message) : Exception(message);
