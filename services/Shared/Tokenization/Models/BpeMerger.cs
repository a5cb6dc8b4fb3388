namespace Sensorium.Tokenization.Models;

/// <summary>Merges the tokens of one piece in the order of the ranks, from left to right among equals.</summary>
internal readonly struct BpeMerger(Dictionary<(int Left, int Right), BpeMerge> merges)
{
    private struct Symbol
    {
        public Token Token;
        public int Previous;
        public int Next;
        public bool IsGone;
    }

    public List<Token> Merge(List<Token> characters)
    {
        var symbols = new Symbol[characters.Count];
        for (var i = 0; i < symbols.Length; i++)
        {
            symbols[i] = new Symbol { Token = characters[i], Previous = i - 1, Next = i + 1 < symbols.Length ? i + 1 : -1 };
        }

        var queue = new PriorityQueue<int, (int Rank, int Position, int MergedId)>();
        for (var i = 0; i + 1 < symbols.Length; i++)
        {
            Enqueue(symbols, queue, i);
        }

        while (queue.TryDequeue(out var position, out var planned))
        {
            Apply(symbols, queue, position, planned.MergedId);
        }

        characters.Clear();
        foreach (var symbol in symbols)
        {
            if (!symbol.IsGone)
            {
                characters.Add(symbol.Token);
            }
        }

        return characters;
    }

    private void Apply(Symbol[] symbols, PriorityQueue<int, (int Rank, int Position, int MergedId)> queue, int position, int mergedId)
    {
        ref var left = ref symbols[position];
        if (left.IsGone || left.Next < 0)
        {
            return;
        }

        // What was planned may be out of date: either of the two may have been merged since.
        ref var right = ref symbols[left.Next];
        if (!merges.TryGetValue((left.Token.Id, right.Token.Id), out var merge) || merge.MergedId != mergedId)
        {
            return;
        }

        left.Token = new Token(mergedId, left.Token.Start, right.Token.End);
        right.IsGone = true;
        left.Next = right.Next;
        if (right.Next >= 0)
        {
            symbols[right.Next].Previous = position;
            Enqueue(symbols, queue, position);
        }

        if (left.Previous >= 0)
        {
            Enqueue(symbols, queue, left.Previous);
        }
    }

    private void Enqueue(Symbol[] symbols, PriorityQueue<int, (int Rank, int Position, int MergedId)> queue, int position)
    {
        var next = symbols[symbols[position].Next];
        if (merges.TryGetValue((symbols[position].Token.Id, next.Token.Id), out var merge))
        {
            queue.Enqueue(position, (merge.Rank, position, merge.MergedId));
        }
    }
}
