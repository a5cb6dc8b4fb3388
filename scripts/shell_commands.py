"""Which programs a Bash script calls by name: its text is read, never run."""
import re

HERE_DOCUMENT = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?[^\n]*\n.*?\n\s*\1\s*(?=\n|$)", re.DOTALL)
# Words after which the next word is a command again.
BEFORE_A_COMMAND = {"if", "then", "elif", "else", "while", "until", "do", "{", "!", "exec", "env", "as_root", "nice", "time", "("}
ASSIGNMENT = re.compile(r"^\w+(\[[^]]*\])?\+?=")
PROGRAM = re.compile(r"^[a-z][a-z0-9_.+-]*$")
# What a backslash, a quote and so on open, longest first, and what of it stays in the word that it is part of.
OPENINGS = [("$((", "$"), ("$(", "$"), ("<(", "$"), ("${", "$"), ("\\", "\\"), ("'", "'"), ('"', '"')]


def functions(text):
    return set(re.findall(r"^\s*(\w+)\(\)", text, re.MULTILINE))


def commands(text):
    """Names in the place of a command, those of functions and builtins among them."""
    found = set()
    _Reader(HERE_DOCUMENT.sub("", text), found).commands(0, "")
    return {name for name in found if PROGRAM.match(name)}


class _Words:
    """The words of one list of commands; keeps those that stand where a command is expected."""

    def __init__(self, found):
        self.found, self.word, self.expected, self.skip = found, "", True, False
        # Of a case statement: "case" before its "in", "label" where a pattern is read, "body" after it.
        self.case = ""

    def close(self):
        word, self.word = self.word, ""
        if not word:
            return
        if self.skip:
            self.skip = False
        elif self.case == "case" and word == "in":
            self.case = "label"
        elif word == "esac":
            self.case, self.expected = "", False
        elif self.case != "label" and self.expected:
            self._first(word)

    def _first(self, word):
        if word in ("case", "for", "select"):
            self.case, self.expected = "case" if word == "case" else self.case, False
        elif not ASSIGNMENT.match(word):
            self.found.add(word)
            self.expected = word in BEFORE_A_COMMAND

    def redirect(self):
        self.word = "" if self.word.isdigit() else self.word
        self.close()
        self.skip = True

    def end_of_pattern(self):
        self.word, self.expected, self.skip = "", True, False
        self.case = "body" if self.case == "label" else self.case

    def next_command(self, new_pattern):
        self.close()
        self.case = "label" if new_pattern else self.case
        self.expected, self.skip = self.case != "label", False


class _Reader:
    def __init__(self, text, found):
        self.text, self.found = text, found

    def commands(self, at, end):
        """Reads commands from a position up to the closing character; returns the position after it."""
        words = _Words(self.found)
        while at < len(self.text):
            if self.text[at] == ")" == end and words.case != "label":
                at += 1
                break
            at = self._opened(at, words) or self._whole(at, words) or self._character(at, words)
        words.close()
        return at

    def _opened(self, at, words):
        """Reads a part of a word that has rules of its own; None where there is none."""
        opening, kept = next(((opening, kept) for opening, kept in OPENINGS if self.text.startswith(opening, at)), ("", ""))
        words.word += "" if self.text.startswith("\\\n", at) else kept
        return self._after(opening, at + len(opening)) if opening else None

    def _after(self, opening, at):
        """The position behind what an opening opened."""
        if opening in ("$(", "<("):
            return self.commands(at, ")")
        if opening in ('"', "${"):
            return self._until('"' if opening == '"' else "}", at)
        if opening == "\\":
            return at + 1
        end = "))" if opening == "$((" else opening
        return self.text.index(end, at) + len(end)

    def _until(self, end, at):
        """Reads on to the end of a string or of braces, with the commands in it."""
        while self.text[at] != end:
            inside = next((opening for opening, _ in OPENINGS if opening not in ("'", "<(") and self.text.startswith(opening, at)), "")
            at = self._after(inside, at + len(inside)) if inside else at + 1
        return at + 1

    def _whole(self, at, words):
        """Skips what has no commands: arithmetic, conditions, comments; None where there is none."""
        if words.word:
            return None
        if self.text.startswith("((", at):
            return self.text.index("))", at) + 2
        if self.text.startswith("[[ ", at):
            words.expected = False
            return self.text.index("]]", at) + 2
        if self.text[at] == "#":
            return self.text.find("\n", at) if "\n" in self.text[at:] else len(self.text)
        return None

    def _character(self, at, words):
        char = self.text[at]
        if char in " \t":
            words.close()
        elif char in "<>":
            words.redirect()
            return at + (2 if self.text[at + 1:at + 2] in ("&", ">", "<") else 1)
        elif char == ")":
            words.end_of_pattern()
        elif char in "\n;|&(":
            words.next_command(new_pattern=self.text.startswith(";;", at))
            return at + (2 if self.text.startswith(";;", at) else 1)
        else:
            words.word += char
        return at + 1
