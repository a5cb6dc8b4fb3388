using System.Text.Json;
using Sensorium.Tokenization.Jinja;
using Xunit;

namespace Sensorium.Tokenization.UnitTests.Jinja;

/// <summary>Templates render what Python's jinja2 renders, and fail where it does.</summary>
public sealed class JinjaReferenceTests
{
    private static readonly JsonElement References = Read();

    public static TheoryData<int> Cases { get; } = new(Enumerable.Range(0, References.GetProperty("cases").GetArrayLength()));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Texts_equal_the_reference(int index)
    {
        var one = References.GetProperty("cases")[index];
        var template = one.GetProperty("template").GetString()!;
        var values = (IReadOnlyDictionary<string, object?>)JsonValues.Of(References.GetProperty("values")[one.GetProperty("values").GetInt32()])!;

        var text = Render(template, values, out var fault);

        Assert.True(one.GetProperty("text").GetString() == text, $"{template}\nexpected: {one.GetProperty("text")}\nactual:   {text}{fault}");
    }

    private static string? Render(string template, IReadOnlyDictionary<string, object?> values, out string? fault)
    {
        fault = null;
        try
        {
            return JinjaTemplate.Parse(template).Render(values, () => DateTimeOffset.UnixEpoch);
        }
        catch (JinjaException error)
        {
            fault = error.Message;
            return null;
        }
    }

    private static JsonElement Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Jinja", "references.json")));
        return document.RootElement.Clone();
    }
}
