namespace Sensorium.Core.Errors;

public static class SensoriumExceptionExtensions
{
    /// <summary>The same failure, with the item and the field of the request where it happened, unless it says so already.</summary>
    public static SensoriumException At(this SensoriumException error, string itemId, string field)
    {
        var metadata = new Dictionary<string, string>(error.Metadata);
        metadata.TryAdd("item_id", itemId);
        var named = error.Field is not null || error.Message.Contains(field, StringComparison.Ordinal);
        return new SensoriumException(error.Code, error.Reason, named ? error.Message : $"{field}: {error.Message}", error)
        {
            Field = error.Field ?? (error.Code == ErrorCode.InvalidArgument ? field : null),
            RetryAfter = error.RetryAfter,
            Metadata = metadata,
        };
    }
}
