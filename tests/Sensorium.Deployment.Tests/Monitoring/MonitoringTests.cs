using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;
using Xunit;

namespace Sensorium.Deployment.Tests.Monitoring;

/// <summary>Alerts and dashboards ask for what is there, and every alert has somebody to tell what to do.</summary>
public sealed partial class MonitoringTests
{
    private static readonly Overlay Monitoring = Overlay.Named("k8s/monitoring");

    private static readonly AlertRule[] Alerts = [.. Monitoring.Objects.OfType<PrometheusRule>().Single().Spec.Groups.SelectMany(group => group.Rules)];

    public static TheoryData<string> AlertNames => [.. Alerts.Select(alert => alert.Alert)];

    public static TheoryData<string, string> Panels => [.. Dashboards().SelectMany(dashboard =>
        dashboard["panels"]!.AsArray().Select(panel => (dashboard["title"]!.GetValue<string>(), panel!["title"]!.GetValue<string>())))];

    [Theory]
    [MemberData(nameof(AlertNames))]
    public void An_alert_asks_for_metrics_that_there_are(string name) => AssertKnown(Alert(name).Expr);

    [Theory]
    [MemberData(nameof(AlertNames))]
    public void An_alert_has_a_section_of_the_operators_page(string name)
    {
        var page = File.ReadAllText(SourceTree.PathOf("docs/operating.md"));

        Assert.Contains($"\n### {name}\n", page);
        Assert.Equal($"docs/operating.md#{name.ToLowerInvariant()}", Alert(name).Annotations["runbook"]);
        Assert.NotEmpty(Alert(name).Annotations["summary"]);
        Assert.Contains(Alert(name).Labels["severity"], (string[])["critical", "warning"]);
    }

    [Fact]
    public void The_operators_page_has_no_section_of_an_alert_that_there_is_not() => Assert.Equal(
        Alerts.Select(alert => alert.Alert).Order(),
        AlertHeading().Matches(File.ReadAllText(SourceTree.PathOf("docs/operating.md"))).Select(match => match.Groups[1].Value).Order());

    [Theory]
    [MemberData(nameof(Panels))]
    public void A_panel_asks_for_metrics_that_there_are(string dashboard, string panel)
    {
        var targets = Dashboards().Single(item => item["title"]!.GetValue<string>() == dashboard)["panels"]!.AsArray()
            .Single(item => item!["title"]!.GetValue<string>() == panel)!["targets"]!.AsArray();

        Assert.NotEmpty(targets);
        Assert.All(targets, target => AssertKnown(target!["expr"]!.GetValue<string>()));
    }

    [Fact]
    public void Every_metric_of_others_is_used()
    {
        var used = Alerts.Select(alert => alert.Expr)
            .Concat(Dashboards().SelectMany(item => item["panels"]!.AsArray()).SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => target!["expr"]!.GetValue<string>()))
            .SelectMany(MetricNames.UsedIn);

        Assert.Empty(MetricNames.Elsewhere.Except(used));
    }

    [Fact]
    public void Prometheus_finds_the_pods_at_the_port_of_metrics()
    {
        var monitor = Monitoring.Objects.OfType<PodMonitor>().Single().Spec;
        var endpoint = Assert.Single(monitor.PodMetricsEndpoints);

        Assert.Equal("service", Assert.Single(endpoint.Relabelings).TargetLabel);
        Assert.All(Host.All, host =>
        {
            Assert.Contains(Manifests.Container(host.Profile.Name).Ports, port => port.Name == endpoint.Port);
            Assert.All(monitor.Selector.MatchLabels, label =>
                Assert.Contains(label, Manifests.Deployment(host.Profile.Name).Spec.Template.Metadata.Labels));
        });
    }

    [Fact]
    public void A_wrong_name_would_be_noticed() =>
        Assert.Equal(["made_up_total", "up"], MetricNames.UsedIn("sum by (label) (rate(made_up_total{a=\"b\"}[5m])) or absent(up{c=~\"d\"}) > 0.5"));

    internal static void AssertKnown(string expression)
    {
        Assert.NotEmpty(MetricNames.UsedIn(expression));
        Assert.All(MetricNames.UsedIn(expression), name =>
            Assert.True(MetricNames.Documented.ContainsKey(name) || MetricNames.Elsewhere.Contains(name), $"There is no metric {name}."));
        Assert.All(ServiceLabel().Matches(expression), match => Assert.Contains(Host.All, host => host.Profile.Name == match.Groups[1].Value));
    }

    private static AlertRule Alert(string name) => Alerts.Single(alert => alert.Alert == name);

    private static IEnumerable<JsonNode> Dashboards() =>
        Monitoring.Objects.OfType<V1ConfigMap>().Single().Data.Values.Select(json => JsonNode.Parse(json)!);

    [GeneratedRegex("service=\"([a-z]+)\"")]
    private static partial Regex ServiceLabel();

    [GeneratedRegex(@"^### (Sensorium\w+)$", RegexOptions.Multiline)]
    private static partial Regex AlertHeading();
}
