using k8s.Models;
using Xunit;

namespace Sensorium.Deployment.Tests;

/// <summary>Who may speak to whom, by the policies of both ends.</summary>
public sealed class NetworkPolicyTests
{
    private static readonly string[] Encoders = ["text", "vision", "audio", "video"];
    private static readonly string[] Pods = ["gateway", "generation", .. Encoders, "redis"];

    private static readonly V1NetworkPolicy[] Policies = [.. Manifests.Objects.OfType<V1NetworkPolicy>()];

    [Fact]
    public void Pods_reach_those_that_they_call_and_no_others()
    {
        HashSet<(string, string)> calls =
        [
            ("gateway", "gateway"), ("gateway", "generation"), ("gateway", "redis"), ("generation", "redis"), ("generation", "gateway"),
            .. Encoders.SelectMany(encoder => new[] { ("gateway", encoder), ("generation", encoder), (encoder, "gateway") }),
        ];

        var allowed = Pods.SelectMany(from => Pods.Select(to => (from, to)))
            .Where(pair => Leaves(pair.from, pair.to) && Enters(pair.to, from: pair.from)).ToHashSet();

        Assert.Equal(calls.Order(), allowed.Order());
    }

    [Fact]
    public void Only_the_gateway_is_reached_from_elsewhere_and_reaches_elsewhere()
    {
        Assert.Equal(["gateway"], Pods.Where(pod => Enters(pod, from: null)));
        Assert.Equal(["gateway"], Pods.Where(pod => Leaves(pod, to: null)));
    }

    [Fact]
    public void Prometheus_reads_the_metrics_of_every_pod() =>
        Assert.All(Pods, pod => Assert.Contains(For(pod).SelectMany(policy => policy.Spec.Ingress ?? []), rule =>
            (rule.FromProperty ?? []).Any(peer => peer.NamespaceSelector is not null) && rule.Ports.Any(port => port.Port.Value == "http")));

    private static IEnumerable<V1NetworkPolicy> For(string pod) => Policies.Where(policy => Matches(policy.Spec.PodSelector, pod));

    // Names and collectors aside, which are of other namespaces and at ports of their own.
    private static bool Leaves(string from, string? to) => For(from).SelectMany(policy => policy.Spec.Egress ?? [])
        .Any(rule => rule is { To: null, Ports: null } || (to is not null && Includes(rule.To, to)));

    private static bool Enters(string to, string? from) => For(to).SelectMany(policy => policy.Spec.Ingress ?? [])
        .Any(rule => rule.FromProperty is null || (from is not null && Includes(rule.FromProperty, from)));

    private static bool Includes(IList<V1NetworkPolicyPeer>? peers, string pod) =>
        (peers ?? []).Any(peer => peer.NamespaceSelector is null && peer.PodSelector is { } selector && Matches(selector, pod));

    private static bool Matches(V1LabelSelector selector, string pod) =>
        selector.MatchLabels.All(label => Manifests.Deployment(pod).Spec.Template.Metadata.Labels.Contains(label));
}
