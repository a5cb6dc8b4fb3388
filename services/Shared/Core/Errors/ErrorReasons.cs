namespace Sensorium.Core.Errors;

/// <summary>Stable reasons of errors, part of the versioned API. Each has a row in <see cref="ErrorTable"/>.</summary>
public static class ErrorReasons
{
    public const string NoMedia = "NO_MEDIA";
    public const string NoSource = "NO_SOURCE";
    public const string EmptyMedia = "EMPTY_MEDIA";
    public const string DuplicateItemId = "DUPLICATE_ITEM_ID";
    public const string TooManyItems = "TOO_MANY_ITEMS";
    public const string UnknownModality = "UNKNOWN_MODALITY";
    public const string ModalityMismatch = "MODALITY_MISMATCH";
    public const string UnsupportedTrack = "UNSUPPORTED_TRACK";
    public const string NoSuchTrack = "NO_SUCH_TRACK";
    public const string UndecodableMedia = "UNDECODABLE_MEDIA";
    public const string TruncatedMedia = "TRUNCATED_MEDIA";
    public const string TooManyPixels = "TOO_MANY_PIXELS";
    public const string MediaTooLong = "MEDIA_TOO_LONG";
    public const string MediaTooLarge = "MEDIA_TOO_LARGE";
    public const string TextTooLong = "TEXT_TOO_LONG";
    public const string InvalidRange = "INVALID_RANGE";
    public const string InvalidReference = "INVALID_REFERENCE";
    public const string MediaNotFound = "MEDIA_NOT_FOUND";
    public const string HashMismatch = "HASH_MISMATCH";
    public const string InvalidUri = "INVALID_URI";
    public const string UriNotAllowed = "URI_NOT_ALLOWED";
    public const string UriFetchFailed = "URI_FETCH_FAILED";
    public const string InvalidParameter = "INVALID_PARAMETER";
    public const string PromptTooLong = "PROMPT_TOO_LONG";
    public const string TooManyFusedTokens = "TOO_MANY_FUSED_TOKENS";
    public const string ModelMismatch = "MODEL_MISMATCH";
    public const string ModelNotServed = "MODEL_NOT_SERVED";
    public const string TaskMismatch = "TASK_MISMATCH";
    public const string SpaceMismatch = "SPACE_MISMATCH";
    public const string TooManyParts = "TOO_MANY_PARTS";
    public const string NotExplainable = "NOT_EXPLAINABLE";
    public const string InvalidQuestion = "INVALID_QUESTION";
    public const string FieldTypeMismatch = "FIELD_TYPE_MISMATCH";
    public const string TooFewCases = "TOO_FEW_CASES";
    public const string OneOutcomeOnly = "ONE_OUTCOME_ONLY";
    public const string DeciderNotFound = "DECIDER_NOT_FOUND";
    public const string DeciderOutdated = "DECIDER_OUTDATED";
    public const string Overloaded = "OVERLOADED";
    public const string SlowReader = "SLOW_READER";
    public const string NotReady = "NOT_READY";
    public const string Draining = "DRAINING";
    public const string PeerUnavailable = "PEER_UNAVAILABLE";
    public const string DeadlineExceeded = "DEADLINE_EXCEEDED";
    public const string Cancelled = "CANCELLED";
    public const string MessageTooLarge = "MESSAGE_TOO_LARGE";
    public const string MalformedRequest = "MALFORMED_REQUEST";
    public const string UnsupportedEncoding = "UNSUPPORTED_ENCODING";
    public const string UnknownMethod = "UNKNOWN_METHOD";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string ModelFault = "MODEL_FAULT";
    public const string InternalFault = "INTERNAL_FAULT";
}
