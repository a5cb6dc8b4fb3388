#!/usr/bin/env python3
"""Writes services/Shared/Tokenization/Unicode/decompositions.txt from Python's Unicode data.

    scripts/unicode_tables.py           writes the table
    scripts/unicode_tables.py --check   exit status 1 if the table is not what this script writes

.NET without ICU normalizes ASCII alone, so the tokenizers bring the table. The tokenizers library that models were made
with has an older one; what was assigned later stays as it is, here as there.
"""
import sys
import unicodedata
from pathlib import Path

TABLE = Path(__file__).parent.parent / "services/Shared/Tokenization/Unicode/decompositions.txt"

# Decompositions and combining classes that the reference's tables do not have.
WITHOUT_DECOMPOSITION = "32FF A7F2-A7F4 AB69 10781-10785 10787-107B0 107B2-107BA 11938 1F16C 1FBF0-1FBF9"
WITHOUT_CLASS = (
    "7FD 898-89F 8CA-8D3 9FE C3C D3B-D3C EBA 1715 1ABF-1ACE 1DF6-1DFA A82C 10D24-10D27 10EAB-10EAC 10F46-10F50 "
    "10F82-10F85 11070 1133B 1145E 11839-1183A 1193D-1193E 11943 119E0 11A34 11A47 11A99 11D42 11D44-11D45 11D97 "
    "16FF0-16FF1 1E130-1E136 1E2AE 1E2EC-1E2EF")
HANGUL = range(0xAC00, 0xD7A4)


def ranges(text):
    ends = [[int(end, 16) for end in part.split("-")] for part in text.split()]
    return {code for end in ends for code in range(end[0], end[-1] + 1)}


def hexadecimal(text):
    return " ".join(f"{ord(character):X}" for character in text)


def lines():
    """D: canonical, K: compatible decomposition, both to the end; C: what composes; M: combining class."""
    left_out, classless = ranges(WITHOUT_DECOMPOSITION), ranges(WITHOUT_CLASS)
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if code not in left_out and code not in HANGUL and unicodedata.decomposition(character):
            canonical = unicodedata.normalize("NFD", character)
            compatible = unicodedata.normalize("NFKD", character)
            if canonical != character:
                yield f"D {code:X} {hexadecimal(canonical)}"
                parts = unicodedata.decomposition(character).split()
                if len(parts) == 2 and unicodedata.normalize("NFC", character) == character:
                    yield f"C {code:X} {int(parts[0], 16):X} {int(parts[1], 16):X}"
            if compatible != canonical:
                yield f"K {code:X} {hexadecimal(compatible)}"
        if unicodedata.combining(character) and code not in classless:
            yield f"M {code:X} {unicodedata.combining(character):X}"


def main():
    text = "\n".join(lines()) + "\n"
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if TABLE.read_text() == text else f"{TABLE} is not what {Path(__file__).name} writes")
    TABLE.write_text(text)


if __name__ == "__main__":
    main()
