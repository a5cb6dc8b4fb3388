namespace Sensorium.Core.Packs;

/// <summary>How a decoder reads a conversation: one sequence of tokens, media among them.</summary>
/// <param name="EmbedGraph">The graph that makes vectors of tokens; null where the decoder reads tokens.</param>
public sealed record Conversation(string? EmbedGraph = null)
{
    /// <summary>How pictures stand in the text; null if it reads none.</summary>
    public PictureMarks? Pictures { get; init; }
}

/// <summary>The words by which a template and a model name pictures; each is a token of its own.</summary>
/// <param name="Picture">Written once for each picture by the template, and read by the model in the place of each vector of a picture.</param>
public sealed record PictureMarks(string Picture)
{
    /// <summary>Stands before every tile of a picture, and behind the last; null where pictures are not cut into tiles.</summary>
    public string? Around { get; init; }

    /// <summary>Stands before the picture as a whole, behind its tiles.</summary>
    public string? Whole { get; init; }

    /// <summary>The frames of a clip follow one another in the place of one picture; else each is a picture of its own.</summary>
    public bool JoinsFrames { get; init; }

    /// <summary>What the model reads around the frames of a clip; null if nothing.</summary>
    public ClipMarks? Clip { get; init; }
}

/// <summary>The sentences in which a model was trained to read clips; its template writes one picture for each clip.</summary>
/// <param name="Opening">{0} is how many frames follow, in words, {1} how long the clip is, as 0:01:30.</param>
/// <param name="Frame">Before each frame; {0} is when it is seen, as 01:30.</param>
/// <param name="Closing">Behind the last frame.</param>
public sealed record ClipMarks(string Opening, string Frame, string Closing);
