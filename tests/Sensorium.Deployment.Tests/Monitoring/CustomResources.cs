using k8s.Models;

namespace Sensorium.Deployment.Tests.Monitoring;

/// <summary>The fields of others' resources that are used here; any other is an error.</summary>
internal static class CustomResources
{
    public static Dictionary<string, Type> Types => new()
    {
        ["cert-manager.io/v1/Issuer"] = typeof(Certificates.Issuer),
        ["cert-manager.io/v1/Certificate"] = typeof(Certificates.Certificate),
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
        ["monitoring.coreos.com/v1/PodMonitor"] = typeof(PodMonitor),
    };
}

internal abstract class CustomResource<T>
    where T : new()
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public T Spec { get; set; } = new();
}

internal sealed class ScaledObject : CustomResource<ScaledObjectSpec>;

internal sealed class ScaledObjectSpec
{
    public ScaledTarget ScaleTargetRef { get; set; } = new();

    public int MinReplicaCount { get; set; }

    public int MaxReplicaCount { get; set; }

    public int PollingInterval { get; set; }

    public List<Trigger> Triggers { get; set; } = [];

    public Advanced Advanced { get; set; } = new();
}

internal sealed class ScaledTarget
{
    public string Name { get; set; } = "";
}

internal sealed class Trigger
{
    public string Type { get; set; } = "";

    public string MetricType { get; set; } = "";

    public Dictionary<string, string> Metadata { get; set; } = [];
}

internal sealed class Advanced
{
    public AutoscalerConfig HorizontalPodAutoscalerConfig { get; set; } = new();
}

internal sealed class AutoscalerConfig
{
    public V2HorizontalPodAutoscalerBehavior Behavior { get; set; } = new();
}

internal sealed class PrometheusRule : CustomResource<PrometheusRuleSpec>;

internal sealed class PrometheusRuleSpec
{
    public List<RuleGroup> Groups { get; set; } = [];
}

internal sealed class RuleGroup
{
    public string Name { get; set; } = "";

    public List<AlertRule> Rules { get; set; } = [];
}

internal sealed class AlertRule
{
    public string Alert { get; set; } = "";

    public string Expr { get; set; } = "";

    public string For { get; set; } = "";

    public Dictionary<string, string> Labels { get; set; } = [];

    public Dictionary<string, string> Annotations { get; set; } = [];
}

internal sealed class PodMonitor : CustomResource<PodMonitorSpec>;

internal sealed class PodMonitorSpec
{
    public NamespaceNames NamespaceSelector { get; set; } = new();

    public V1LabelSelector Selector { get; set; } = new();

    public List<MetricsEndpoint> PodMetricsEndpoints { get; set; } = [];
}

internal sealed class NamespaceNames
{
    public List<string> MatchNames { get; set; } = [];
}

internal sealed class MetricsEndpoint
{
    public string Port { get; set; } = "";

    public string Path { get; set; } = "";

    public string Interval { get; set; } = "";

    public List<Relabeling> Relabelings { get; set; } = [];
}

internal sealed class Relabeling
{
    public List<string> SourceLabels { get; set; } = [];

    public string TargetLabel { get; set; } = "";
}
