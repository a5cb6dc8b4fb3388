namespace Sensorium.Media.Imaging;

/// <summary>Interpolation filters, with the numbers that preprocessor_config.json ("resample") uses for them.</summary>
public enum ResampleFilter
{
    Nearest = 0,
    Lanczos = 1,
    Bilinear = 2,
    Bicubic = 3,
    Box = 4,
    Hamming = 5,
}
