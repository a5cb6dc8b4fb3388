namespace Sensorium.Cli;

internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Sensorium refused or failed the call.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood, or a file cannot be read.</summary>
    public const int Usage = 2;

    /// <summary>The gateway does not answer, or is not ready.</summary>
    public const int NotReady = 3;

    /// <summary>Ended by Ctrl-C, as shells report it.</summary>
    public const int Interrupted = 130;
}
