namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>A model cannot be taken. The message says why, and what to do.</summary>
internal sealed class PullException(string message, Exception? inner = null) : Exception(message, inner);
