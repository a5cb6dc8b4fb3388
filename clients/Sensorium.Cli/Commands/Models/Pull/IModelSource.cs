namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>Where a model is taken from.</summary>
internal interface IModelSource
{
    /// <summary>As the lock file names it.</summary>
    string Name { get; }

    Task<SourceListing> ListAsync(CancellationToken cancellationToken);

    /// <summary>Writes one file; what is there of it already is gone on with where that can be.</summary>
    /// <returns>Its SHA-256, hexadecimal, checked where the source says it.</returns>
    Task<string> FetchAsync(string revision, string path, string target, Action<long, long?> progress, CancellationToken cancellationToken);
}

/// <param name="Revision">That the files are of; empty if the source has none.</param>
/// <param name="Files">Paths inside the model, with "/".</param>
internal sealed record SourceListing(string Revision, IReadOnlyList<string> Files);
