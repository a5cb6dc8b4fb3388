using Sensorium.Cli;

using var console = CliConsole.ForTerminal();
return await Cli.RunAsync(args, console);
