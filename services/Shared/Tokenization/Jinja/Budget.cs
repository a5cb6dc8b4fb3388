namespace Sensorium.Tokenization.Jinja;

/// <summary>Bounds what one rendering may cost, so that a template cannot hold up the process: steps, characters and depth.</summary>
internal sealed class Budget(int maxSteps, int maxCharacters, int maxDepth)
{
    private int _steps;
    private int _depth;

    /// <summary>One expression or statement, or one element of what it goes through.</summary>
    public void Step(int count = 1)
    {
        if ((_steps += count) > maxSteps || _steps < 0)
        {
            throw new JinjaException($"the template takes more than {maxSteps} steps");
        }
    }

    /// <summary>Texts that are made on the way count as steps by their length, so that doubling one comes to an end.</summary>
    public string Made(string text)
    {
        CheckLength(text.Length);
        Step(text.Length / 64);
        return text;
    }

    public void CheckLength(long characters)
    {
        if (characters > maxCharacters)
        {
            throw new JinjaException($"the template makes a text of more than {maxCharacters} characters");
        }
    }

    public void Enter()
    {
        if (++_depth > maxDepth)
        {
            throw new JinjaException($"the template calls itself more than {maxDepth} times deep");
        }
    }

    public void Leave() => _depth--;
}
