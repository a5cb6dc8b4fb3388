namespace Sensorium.Tokenization.Jinja;

/// <summary>What a name stands for that nobody set: nothing where it is written out, an error where it is used.</summary>
/// <param name="Name">As the template calls it.</param>
internal sealed record Undefined(string Name);
