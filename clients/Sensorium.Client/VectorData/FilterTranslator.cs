using System.Collections;
using System.Linq.Expressions;
using System.Reflection;

namespace Sensorium.Client.VectorData;

/// <summary>Conditions on records, as C# writes them, in the language of filters.</summary>
internal sealed class FilterTranslator<TRecord>(RecordModel<TRecord> model)
{
    private static readonly Dictionary<ExpressionType, (string Text, string Turned)> Comparisons = new()
    {
        [ExpressionType.Equal] = ("=", "="),
        [ExpressionType.NotEqual] = ("!=", "!="),
        [ExpressionType.LessThan] = ("<", ">"),
        [ExpressionType.LessThanOrEqual] = ("<=", ">="),
        [ExpressionType.GreaterThan] = (">", "<"),
        [ExpressionType.GreaterThanOrEqual] = (">=", "<="),
    };

    /// <exception cref="NotSupportedException">The filters have no such condition.</exception>
    public string Translate(Expression<Func<TRecord, bool>> filter) =>
        filter.Body is ConstantExpression { Value: true } ? "" : Condition(filter.Body);

    private string Condition(Expression condition) => condition switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => $"({Condition(both.Left)} AND {Condition(both.Right)})",
        BinaryExpression { NodeType: ExpressionType.OrElse } either => $"({Condition(either.Left)} OR {Condition(either.Right)})",
        UnaryExpression { NodeType: ExpressionType.Not } not => $"NOT ({Condition(not.Operand)})",
        BinaryExpression comparison when Comparisons.TryGetValue(comparison.NodeType, out var text) => Compare(comparison, text),
        MethodCallExpression { Method.Name: "Contains" } call => Contains(call),
        _ when NameOf(condition) is { } name => $"{name} = true",
        _ => throw NotSupported(condition),
    };

    private string Compare(BinaryExpression comparison, (string Text, string Turned) text) =>
        NameOf(comparison.Left) is { } left ? Compare(left, text.Text, ValueOf(comparison.Right))
        : NameOf(comparison.Right) is { } right ? Compare(right, text.Turned, ValueOf(comparison.Left))
        : throw NotSupported(comparison);

    private static string Compare(string name, string comparison, object? value) => (comparison, value) switch
    {
        ("=", null) => $"NOT EXISTS {name}",
        ("!=", null) => $"EXISTS {name}",
        _ => $"{name} {comparison} {FilterText.Write(value)}",
    };

    // Of a list of the record: one of its elements; of a list beside it: one of these.
    private string Contains(MethodCallExpression call)
    {
        var (list, item) = call.Object is { } owner ? (owner, call.Arguments[0]) : (call.Arguments[0], call.Arguments[1]);
        if (NameOf(list) is { } name)
        {
            return $"{name} = {FilterText.Write(ValueOf(item))}";
        }

        var values = ValueOf(list) is IEnumerable many and not string ? many.Cast<object?>().Select(FilterText.Write).ToArray() : throw NotSupported(call);
        var one = NameOf(item) ?? throw NotSupported(call);

        // Nothing is one of none; the language has no empty list.
        return values.Length == 0 ? $"(EXISTS {one} AND NOT EXISTS {one})" : $"{one} IN ({string.Join(", ", values)})";
    }

    /// <summary>Null for what is no property of the record.</summary>
    private string? NameOf(Expression expression) => Bare(expression) switch
    {
        MemberExpression { Member: PropertyInfo { Name: "Value" }, Expression: { } nullable } when Nullable.GetUnderlyingType(nullable.Type) is not null => NameOf(nullable),
        MemberExpression { Expression: ParameterExpression } member => Stored(member.Member.Name),
        MethodCallExpression { Method.Name: "get_Item", Object: ParameterExpression } entry => Stored((string)ValueOf(entry.Arguments[0])!),
        _ => null,
    };

    private string Stored(string name) =>
        name == model.Key.Name ? "@id"
        : model.Data.FirstOrDefault(property => property.Name == name)?.StorageName ?? throw new NotSupportedException($"{name} is no data property; filters see only those and the key.");

    private static object? ValueOf(Expression expression)
    {
        try
        {
            return Expression.Lambda(Bare(expression)).Compile(preferInterpretation: true).DynamicInvoke();
        }
        catch (InvalidOperationException)
        {
            // It speaks of the record.
            throw NotSupported(expression);
        }
    }

    // Without conversions, to spans of lists among them.
    private static Expression Bare(Expression expression) => expression switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } conversion => Bare(conversion.Operand),
        MethodCallExpression { Method: { Name: "op_Implicit", IsStatic: true } } conversion => Bare(conversion.Arguments[0]),
        _ => expression,
    };

    private static NotSupportedException NotSupported(Expression expression) =>
        new($"The filters of collections cannot say {expression}; see the grammar in Sensorium's docs/search.md.");
}
