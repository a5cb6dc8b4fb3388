using Spectre.Console;

namespace Sensorium.Cli;

/// <summary>Where results (standard output) and remarks (standard error) go, and whether a person is watching.</summary>
internal sealed class CliConsole(TextWriter output, TextWriter error, bool interactive) : IDisposable
{
    private const int UnwrappedWidth = 2000;

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>True if output is a terminal: then there is colour, and progress is drawn.</summary>
    public bool Interactive { get; } = interactive;

    public static CliConsole ForTerminal() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected && !Console.IsErrorRedirected);

    /// <summary>A drawing surface over one of the two writers.</summary>
    public IAnsiConsole Draw(TextWriter writer)
    {
        var surface = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = Interactive ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = Interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });

        // What a program reads is one line for each row, however long.
        surface.Profile.Width = Interactive ? surface.Profile.Width : UnwrappedWidth;
        return surface;
    }

    public void Dispose() => Output.Flush();
}
