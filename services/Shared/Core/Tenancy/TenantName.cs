using System.Text.RegularExpressions;

namespace Sensorium.Core.Tenancy;

/// <summary>Names that stand in settings, metrics, headers and records alike.</summary>
public static partial class TenantName
{
    public const int MaxLength = 64;

    public static bool IsValid(string name) => Form().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Form();
}
