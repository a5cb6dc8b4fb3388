namespace Sensorium.Core.Errors;

/// <summary>One row for each reason of an error. docs/errors.md is written from here by scripts/errors_doc.py.</summary>
public static class ErrorTable
{
    public static IReadOnlyList<ErrorRow> Rows { get; } =
    [
        new ErrorRow(ErrorReasons.NoMedia, [ErrorCode.InvalidArgument], "the request has no media", "add at least one"),
        new ErrorRow(ErrorReasons.NoSource, [ErrorCode.InvalidArgument], "a medium has neither data, nor text, nor a URI, nor a reference", "set exactly one source"),
        new ErrorRow(ErrorReasons.EmptyMedia, [ErrorCode.InvalidArgument], "the content has no bytes, or the text no characters", "check what was read"),
        new ErrorRow(ErrorReasons.DuplicateItemId, [ErrorCode.InvalidArgument], "two items of a request have the same `item_id`", "make ids unique, or leave them empty"),
        new ErrorRow(ErrorReasons.TooManyItems, [ErrorCode.InvalidArgument], "more items than `EncoderLimits.max_items`", "split the request"),
        new ErrorRow(ErrorReasons.UnknownModality, [ErrorCode.InvalidArgument], "the content is none that Sensorium knows, and no modality was given", "set `modality`, or convert the file"),
        new ErrorRow(ErrorReasons.ModalityMismatch, [ErrorCode.InvalidArgument], "the content is not what `modality` says, or an encoder was asked for another modality", "correct `modality`"),
        new ErrorRow(ErrorReasons.UnsupportedTrack, [ErrorCode.InvalidArgument], "the service has no use for this track selector", "see `DescribeResponse.tracks`"),
        new ErrorRow(ErrorReasons.NoSuchTrack, [ErrorCode.InvalidArgument], "the medium has no such track", "choose another track"),
        new ErrorRow(ErrorReasons.UndecodableMedia, [ErrorCode.InvalidArgument, ErrorCode.DeadlineExceeded, ErrorCode.ResourceExhausted], "the content cannot be decoded; DEADLINE_EXCEEDED: the decoder made no progress or took too long; RESOURCE_EXHAUSTED: it needs more memory or processor time than one medium may have", "check the file with another program"),
        new ErrorRow(ErrorReasons.TruncatedMedia, [ErrorCode.InvalidArgument], "the content ends in the middle", "send the whole file"),
        new ErrorRow(ErrorReasons.TooManyPixels, [ErrorCode.InvalidArgument], "width times height, or a side, is over the limit", "scale the picture down"),
        new ErrorRow(ErrorReasons.MediaTooLong, [ErrorCode.InvalidArgument], "the medium lasts longer than the limit", "cut it, or select a `range`"),
        new ErrorRow(ErrorReasons.MediaTooLarge, [ErrorCode.InvalidArgument, ErrorCode.ResourceExhausted], "too many bytes to travel inline; RESOURCE_EXHAUSTED: more bytes than any medium may have", "upload what is too large to travel inline") with { HttpStatus = 413 },
        new ErrorRow(ErrorReasons.TextTooLong, [ErrorCode.InvalidArgument], "the text, or the pair, has more tokens than the model reads; the message names both counts", "shorten it, or set `truncate`"),
        new ErrorRow(ErrorReasons.InvalidRange, [ErrorCode.InvalidArgument], "the range is negative, empty or outside of the medium", "correct `range`"),
        new ErrorRow(ErrorReasons.InvalidReference, [ErrorCode.InvalidArgument, ErrorCode.PermissionDenied], "the reference is malformed; PERMISSION_DENIED: it names a holder that is not one of Sensorium's", "pass on what `Upload` answered"),
        new ErrorRow(ErrorReasons.MediaNotFound, [ErrorCode.NotFound], "nobody holds content with this SHA-256, or its time is over", "upload it again"),
        new ErrorRow(ErrorReasons.HashMismatch, [ErrorCode.InvalidArgument], "the content has another SHA-256 than announced", "upload it again"),
        new ErrorRow(ErrorReasons.InvalidUri, [ErrorCode.InvalidArgument], "the URI is malformed, or neither `https:` nor `data:`", "correct it"),
        new ErrorRow(ErrorReasons.UriNotAllowed, [ErrorCode.InvalidArgument], "the URI leads to an address that may not be fetched from", "send the bytes instead"),
        new ErrorRow(ErrorReasons.UriFetchFailed, [ErrorCode.InvalidArgument], "the URI's host does not answer, or not with the content", "check the URI, or send the bytes"),
        new ErrorRow(ErrorReasons.InvalidParameter, [ErrorCode.InvalidArgument], "a parameter is outside of its range, or excludes another", "see the contract"),
        new ErrorRow(ErrorReasons.InvalidTensor, [ErrorCode.InvalidArgument], "a tensor has not the name, the type, the shape or as many elements as the model takes, or the model fails on what is in it", "see the model's metadata for what it takes"),
        new ErrorRow(ErrorReasons.PromptTooLong, [ErrorCode.InvalidArgument], "prompt and caption do not fit into the decoder", "shorten the prompt"),
        new ErrorRow(ErrorReasons.TooManyFusedTokens, [ErrorCode.InvalidArgument], "the media bring more feature tokens than one request may have", "send fewer media"),
        new ErrorRow(ErrorReasons.ModelMismatch, [ErrorCode.FailedPrecondition, ErrorCode.NotFound], "no model of this id and revision is served; the message names those that are. NOT_FOUND: the same, over the Open Inference Protocol", "see `Status`, or leave `ModelSelector` empty"),
        new ErrorRow(ErrorReasons.ModelNotServed, [ErrorCode.FailedPrecondition], "no model that is served here can do this, or the one that was asked for could not be loaded", "see `Status` for what is served, and why a model is not"),
        new ErrorRow(ErrorReasons.TaskMismatch, [ErrorCode.FailedPrecondition], "the model that was asked does something else, as one of vectors that is asked to rerank", "name a model that does it, or none"),
        new ErrorRow(ErrorReasons.SpaceMismatch, [ErrorCode.FailedPrecondition], "the encoders that are involved have no space in common", "compare media of one space") with { HttpStatus = 409 },
        new ErrorRow(ErrorReasons.TooManyParts, [ErrorCode.InvalidArgument], "an explanation would take more runs of the model than one request may have; the message names both numbers", "divide the medium into fewer parts, or give less of it"),
        new ErrorRow(ErrorReasons.NotExplainable, [ErrorCode.InvalidArgument], "there is no explanation of this kind for this medium, as of the subtitles of a video, which are not given as text", "see the message for what there is"),
        new ErrorRow(ErrorReasons.InvalidQuestion, [ErrorCode.InvalidArgument], "a question has no name, too few or too many choices, or an outcome that is none of them; or the decider was not taught it", "correct what the message names"),
        new ErrorRow(ErrorReasons.FieldTypeMismatch, [ErrorCode.InvalidArgument], "a field of a case is of another type, or in another unit, than in the cases that were taught", "write it as there, or leave it out"),
        new ErrorRow(ErrorReasons.TooFewCases, [ErrorCode.InvalidArgument], "a decider is to be taught by no cases, or by too few of one outcome; the message says how many it takes", "label more cases"),
        new ErrorRow(ErrorReasons.OneOutcomeOnly, [ErrorCode.InvalidArgument], "every case that is to be taught has the same outcome", "add cases of another outcome"),
        new ErrorRow(ErrorReasons.DeciderNotFound, [ErrorCode.NotFound], "there is no decider of this name and version", "see `ListDeciders`"),
        new ErrorRow(ErrorReasons.DeciderOutdated, [ErrorCode.FailedPrecondition], "a model that embeds the media of this decider is not the one that it was taught with, which the message names", "teach it again, or serve that model") with { HttpStatus = 409 },
        new ErrorRow(ErrorReasons.DimensionMismatch, [ErrorCode.InvalidArgument], "a vector is not as wide as those of the collection; the message names both widths", "bring vectors of the collection's space"),
        new ErrorRow(ErrorReasons.CollectionNotFound, [ErrorCode.NotFound], "there is no collection of this name", "see `Collections`, or set `create` while indexing"),
        new ErrorRow(ErrorReasons.ItemNotFound, [ErrorCode.NotFound], "the collection has no item of this id, or does not keep the content of it", "see `ListItems`, or set `keep_content` while indexing"),
        new ErrorRow(ErrorReasons.CollectionExists, [ErrorCode.AlreadyExists], "there is a collection of this name already", "use it, drop it, or choose another name"),
        new ErrorRow(ErrorReasons.InvalidFilter, [ErrorCode.InvalidArgument], "the filter is not one; the message names the character, and the metadata its `position` from 0", "correct it there; the grammar is in [search.md](search.md)"),
        new ErrorRow(ErrorReasons.InvalidMetadata, [ErrorCode.InvalidArgument], "a field of an item's metadata has a name, a type or a size that is not kept", "use strings, numbers, booleans and lists of them"),
        new ErrorRow(ErrorReasons.PageTooLarge, [ErrorCode.InvalidArgument], "more is asked for on one page, or further behind, than is answered", "ask for smaller pages, or narrow the filter"),
        new ErrorRow(ErrorReasons.InvalidPageToken, [ErrorCode.InvalidArgument], "the token is not one, or belongs to another request", "repeat the request of the page before, with its token alone added"),
        new ErrorRow(ErrorReasons.IndexFull, [ErrorCode.ResourceExhausted], "there is no room for the vectors, in memory or on the disk; what was acknowledged is kept", "delete items, raise the limit, or use another store"),
        new ErrorRow(ErrorReasons.IndexUnavailable, [ErrorCode.Unavailable], "what keeps the collections does not answer, is damaged, or belongs to another process", "try again; the message says what to look at"),
        new ErrorRow(ErrorReasons.Overloaded, [ErrorCode.ResourceExhausted], "the request would wait too long, the queue is full, or too many bytes of requests are in memory; with `RetryInfo`", "try again after the delay"),
        new ErrorRow(ErrorReasons.QuotaExceeded, [ErrorCode.ResourceExhausted], "the tenant of the key has had the calls, the tokens or the concurrency that it may have; the metadata name the `quota` and its `limit`; with `RetryInfo`", "try again after the delay, or ask the operator for more"),
        new ErrorRow(ErrorReasons.SlowReader, [ErrorCode.ResourceExhausted], "the stream was not read fast enough", "read faster, or ask again"),
        new ErrorRow(ErrorReasons.NotReady, [ErrorCode.Unavailable], "the service is starting, or its model does not answer", "try again later"),
        new ErrorRow(ErrorReasons.Draining, [ErrorCode.Unavailable], "the service is about to stop", "try again, another replica answers"),
        new ErrorRow(ErrorReasons.PeerUnavailable, [ErrorCode.Unavailable], "a service behind the gateway does not answer", "try again later; see `Status`"),
        new ErrorRow(ErrorReasons.DeadlineExceeded, [ErrorCode.DeadlineExceeded], "the caller's deadline passed", "allow more time"),
        new ErrorRow(ErrorReasons.Cancelled, [ErrorCode.Cancelled], "the caller gave up", "nothing"),
        new ErrorRow(ErrorReasons.MessageTooLarge, [ErrorCode.ResourceExhausted], "one gRPC message is over the transport's limit", "use `Upload`") with { HttpStatus = 413 },
        new ErrorRow(ErrorReasons.MalformedRequest, [ErrorCode.InvalidArgument], "the request cannot be read: not the message that the method takes, not UTF-8, or not what its compression says", "check what encodes the request"),
        new ErrorRow(ErrorReasons.UnsupportedEncoding, [ErrorCode.Unimplemented], "`grpc-encoding` names a compression that is not spoken here", "use one of `grpc-accept-encoding`"),
        new ErrorRow(ErrorReasons.UnknownMethod, [ErrorCode.Unimplemented], "there is no such method here", "check the address and the version"),
        new ErrorRow(ErrorReasons.UnknownPath, [ErrorCode.NotFound], "nothing is served at this path over HTTP", "see [faces.md](faces.md), or `/openapi.json`"),
        new ErrorRow(ErrorReasons.MethodNotAllowed, [ErrorCode.Unimplemented], "the path is served over HTTP, and not by this method", "use one of those that `Allow` names") with { HttpStatus = 405 },
        new ErrorRow(ErrorReasons.UnsupportedContentType, [ErrorCode.InvalidArgument], "`Content-Type` names none that the path reads, or nothing, over HTTP", "send it with the body, as `application/json`") with { HttpStatus = 415 },
        new ErrorRow(ErrorReasons.Unauthenticated, [ErrorCode.Unauthenticated], "the call brings no valid API key", "send `authorization: Bearer KEY`"),
        new ErrorRow(ErrorReasons.OriginNotAllowed, [ErrorCode.PermissionDenied], "a host of this machine without keys was called under a foreign host name, or from a page of another origin, over HTTP", "call it as `localhost`, ask for keys, or name it in `Sensorium:Host:AllowedHosts`"),
        new ErrorRow(ErrorReasons.AdminKeyNeeded, [ErrorCode.PermissionDenied], "the key lets in, and has no right to load, unload or check models", "use one of `Sensorium:Host:AdminKeys`"),
        new ErrorRow(ErrorReasons.ModelFault, [ErrorCode.Internal], "the model failed, or answered something impossible", "report it with the request id"),
        new ErrorRow(ErrorReasons.InternalFault, [ErrorCode.Internal], "a fault of Sensorium", "report it with the request id"),
    ];

    private static readonly Dictionary<string, ErrorRow> ByReason = Rows.ToDictionary(row => row.Reason, StringComparer.Ordinal);

    /// <summary>Null for a reason that only another version knows.</summary>
    public static ErrorRow? Of(string reason) => ByReason.GetValueOrDefault(reason);
}

/// <param name="Reason">One of <see cref="ErrorReasons"/>.</param>
/// <param name="Codes">Those that it is answered with.</param>
/// <param name="When">What has happened.</param>
/// <param name="WhatToDo">Of the caller.</param>
public sealed record ErrorRow(string Reason, IReadOnlyList<ErrorCode> Codes, string When, string WhatToDo)
{
    /// <summary>Where it says more than that of the code; null leaves it to the code.</summary>
    public int? HttpStatus { get; init; }
}
