#!/usr/bin/env python3
"""Writes docs/configuration.md from the options classes: configuration_doc.py [--check].

--check writes nothing and fails if the page is not what the code says.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "configuration.md"
SHARED = "services/Shared"

# In the order of the page: the class, its heading, a sentence.
CLASSES = [
    (f"{SHARED}/Hosting/Settings/HostingOptions.cs", "The host", "Where and how each host serves."),
    (f"{SHARED}/Hosting/Settings/TenantSettings.cs", "Tenants", "Of a gateway, for each tenant by its name; see [operating.md](operating.md#tenants). Keys of `Sensorium:Host` belong to the tenant `default`, which needs no keys of its own."),
    (f"{SHARED}/Hosting/Settings/AuditOptions.cs", "Records", "Of requests; see [operating.md](operating.md#records-of-requests)."),
    (f"{SHARED}/Hosting/Settings/PeerOptions.cs", "Other services", "A service without an address runs inside the gateway."),
    (f"{SHARED}/Hosting/Settings/PeerCircuitOptions.cs", "Replicas that are left out", "Of services with several; see [reliability.md](reliability.md#how-calls-survive)."),
    (f"{SHARED}/Caching/CacheOptions.cs", "Cache", "Of embeddings and features, in memory and in Redis."),
    (f"{SHARED}/Core/Generation/GenerationOptions.cs", "Generation", "Limits of decoding."),
    (f"{SHARED}/Core/Diffusion/ImageGenerationOptions.cs", "Pictures from words", "Limits of the making of pictures; see [draw.md](draw.md)."),
    ("gateway/Operations/Classification/ClassifyOptions.cs", "Classification", "Labels in words, at the gateway."),
    ("gateway/Operations/Explanation/ExplainOptions.cs", "Explanations", "What carries a similarity or a label; see [explain.md](explain.md)."),
    ("gateway/Operations/Decisions/DecidersOptions.cs", "Deciders", "Taught from labelled cases, at the gateway; see [decide.md](decide.md)."),
    ("gateway/Operations/Live/LiveOptions.cs", "Live streams", "Frames and sound that are looked at while they come in; see [live.md](live.md)."),
    ("index/IndexOptions.cs", "Collections", "Vectors that are kept, and searched; see [search.md](search.md)."),
    ("gateway/Http/Playground/PlaygroundOptions.cs", "The page", "To try Sensorium with, in a browser."),
    (f"{SHARED}/Onnx/Sessions/OnnxRuntimeOptions.cs", "ONNX Runtime", "What all models of a process share."),
    (f"{SHARED}/Onnx/Sessions/OnnxOptions.cs", "Models", "For each service: `Text`, `Vision`, `Audio`, `Video`, `Generation`, `ImageGeneration`; and for bare graphs: `Graphs`."),
    (f"{SHARED}/Core/Models/ModelsOptions.cs", "Which models", "Folders of models; see [model-layout.md](model-layout.md)."),
    (f"{SHARED}/Core/Models/ModelSettings.cs", "One model", "For each model, by its id: `Sensorium:Models:Settings:all-MiniLM-L6-v2:Variant`."),
    (f"{SHARED}/Core/Encoding/Pipeline/EncoderOptions.cs", "Encoders", "For each encoder: `Text`, `Vision`, `Audio`, `Video`."),
    (f"{SHARED}/Core/Batching/BatcherOptions.cs", "Batching", "For each encoder: `Text`, `Vision`, `Audio`, `Video`."),
    (f"{SHARED}/Core/Tensors/GraphOptions.cs", "Bare graphs", "Beside generation; how they run is in `Sensorium:Graphs:Model`, as for services."),
    (f"{SHARED}/Media/Imaging/ImagingOptions.cs", "Pictures", "Decoding of pictures."),
    (f"{SHARED}/Media/Ffmpeg/FfmpegOptions.cs", "ffmpeg", "Decoding of sound and video."),
    ("services/Video/Preprocessing/VideoPreprocessingOptions.cs", "Video", "How a video becomes clips."),
    (f"{SHARED}/Media/Sources/MediaStoreOptions.cs", "Uploads", "Media are kept in temporary files."),
    (f"{SHARED}/Media/Sources/UriFetcherOptions.cs", "URIs", "`https:` URIs are fetched from public addresses only."),
]
# Options that several services have, each in a section of its own.
SECTIONS = {
    "OnnxOptions": "Sensorium:<Service>:Model",
    "EncoderOptions": "Sensorium:<Service>:Encoder",
    "BatcherOptions": "Sensorium:<Service>:Encoder:Batching",
}
# What the code does not say on its own.
DEFAULTS = {
    "Sensorium:Index:Folder": "`sensorium/index` in the user's folder for data",
    "Sensorium:Host:GrpcPort": "gateway 7070, text 7101, vision 7102, audio 7103, video 7104, generation 7105, image generation 7106",
    "Sensorium:Host:HttpPort": "gateway 7080, text 8101, vision 8102, audio 8103, video 8104, generation 8105, image generation 8106",
}
MEANINGS = {
    "Sensorium:Services:Text": "Address of the text encoder, as `http://host:port`; of several replicas with commas between them.",
    "Sensorium:Services:Vision": "Address of the vision encoder.",
    "Sensorium:Services:Audio": "Address of the audio encoder.",
    "Sensorium:Services:Video": "Address of the video encoder.",
    "Sensorium:Services:Generation": "Address of generation.",
    "Sensorium:Services:ImageGeneration": "Address of what makes pictures of words.",
    "Sensorium:Cache:BreakDuration": "How long Redis is left alone after that many failures.",
    "Sensorium:Generation:MaxBeams": "Widest beam search.",
    "Sensorium:Generation:MaxChoices": "Most captions of one request.",
    "Sensorium:<Service>:Model:Variant": "Number type of the weights: `fp32`, `fp16`, `int8`, `uint8`, `q8` (`_quantized`), `q4`, `q4f16` or `bnb4`, where the model has it. `auto` is the light variant of a pack that names one as good as single precision, for encoders on a processor that sums products of bytes, and `fp32` for everything else; see [light-models.md](light-models.md).",
    "Sensorium:<Service>:Model:Optimization": "How far a graph is rewritten when it is loaded: `None`, `Basic`, `Extended`, `All`.",
    "Sensorium:Media:Uris:MaxRedirects": "Most redirections that are followed.",
}
HEAD = """# Configuration

