namespace Sensorium.Core.Admission;

/// <summary>What a new request finds.</summary>
/// <param name="Pending">Items that are under way.</param>
/// <param name="Wait">For those that go before it; null while nothing is known.</param>
/// <param name="ItemTime">What a usual item adds to the wait of the next one; null while nothing is known.</param>
internal readonly record struct QueueState(int Pending, TimeSpan? Wait, TimeSpan? ItemTime);
