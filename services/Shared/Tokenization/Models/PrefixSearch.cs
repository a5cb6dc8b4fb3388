namespace Sensorium.Tokenization.Models;

/// <summary>Finds every token that a text begins with, by narrowing a range of the sorted vocabulary character by character.</summary>
internal sealed class PrefixSearch
{
    private readonly string[] _tokens;
    private readonly int[] _ids;
    private readonly Dictionary<char, (int Start, int End)> _byFirst = [];

    public PrefixSearch(IReadOnlyDictionary<string, int> vocabulary)
    {
        var ordered = vocabulary.Where(entry => entry.Key.Length > 0).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        _tokens = [.. ordered.Select(entry => entry.Key)];
        _ids = [.. ordered.Select(entry => entry.Value)];
        for (var i = 0; i < _tokens.Length; i++)
        {
            var start = _byFirst.TryGetValue(_tokens[i][0], out var range) ? range.Start : i;
            _byFirst[_tokens[i][0]] = (start, i + 1);
        }
    }

    /// <summary>The shortest first.</summary>
    public Matches Find(ReadOnlySpan<char> text) => new(this, text);

    private int LowerBound(int start, int end, int depth, int character)
    {
        while (start < end)
        {
            var middle = (start + end) >>> 1;
            var found = _tokens[middle].Length > depth ? _tokens[middle][depth] : -1;
            if (found < character)
            {
                start = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        return start;
    }

    public ref struct Matches
    {
        private readonly PrefixSearch _search;
        private readonly ReadOnlySpan<char> _text;
        private int _start;
        private int _end;
        private int _depth;

        public Matches(PrefixSearch search, ReadOnlySpan<char> text)
        {
            _search = search;
            _text = text;
            if (text.Length > 0 && search._byFirst.TryGetValue(text[0], out var range))
            {
                (_start, _end) = range;
            }
        }

        public (int Length, int Id) Current { get; private set; }

        public readonly Matches GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_start < _end && _depth < _text.Length)
            {
                _start = _depth == 0 ? _start : _search.LowerBound(_start, _end, _depth, _text[_depth]);
                _end = _depth == 0 ? _end : _search.LowerBound(_start, _end, _depth, _text[_depth] + 1);
                _depth++;
                if (_start < _end && _search._tokens[_start].Length == _depth)
                {
                    Current = (_depth, _search._ids[_start]);
                    return true;
                }
            }

            return false;
        }
    }
}
