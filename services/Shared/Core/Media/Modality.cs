namespace Sensorium.Core.Media;

/// <summary>What a medium is. One encoder service serves one modality.</summary>
public enum Modality
{
    Text = 1,
    Image = 2,
    Audio = 3,
    Video = 4,
}
