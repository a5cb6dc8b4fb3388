using Sensorium.Tokenization.Jinja;
using Xunit;

namespace Sensorium.Tokenization.UnitTests.Jinja;

public sealed class JinjaTemplateTests
{
    [Theory]
    [InlineData("{% for x in range(60000) %}{% for y in range(60000) %}{% endfor %}{% endfor %}", "steps")]
    [InlineData("{{ range(100000000) }}", "range")]
    [InlineData("{{ 'abc' * 1000000000 }}", "characters")]
    [InlineData("{% set n = namespace(t='abcdefgh') %}{% for x in range(60) %}{% set n.t = n.t + n.t %}{% endfor %}", "characters")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "deep")]
    public void What_a_template_may_cost_is_bounded(string template, string inMessage)
    {
        var parsed = JinjaTemplate.Parse(template);

        Assert.Contains(inMessage, Assert.Throws<JinjaException>(() => Render(parsed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded_while_reading_and_while_rendering()
    {
        Assert.Throws<JinjaException>(() => JinjaTemplate.Parse($"{{{{ {new string('(', 100_000)}1{new string(')', 100_000)} }}}}"));
        Assert.Throws<JinjaException>(() => JinjaTemplate.Parse(string.Concat(Enumerable.Repeat("{% if true %}", 100_000))));

        var sum = JinjaTemplate.Parse($"{{{{ 1{string.Concat(Enumerable.Repeat(" + 1", 200_000))} }}}}");
        Assert.Throws<JinjaException>(() => Render(sum));
    }

    [Theory]
    [InlineData("a\nb {{ 'x' }} {% if %}", "line 2")]
    [InlineData("{% if a %}\n\n{{ b | wrong }}", "wrong")]
    public void Faults_of_a_template_are_told_with_their_place(string template, string inMessage) =>
        Assert.Contains(inMessage, Assert.Throws<JinjaException>(() => JinjaTemplate.Parse(template)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_present_is_that_of_the_caller()
    {
        var time = new DateTimeOffset(2026, 3, 4, 15, 6, 7, TimeSpan.Zero);

        Assert.Equal("04 Mar 2026 15:06:07 100%", JinjaTemplate.Parse("{{ strftime_now('%d %b %Y %H:%M:%S 100%%') }}").Render(new Dictionary<string, object?>(), () => time));
    }

    private static string Render(JinjaTemplate template) => template.Render(new Dictionary<string, object?>(), () => DateTimeOffset.UnixEpoch);
}
