using Sensorium.Core.Models;
using Xunit;

namespace Sensorium.Core.UnitTests.Models;

public sealed class ModelCardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sensorium-card-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("---\nlicense: apache-2.0\nlanguage: en\n---\nlanguage: de", "apache-2.0", "en")]
    [InlineData("---\nlanguage:\n- en\n- \"de\"\nlicense: 'mit'\n---", "mit", "en de")]
    [InlineData("---\nlanguage: [en, fr]\n---", "", "en fr")]
    [InlineData("---\nlanguage:\n  - multilingual\n  - en\nlicense: mit\n---", "mit", "")]
    [InlineData("license: mit", "", "")]
    [InlineData("", "", "")]
    public void The_front_matter_says_license_and_languages(string card, string license, string languages)
    {
        File.WriteAllText(Path.Combine(_folder, "README.md"), card);

        var read = ModelCard.Read(_folder);

        Assert.Equal((license, languages), (read.License, string.Join(' ', read.Languages)));
    }

    [Fact]
    public void A_model_without_a_card_says_nothing() => Assert.Empty(ModelCard.Read(_folder).Languages);
}
