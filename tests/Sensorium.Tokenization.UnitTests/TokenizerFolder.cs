namespace Sensorium.Tokenization.UnitTests;

/// <summary>A folder with a tokenizer.json, gone after the test.</summary>
internal sealed class TokenizerFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("sensorium-tokenizer").FullName;

    public Tokenizer Load(string json, string? config = null)
    {
        File.WriteAllText(Path.Combine(_path, "tokenizer.json"), json);
        if (config is not null)
        {
            File.WriteAllText(Path.Combine(_path, "tokenizer_config.json"), config);
        }

        return TokenizerLoader.LoadFolder(_path);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