<!-- Written by scripts/configuration_doc.py from the options classes. -->

Every host reads the same settings, from its environment (`Sensorium__Host__GrpcPort=7070`), from `appsettings.json`
beside it or from its command line (`--Sensorium:Host:GrpcPort 7070`). What cannot be right is refused at start, all
faults together. Times are `hours:minutes:seconds`. Lists are numbered: `Sensorium:Host:ApiKeys:0`.

## The model pack

| setting | default | what |
|---|---|---|
| `Sensorium:Pack` | none | Folder of the one pack that is served; without it every model of `Sensorium:Models:Folder` is. See [model-layout.md](model-layout.md). |
"""
TAIL = """
## Logs, metrics and traces

`Logging:LogLevel:Default` and so on, as in every .NET host. [Metrics](metrics.md) are at `/metrics` on the HTTP port,
for Prometheus; where `OTEL_EXPORTER_OTLP_ENDPOINT` is set, metrics and traces go to that collector too.
"""
PROPERTY = re.compile(r"((?: {4}///[^\n]*\n)*) {4}public ([\w?<>, ]+) (\w+) \{ get;(?: (?:set|init);)? \}(?: = ([^;]+);)?")
SECONDS = {"Milliseconds": 0.001, "Seconds": 1, "Minutes": 60, "Hours": 3600, "Days": 86400}
SHIFTS = {"10": "KiB", "20": "MiB", "30": "GiB"}


def meaning(comment):
    text = " ".join(line.strip().removeprefix("///").strip() for line in comment.splitlines())
    text = re.sub(r"</?summary>", "", text)
    text = re.sub(r'<see cref="(?:\w+\.)*(\w+)"\s*/>', r"`\1`", text)
    return re.sub(r"</?c>", "`", text).replace("&lt;", "<").replace("&gt;", ">").strip()


def duration(seconds):
    days, rest = divmod(seconds, 86400)
    text = f"{int(rest // 3600):02}:{int(rest % 3600 // 60):02}:{int(rest % 60):02}"
    fraction = round(rest % 1 * 1000)
    return (f"{int(days)}." if days else "") + text + (f".{fraction:03}" if fraction else "")


def default(kind, text):
    if text is None:
        return {"bool": "`false`"}.get(kind, "`0`" if kind in ("int", "long", "double") else "none")
    if text in ('""', "[]", "null") or text.startswith("new Dictionary"):
        return "none"
    if text == "TimeSpan.Zero":
        return "`00:00:00`"
    if match := re.fullmatch(r"TimeSpan\.From(\w+)\(([\d.]+)\)", text):
        return f"`{duration(SECONDS[match[1]] * float(match[2]))}`"
    if match := re.fullmatch(r"(\d+)L? << (\d+)", text):
        return f"`{int(match[1]) << int(match[2])}` ({match[1]} {SHIFTS[match[2]]})"
    text = text.replace("ModelVariants.Automatic", "auto").split(".")[-1] if text[0].isalpha() else text
    return "`" + text.strip('"').replace("_", "") + "`"


def rows(source, section):
    for match in PROPERTY.finditer(source):
        key = f"{section}:{match[3]}"
        if match[4] == "new()":  # a section of its own
            continue
        what = MEANINGS.get(key) or meaning(match[1])
        if not what:
            raise SystemExit(f"{key} has no summary")
        yield f"| `{key}` | {DEFAULTS.get(key) or default(match[2], match[4])} | {what} |"


def page():
    parts = [HEAD]
    for path, heading, sentence in CLASSES:
        source = (ROOT / path).read_text(encoding="utf-8")
        found = re.search(r'Section = "([^"]+)"', source)
        section = found[1] if found else SECTIONS[pathlib.Path(path).stem]
        table = ["| setting | default | what |", "|---|---|---|", *rows(source, section)]
        parts.append(f"\n## {heading}\n\n{sentence}\n\n" + "\n".join(table) + "\n")
    return "".join(parts) + TAIL


def forgotten():
    known = {ROOT / path for path, _, _ in CLASSES}
    for folder in ("services", "gateway", "index"):
        for path in (ROOT / folder).rglob("*Options.cs"):
            if "obj" not in path.parts and path not in known and "Section = " in path.read_text(encoding="utf-8"):
                yield path.relative_to(ROOT)


def main():
    if missing := list(forgotten()):
        raise SystemExit(f"not in {PAGE.name}: {', '.join(map(str, missing))}; add them to CLASSES in {__file__}")
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        raise SystemExit(f"docs/{PAGE.name} is not what the code says; run scripts/configuration_doc.py")


if __name__ == "__main__":
    main()
