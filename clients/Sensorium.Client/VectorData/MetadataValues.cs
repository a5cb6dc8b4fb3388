using System.Collections;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Type = System.Type;

namespace Sensorium.Client.VectorData;

/// <summary>Values of records as metadata, and back.</summary>
internal static class MetadataValues
{
    private static readonly Type[] Plain = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(float), typeof(double)];

    public static bool IsSupported(Type type) => IsPlain(type) || ElementOf(type) is { } element && IsPlain(element);

    public static Value Write(object value) => value switch
    {
        string text => Value.ForString(text),
        bool truth => Value.ForBool(truth),
        IEnumerable list => Value.ForList([.. list.Cast<object>().Select(Write)]),
        _ => Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
    };

    /// <exception cref="InvalidCastException">What is there is of another kind.</exception>
    public static object Read(Value value, Type type)
    {
        if (ElementOf(type) is not { } element)
        {
            object plain = value.KindCase switch
            {
                Value.KindOneofCase.StringValue => value.StringValue,
                Value.KindOneofCase.BoolValue => value.BoolValue,
                Value.KindOneofCase.NumberValue => value.NumberValue,
                _ => throw new InvalidCastException($"{value.KindCase} is no {type.Name}."),
            };
            return Convert.ChangeType(plain, Nullable.GetUnderlyingType(type) ?? type, CultureInfo.InvariantCulture);
        }

        var values = value.ListValue.Values;
        var array = Array.CreateInstance(element, values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            array.SetValue(Read(values[i], element), i);
        }

        return type.IsArray ? array : Activator.CreateInstance(typeof(List<>).MakeGenericType(element), array)!;
    }

    private static bool IsPlain(Type type) => Plain.Contains(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>Null if it is no list.</summary>
    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType() : type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GenericTypeArguments[0])) ? type.GenericTypeArguments[0] : null;
}
