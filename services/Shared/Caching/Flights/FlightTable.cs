using Sensorium.Caching.Keys;

namespace Sensorium.Caching.Flights;

/// <summary>The flights in the air, by key: no key is encoded twice at the same time.</summary>
internal sealed class FlightTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CacheKey, Flight> _flights = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _flights.Count;
        }
    }

    /// <summary>Joins the flights that there are and starts the others as one group.</summary>
    /// <param name="wanted">
    /// One per item. A flight of the richer kind serves as well. Items without keys always fly alone.
    /// </param>
    public Boarding Board(IReadOnlyList<WantedItem> wanted, bool store)
    {
        var started = new FlightGroup();
        var flights = new Flight[wanted.Count];
        var groups = new HashSet<FlightGroup>();
        lock (_lock)
        {
            for (var i = 0; i < flights.Length; i++)
            {
                flights[i] = Find(wanted[i]) ?? Start(wanted[i], started);
                if (store)
                    flights[i].DemandStoring();
                if (groups.Add(flights[i].Group))
                    flights[i].Group.Waiters++;
            }
        }

        return new Boarding(flights, started, groups);
    }

    /// <summary>To be called once by everyone who boarded, landed or not.</summary>
    public void Leave(Boarding boarding)
    {
        List<FlightGroup>? abandoned = null;
        lock (_lock)
        {
            foreach (var group in boarding.Groups)
            {
                if (--group.Waiters > 0 || group.Flights.TrueForAll(flight => flight.HasLanded))
                    continue;
                // Nobody may board any more what is about to be cancelled.
                group.Flights.ForEach(Forget);
                (abandoned ??= []).Add(group);
            }
        }

        abandoned?.ForEach(group => group.Abandon());
    }

    public void Land(Flight flight, FlightResult result)
    {
        lock (_lock)
            Forget(flight);
        flight.Land(result);
    }

    private Flight? Find(WantedItem wanted)
    {
        Flight? flight = null;
        if (wanted.Key is { } key && !_flights.TryGetValue(key, out flight) && wanted.RicherKey is { } richer)
            _flights.TryGetValue(richer, out flight);
        return flight;
    }

    private Flight Start(WantedItem wanted, FlightGroup group)
    {
        var flight = new Flight(wanted, group);
        group.Flights.Add(flight);
        if (wanted.Key is { } key)
            _flights.Add(key, flight);
        return flight;
    }

    private void Forget(Flight flight)
    {
        if (flight.Key is { } key && _flights.TryGetValue(key, out var current) && current == flight)
            _flights.Remove(key);
    }
}

