"""How captions are cleaned, and the fixed phrases that training adds to them."""
import re

LONGEST = 30  # tokens of a caption

PICTURE_TEMPLATES = ("a photo of a {}", "a {}", "a close up of a {}", "a picture of a {}", "{}")
SCENES = {"buildings": ("a view of buildings", "buildings in a city"), "forest": ("a forest", "trees in a forest"),
          "glacier": ("a glacier", "a view of a glacier"), "mountain": ("a mountain", "a view of mountains"),
          "sea": ("the sea", "a view of the sea"), "street": ("a street", "a city street")}
FLOWERS = {"roses": "rose flower", "tulips": "tulip flower", "sunflowers": "sunflower",
           "dandelion": "dandelion flower", "daisy": "daisy flower"}

CAMERA_MOTIONS = ("the camera pans left", "the camera pans right", "the camera tilts up", "the camera tilts down",
                  "the camera zooms in", "the camera zooms out", "the camera stays still")
OBJECT_MOTIONS = ("something moves to the left", "something moves to the right",
                  "something moves up", "something moves down")
MOTIONS = CAMERA_MOTIONS + OBJECT_MOTIONS


def choose(rng, options):
    return options[int(rng.integers(len(options)))]


def clean_caption(text):
    """Lower case, no quotes, no full stop at the end, punctuation close to its word."""
    text = re.sub(r"\s+([.,!?;:'])", r"\1", text.strip().lower())
    text = re.sub(r'[".]+$', "", text).replace('"', "")
    return re.sub(r"\s+", " ", text).strip()


def label_phrases(label):
    """Folder of a labelled picture, `set/class` -> phrases; none where the folder names no class."""
    collection, _, name = label.partition("/")
    if collection == "scenes":
        return SCENES[name]
    if not name:
        return ()
    name = FLOWERS.get(name, name.replace("_", " ")) if collection == "flowers" else name.replace("_", " ")
    return tuple(t.format(name) for t in PICTURE_TEMPLATES)


def joined(caption, motion=None, sound=None, words=None):
    """One sentence for several media: content, how it moves, what is heard, what the subtitles say."""
    parts = [caption]
    if motion:
        parts.append(motion)
    if sound:
        parts.append(f"while {sound}")
    if words:
        parts.append(spoken_words(words))
    return ", ".join(parts)


def spoken_words(words):
    return f"the words say {words}"
