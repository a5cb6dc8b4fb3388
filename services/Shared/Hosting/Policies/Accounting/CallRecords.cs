using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>Finds the record of the request under way, and whose it is.</summary>
public sealed class CallRecords(IHttpContextAccessor contexts, ICallers callers)
{
    /// <summary>Null outside of a request of a caller.</summary>
    public CallRecord? Current => contexts.HttpContext?.Features.Get<CallRecord>();

    internal Tenant Tenant => callers.Current.Tenant;

    /// <summary>Items are about to be worked on.</summary>
    /// <param name="record">Null if nobody asks for one.</param>
    /// <param name="items">Texts and media.</param>
    internal static void AddItems(CallRecord? record, params IEnumerable<MediaItem> items)
    {
        foreach (var item in record is null ? [] : items)
        {
            AddItem(record!, item);
        }
    }

    private static void AddItem(CallRecord record, MediaItem item)
    {
        record.AddItem();
        switch (item.Source)
        {
            case ReferenceSource reference:
                record.AddMedium(reference.Sha256);
                break;
            case InlineSource inline when record.KeepsMedia && item.Modality != Modality.Text:
                Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
                InlineHash.Write(inline, hash);
                record.AddMedium(Convert.ToHexStringLower(hash));
                break;
        }
    }
}
