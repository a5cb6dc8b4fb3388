using FsCheck;
using FsCheck.Fluent;
using Sensorium.Core.Admission;
using Sensorium.Core.Batching;
using Xunit;

namespace Sensorium.Core.UnitTests.Batching;

public sealed class BatchQueueProperties
{
    private const long HeadStart = 100;

    private static readonly Gen<BatchItem<int>[]> Items =
        Gen.ArrayOf(
            from work in Gen.Choose(1, 20)
            from shape in Gen.Elements("a", "b", "c")
            from priority in Gen.Elements(RequestPriority.Low, RequestPriority.Normal, RequestPriority.High)
            select (work, shape, priority))
        .Select(items => items.Select((item, index) => new BatchItem<int>(index, item.work, item.shape, item.priority)).ToArray());

    private static readonly Gen<BatcherOptions> Limits =
        from size in Gen.Choose(1, 8)
        from work in Gen.Choose(0, 40)
        select new BatcherOptions { MaxBatchSize = size, MaxBatchWork = work };

    private static readonly Arbitrary<(BatchItem<int>[] Items, BatcherOptions Limits)> Loads =
        (from items in Items from limits in Limits select (items, limits)).ToArbitrary();

    [Fact]
    public void Nothing_is_lost_and_nothing_comes_twice() => Check(Loads, load =>
        TakeAll(load.Items, load.Limits).SelectMany(batch => batch).Select(item => item.Input).Order()
            .SequenceEqual(Enumerable.Range(0, load.Items.Length)));

    [Fact]
    public void Batches_keep_their_bounds() => Check(Loads, load => TakeAll(load.Items, load.Limits).All(batch =>
        batch.Length <= load.Limits.MaxBatchSize
        && batch.Select(item => item.ShapeKey).Distinct().Count() == 1
        && (batch.Length == 1 || load.Limits.MaxBatchWork == 0 || batch.Sum(item => item.WorkUnits) <= load.Limits.MaxBatchWork)));

    [Fact]
    public void No_item_is_overtaken_by_one_of_its_shape_and_no_higher_priority() => Check(Loads, load =>
    {
        var order = TakeAll(load.Items, load.Limits).SelectMany(batch => batch).ToArray();
        return order.Index().All(later => order.Take(later.Index).All(earlier =>
            earlier.ShapeKey != later.Item.ShapeKey
            || earlier.Priority > later.Item.Priority
            || (earlier.Priority == later.Item.Priority && earlier.Input < later.Item.Input)));
    });

    [Fact]
    public void The_first_of_every_batch_is_the_first_of_all_that_wait() => Check(Loads, load =>
    {
        var waiting = load.Items.OrderByDescending(item => item.Priority).ThenBy(item => item.Input).ToList();
        return TakeAll(load.Items, load.Limits).All(batch =>
        {
            var first = waiting[0] == batch[0];
            waiting.RemoveAll(batch.Contains);
            return first;
        });
    });

    [Fact]
    public void Low_priority_is_overtaken_only_by_what_comes_within_the_head_start()
    {
        var queue = new BatchQueue<int, int>(HeadStart);
        var low = new BatchEntry<int, int>(new BatchItem<int>(-1, 1, "a", RequestPriority.Low), arrivedAt: 0);
        queue.Add(low);
        for (var time = 1; time <= 2 * HeadStart; time++)
        {
            queue.Add(new BatchEntry<int, int>(new BatchItem<int>(time, 1, "a"), time));
        }

        var order = queue.Take(new BatcherOptions { MaxBatchSize = int.MaxValue }).Select(entry => entry.Item.Input).ToList();

        Assert.Equal(HeadStart, order.IndexOf(-1));
    }

    [Fact]
    public void A_full_batch_does_not_grow_with_arrivals() => Check(Loads, load =>
    {
        var queue = QueueOf(load.Items);
        if (!queue.HasFullBatch(load.Limits))
        {
            return true;
        }

        var more = QueueOf(load.Items);
        foreach (var shape in new[] { "a", "b", "c" })
        {
            more.Add(new BatchEntry<int, int>(new BatchItem<int>(-1, 1, shape, RequestPriority.Low), 0));
        }

        return queue.Take(load.Limits).Length == more.Take(load.Limits).Length;
    });

    private static void Check<T>(Arbitrary<T> values, Func<T, bool> property) =>
        FsCheck.Fluent.Prop.ForAll(values, property).QuickCheckThrowOnFailure();

    private static BatchQueue<int, int> QueueOf(IEnumerable<BatchItem<int>> items)
    {
        var queue = new BatchQueue<int, int>(HeadStart);
        foreach (var item in items)
        {
            queue.Add(new BatchEntry<int, int>(item, 0));
        }

        return queue;
    }

    private static List<BatchItem<int>[]> TakeAll(BatchItem<int>[] items, BatcherOptions limits)
    {
        var queue = QueueOf(items);
        var batches = new List<BatchItem<int>[]>();
        while (queue.Count > 0)
        {
            batches.Add([.. queue.Take(limits).Select(entry => entry.Item)]);
        }

        return queue.Work == 0 ? batches : throw new InvalidOperationException("Work is left in an empty queue.");
    }
}
