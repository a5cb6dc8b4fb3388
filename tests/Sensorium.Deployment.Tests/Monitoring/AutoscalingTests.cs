using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Generation;
using Sensorium.Deployment.Tests.Kustomize;
using Xunit;

namespace Sensorium.Deployment.Tests.Monitoring;

/// <summary>The two ways to scale: both by metrics that services have, between the same bounds, at the same values.</summary>
public sealed class AutoscalingTests
{
    private static readonly Overlay Hpa = Overlay.Named("k8s/overlays/hpa");
    private static readonly Overlay Keda = Overlay.Named("k8s/overlays/keda");

    public static TheoryData<string> Hosts => Host.Names;

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Autoscalers_go_by_metrics_that_a_service_has_and_the_adapter_hands_on(string name)
    {
        var metrics = Autoscaler(name).Metrics.Where(metric => metric.Type == "Pods").Select(metric => metric.Pods.Metric.Name).ToArray();

        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => Assert.Equal("gauge", MetricNames.Documented[metric]));
        Assert.All(metrics, metric => Assert.Single(AdapterSeries(), series => Regex.IsMatch(metric, series)));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Triggers_ask_for_metrics_that_a_service_has(string name) =>
        Assert.All(Scaled(name).Triggers.Where(trigger => trigger.Type == "prometheus"), trigger =>
        {
            MonitoringTests.AssertKnown(trigger.Metadata["query"]);
            Assert.Contains($"pod=~\"{name}-.*\"", trigger.Metadata["query"]);
            Assert.True(trigger.Metadata["query"].StartsWith("sum(", StringComparison.Ordinal) == (trigger.MetricType == "AverageValue"), "A sum is divided by the replicas.");
        });

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Both_ways_have_the_same_bounds_metrics_and_behaviour(string name)
    {
        var (one, other) = (Autoscaler(name), Scaled(name));

        Assert.Equal((one.MinReplicas, one.MaxReplicas), (other.MinReplicaCount, other.MaxReplicaCount));
        Assert.True(one.MinReplicas < one.MaxReplicas);
        Assert.Equal(
            one.Metrics.Where(metric => metric.Type == "Pods").Select(metric => (metric.Pods.Metric.Name, metric.Pods.Target.AverageValue.ToDecimal())).Order(),
            other.Triggers.Where(trigger => trigger.Type == "prometheus").Select(trigger =>
                (MetricNames.UsedIn(trigger.Metadata["query"]).Single(), decimal.Parse(trigger.Metadata["threshold"], CultureInfo.InvariantCulture))).Order());
        Assert.Equal(one.Behavior.ScaleDown.StabilizationWindowSeconds, other.Advanced.HorizontalPodAutoscalerConfig.Behavior.ScaleDown.StabilizationWindowSeconds);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void The_autoscaler_alone_says_how_many_there_are(string name) => Assert.All([Hpa, Keda], overlay =>
        Assert.Null(overlay.Deployments.Single(deployment => deployment.Metadata.Name == name).Spec.Replicas));

    [Fact]
    public void A_pod_is_added_before_its_service_refuses_anything()
    {
        var waits = Hpa.Objects.OfType<V2HorizontalPodAutoscaler>().SelectMany(item => item.Spec.Metrics)
            .Where(metric => metric.Pods?.Metric.Name == "sensorium_admission_expected_wait_seconds")
            .Select(metric => (double)metric.Pods.Target.AverageValue.ToDecimal()).ToArray();

        Assert.Equal(5, waits.Length);
        Assert.All(waits, wait => Assert.Equal(new EncoderOptions().MaxExpectedWait.TotalSeconds / 2, wait));
        Assert.Equal(new EncoderOptions().MaxExpectedWait, new GenerationOptions().MaxExpectedWait);
    }

    private static V2HorizontalPodAutoscalerSpec Autoscaler(string name)
    {
        var found = Hpa.Objects.OfType<V2HorizontalPodAutoscaler>().Single(item => item.Spec.ScaleTargetRef.Name == name).Spec;
        Assert.Equal(("apps/v1", "Deployment"), (found.ScaleTargetRef.ApiVersion, found.ScaleTargetRef.Kind));
        return found;
    }

    private static ScaledObjectSpec Scaled(string name) => Keda.Objects.OfType<ScaledObject>().Single(item => item.Spec.ScaleTargetRef.Name == name).Spec;

    // {__name__=~"^a|b$",…}
    private static IEnumerable<string> AdapterSeries()
    {
        var values = YamlNodes.Parse(File.ReadAllText(SourceTree.PathOf("k8s/prometheus-adapter-values.yaml"))).Single();
        return values["rules"]!["custom"]!.AsArray().Select(rule => Regex.Match(rule!["seriesQuery"]!.GetValue<string>(), "__name__=~\"([^\"]+)\"").Groups[1].Value);
    }
}
