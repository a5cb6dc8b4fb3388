using System.Numerics.Tensors;
using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Blocks;

/// <summary>
/// The record. A field that is missing is as that of an average case: whether it was filled in tells who wrote the record, not what the
/// case is.
/// </summary>
internal sealed record FieldsBlock(IReadOnlyList<NumberColumn> Numbers, IReadOnlyList<CategoryColumn> Categories) : IBlock
{
    public const string Id = "fields";

    public string Name => Id;

    public string Part => Id;

    public int Width { get; } = Numbers.Count * NumberColumn.Width + Categories.Sum(column => column.Values.Length);

    // Blocks are of about equal length, so that one strength of regularisation means the same for all.
    private float Scale { get; } = 1 / MathF.Sqrt(Math.Max(1, Numbers.Count * NumberColumn.Width + Categories.Count));

    public static FieldsBlock? Fit(CaseSchema schema, IReadOnlyList<TaughtCase> cases)
    {
        var numbers = Of(FieldKind.Number).Concat(Of(FieldKind.Date)).Select(type => NumberColumn.Fit(type.Name, [.. Values(type.Name).Select(value => value.Number)]));
        var categories = Of(FieldKind.Category).Select(type => CategoryColumn.Fit(type.Name, [.. Values(type.Name).Select(value => value.Text)]));
        var block = new FieldsBlock([.. numbers], [.. categories.Where(column => column.Values.Length > 0)]);
        return block.Width == 0 ? null : block;

        IEnumerable<FieldType> Of(FieldKind kind) => schema.Fields.Where(type => type.Kind == kind);
        IEnumerable<FieldValue> Values(string name) => cases.Select(taught => taught.Case.Fields.GetValueOrDefault(name)).OfType<FieldValue>();
    }

    public FeatureRow? Read(DecisionCase given)
    {
        var (row, any) = (new float[Width], false);
        foreach (var (name, start, width) in Slices())
        {
            any |= ReadField(given, name, row.AsSpan(start, width));
        }

        return any ? new FeatureRow(null, row) : null;
    }

    public IEnumerable<PieceWeight> Pieces(DecisionCase given, ReadOnlyMemory<float> weights)
    {
        foreach (var (name, start, width) in Slices())
        {
            var row = new float[width];
            if (ReadField(given, name, row))
            {
                var weight = TensorPrimitives.Dot(row, weights.Span.Slice(start, width));
                yield return new PieceWeight(EvidenceKind.Field, name, given.Fields[name].ToString(), weight);
            }
        }
    }

    private bool ReadField(DecisionCase given, string name, Span<float> row)
    {
        if (!given.Fields.TryGetValue(name, out var value))
        {
            return false;
        }

        if (value.Kind == FieldKind.Category)
        {
            Categories.First(column => column.Name == name).Read(value.Text, row);
        }
        else
        {
            Numbers.First(column => column.Name == name).Read(value.Number).CopyTo(row);
        }

        TensorPrimitives.Multiply(row, Scale, row);
        return true;
    }

    private IEnumerable<(string Name, int Start, int Width)> Slices()
    {
        var start = 0;
        foreach (var column in Numbers)
        {
            yield return (column.Name, start, NumberColumn.Width);
            start += NumberColumn.Width;
        }

        foreach (var column in Categories)
        {
            yield return (column.Name, start, column.Values.Length);
            start += column.Values.Length;
        }
    }
}
