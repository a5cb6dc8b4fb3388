using System.Net;
using System.Net.Sockets;

namespace Sensorium.FunctionalTests.Infrastructure;

internal static class Ports
{
    /// <summary>Ports that are free now. All are held until all are found, so that none comes twice.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            Array.ForEach(listeners, listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            Array.ForEach(listeners, listener => listener.Dispose());
        }
    }
}
