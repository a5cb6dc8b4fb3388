using Sensorium.Core.Media;

namespace Sensorium.Core.Modalities;

/// <summary>The one table of modalities. Whoever needs a fact of one asks here; what is not in the table is refused.</summary>
public static class ModalityTable
{
    private static readonly ModalityRow[] Rows =
    [
        new(Modality.Text, "text", "text", 1, 7101, IsTimed: false, IsOneSegment: false),
        new(Modality.Image, "image", "vision", 2, 7102, IsTimed: false, IsOneSegment: true),
        new(Modality.Audio, "audio", "audio", 3, 7103, IsTimed: true, IsOneSegment: false),
        new(Modality.Video, "video", "video", 4, 7104, IsTimed: true, IsOneSegment: false),
    ];

    /// <summary>In the order in which a decoder joins them unless its pack says otherwise.</summary>
    public static IReadOnlyList<ModalityRow> All => Rows;

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for what is no modality.</summary>
    public static ModalityRow Of(Modality modality)
    {
        // Asked for each item of a request, so that nothing is allocated.
        foreach (var row in Rows)
        {
            if (row.Modality == modality)
            {
                return row;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(modality), modality, "There is no such modality.");
    }

    /// <summary>Null for 0 and for numbers of a newer contract.</summary>
    public static ModalityRow? OfWireNumber(int number) => Find(row => row.WireNumber == number);

    /// <summary>By the name of its service: "vision". Null if there is no such service.</summary>
    public static ModalityRow? OfService(string service) => Find(row => row.Service == service);

    /// <summary>By its own name: "image". Null if there is none.</summary>
    public static ModalityRow? OfName(string name) => Find(row => row.Name == name);

    private static ModalityRow? Find(Predicate<ModalityRow> condition) => Array.Find(Rows, condition);
}
