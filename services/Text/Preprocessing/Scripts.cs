using System.Text;

namespace Sensorium.Text.Preprocessing;

/// <summary>Writing systems that can be told by code points alone.</summary>
[Flags]
internal enum Scripts
{
    None = 0,
    Latin = 1,
    Greek = 2,
    Cyrillic = 4,
    Hebrew = 8,
    Arabic = 16,
    Devanagari = 32,
    Thai = 64,
    Han = 128,
    Kana = 256,
    Hangul = 512,
    Other = 1024,
}

internal static class ScriptsOf
{
    // First and last code point of the blocks that hold a script's letters.
    private static readonly (int First, int Last, Scripts Script)[] Blocks =
    [
        (0x0041, 0x024F, Scripts.Latin), (0x1E00, 0x1EFF, Scripts.Latin), (0xFF21, 0xFF5A, Scripts.Latin),
        (0x0370, 0x03FF, Scripts.Greek), (0x1F00, 0x1FFF, Scripts.Greek),
        (0x0400, 0x052F, Scripts.Cyrillic), (0x1C80, 0x1C8F, Scripts.Cyrillic),
        (0x0590, 0x05FF, Scripts.Hebrew),
        (0x0600, 0x06FF, Scripts.Arabic), (0x0750, 0x077F, Scripts.Arabic), (0x08A0, 0x08FF, Scripts.Arabic), (0xFB50, 0xFEFF, Scripts.Arabic),
        (0x0900, 0x097F, Scripts.Devanagari),
        (0x0E00, 0x0E7F, Scripts.Thai),
        (0x3040, 0x30FF, Scripts.Kana), (0x31F0, 0x31FF, Scripts.Kana), (0xFF66, 0xFF9D, Scripts.Kana),
        (0x3005, 0x3007, Scripts.Han), (0x3400, 0x9FFF, Scripts.Han), (0xF900, 0xFAFF, Scripts.Han), (0x20000, 0x3FFFF, Scripts.Han),
        (0x1100, 0x11FF, Scripts.Hangul), (0x3130, 0x318F, Scripts.Hangul), (0xAC00, 0xD7FF, Scripts.Hangul),
    ];

    public static Scripts Letter(Rune letter)
    {
        foreach (var (first, last, script) in Blocks)
        {
            if (letter.Value >= first && letter.Value <= last)
            {
                return script;
            }
        }

        return Scripts.Other;
    }

    /// <summary>Scripts that a language is written in; Latin where nothing else is known.</summary>
    /// <param name="language">BCP 47: "en", "zh-Hans".</param>
    public static Scripts Language(string language) => language.Split('-')[0].ToLowerInvariant() switch
    {
        "el" => Scripts.Greek,
        "ru" or "uk" or "be" or "bg" or "mk" or "kk" or "ky" or "mn" or "tg" => Scripts.Cyrillic,
        "sr" => Scripts.Cyrillic | Scripts.Latin,
        "he" or "yi" => Scripts.Hebrew,
        "ar" or "fa" or "ur" or "ps" => Scripts.Arabic,
        "hi" or "mr" or "ne" or "sa" => Scripts.Devanagari,
        "th" => Scripts.Thai,
        "zh" => Scripts.Han,
        "ja" => Scripts.Han | Scripts.Kana,
        "ko" => Scripts.Hangul | Scripts.Han,
        _ => Scripts.Latin,
    };
}
