"""Which programs a Bash script calls by name: its text is read, never run."""
import re

HERE_DOCUMENT = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?[^\n]*\n.*?\n\s*\1\s*(?=\n|$)", re.DOTALL)
# Words after which the next word is a command again.
BEFORE_A_COMMAND = {"if", "then", "elif", "else", "while", "until", "do", "{", "!", "exec", "env", "as_root", "nice", "time", "("}
ASSIGNMENT = re.compile(r"^\w+(\[[^]]*\])?\+?=")
PROGRAM = re.compile(r"^[a-z][a-z0-9_.+-]*$")


def functions(text):
    return set(re.findall(r"^\s*(\w+)\(\)", text, re.MULTILINE))


def commands(text):
    """Names in the place of a command, those of functions and builtins among them."""
    found = set()
    _scan(HERE_DOCUMENT.sub("", text), 0, "", found)
    return {name for name in found if PROGRAM.match(name)}


def _scan(text, at, end, found):
    """Reads commands from a position up to the closing character; returns the position after it."""
    word, expected, skip, pattern = "", True, False, False

    def close():
        nonlocal word, expected, skip, pattern
        if not word:
            return
        if skip:
            skip = False
        elif pattern == "case" and word == "in":
            pattern = "label"
        elif word == "esac":
            pattern, expected = False, False
        elif pattern == "label":
            pass
        elif expected:
            if word in ("case", "for", "select"):
                pattern, expected = ("case", False) if word == "case" else (pattern, False)
            elif not ASSIGNMENT.match(word):
                found.add(word)
                expected = word in BEFORE_A_COMMAND
        word = ""

    while at < len(text):
        char = text[at]
        if char == "\\":
            word += "" if text[at + 1:at + 2] == "\n" else "\\"
            at += 2
        elif char == "'":
            at = text.index("'", at + 1) + 1
            word += "'"
        elif char == '"':
            at = _quoted(text, at + 1, found)
            word += '"'
        elif text.startswith("$((", at):
            at = text.index("))", at) + 2
            word += "$"
        elif text.startswith(("$(", "<("), at):
            at = _scan(text, at + 2, ")", found)
            word += "$"
        elif text.startswith("${", at):
            at = _braces(text, at + 2, found)
            word += "$"
        elif text.startswith("((", at) and not word:
            at = text.index("))", at) + 2
        elif text.startswith("[[ ", at) and not word:
            at, expected = text.index("]]", at) + 2, False
        elif char == "#" and not word:
            at = text.index("\n", at) if "\n" in text[at:] else len(text)
        elif char in " \t":
            close()
            at += 1
        elif char in "<>":
            word = "" if word.isdigit() else word
            close()
            at += 2 if text[at + 1:at + 2] in ("&", ">", "<") else 1
            skip = True
        elif char == ")":
            if end == ")" and pattern != "label":
                close()
                return at + 1
            word, expected, skip = "", True, False
            pattern = "body" if pattern == "label" else pattern
            at += 1
        elif char in "\n;|&(":
            close()
            if text.startswith(";;", at):
                pattern, at = "label", at + 1
            expected, skip = pattern != "label", False
            word = ""
            at += 1
        else:
            word += char
            at += 1
    close()
    return at


def _quoted(text, at, found):
    while text[at] != '"':
        if text[at] == "\\":
            at += 2
        elif text.startswith("$(", at) and not text.startswith("$((", at):
            at = _scan(text, at + 2, ")", found)
        elif text.startswith("${", at):
            at = _braces(text, at + 2, found)
        else:
            at += 1
    return at + 1


def _braces(text, at, found):
    while text[at] != "}":
        if text[at] == "\\":
            at += 2
        elif text[at] == '"':
            at = _quoted(text, at + 1, found)
        elif text.startswith("$(", at):
            at = _scan(text, at + 2, ")", found)
        elif text.startswith("${", at):
            at = _braces(text, at + 2, found)
        else:
            at += 1
    return at + 1
