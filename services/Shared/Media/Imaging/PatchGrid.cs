namespace Sensorium.Media.Imaging;

/// <summary>Patches of a picture.</summary>
public readonly record struct PatchGrid(int Rows, int Columns)
{
    public int Patches => Rows * Columns;
}
