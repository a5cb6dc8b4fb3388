"""Pictures to labels or features by one graph: a ViT that classifies, one for several labels at once, DINOv2 and a pooled ViT."""
from writing.graph import Graph
from writing.model import Model, write_json

WIDTH, HEADS, LAYERS = 32, 4, 2
SIDE, PATCH = 32, 8
LABELS = ["tabby cat", "border collie", "sports car", "street sign", "robin"]


def trunk(graph):
    pixels = graph.input("pixel_values", "float32", "batch_size", "num_channels", "height", "width")
    count = (SIDE // PATCH) ** 2 + 1
    x = graph.with_class_token(graph.patches(pixels, 3, WIDTH, PATCH), WIDTH)
    x = graph("Add", x, graph.weight(1, count, WIDTH, scale=0.5))
    for _ in range(LAYERS):
        x = graph.layer(x, WIDTH, HEADS)
    return graph.layer_norm(x, WIDTH), count


def classifier(model_type, seed, **more):
    def write(folder):
        graph = Graph(seed)
        x, _ = trunk(graph)
        graph.output(graph.linear(graph.token(x, 0), WIDTH, len(LABELS)), "logits", "float32", "batch_size", len(LABELS))
        graph.save(folder / "onnx" / "model.onnx")
        write_json(folder / "config.json", {
            "model_type": model_type, "image_size": SIDE, "id2label": {str(number): label for number, label in enumerate(LABELS)}, **more})
        write_json(folder / "preprocessor_config.json", {**PROCESSOR, "image_processor_type": "ViTImageProcessor", "size": {"height": SIDE, "width": SIDE}})
    return write


def features(model_type, seed, pooled, processor):
    def write(folder):
        graph = Graph(seed)
        x, count = trunk(graph)
        graph.output(x, "last_hidden_state", "float32", "batch_size", count, WIDTH)
        if pooled:
            # Tracing often leaves the width without a number.
            graph.output(graph("Tanh", graph.linear(graph.token(x, 0), WIDTH, WIDTH)), "pooler_output", "float32", "batch_size", "Tanhpooler_output_dim_1")
        graph.save(folder / "onnx" / "model.onnx")
        write_json(folder / "config.json", {"model_type": model_type, "image_size": SIDE})
        write_json(folder / "preprocessor_config.json", {**PROCESSOR, **processor})
    return write


PROCESSOR = {
    "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5],
    "resample": 2, "rescale_factor": 1 / 255,
}
VIT = {"feature_extractor_type": "ViTFeatureExtractor", "size": SIDE}
DINO = {"image_processor_type": "BitImageProcessor", "size": {"shortest_edge": SIDE}, "crop_size": {"height": SIDE, "width": SIDE}, "do_center_crop": True}
PICTURES = {"pictures": ["picture-32.png", "other-32.png"]}
MODELS = [
    Model("tiny-vit", "picture_labels", PICTURES, classifier("vit", 21, architectures=["ViTForImageClassification"])),
    Model("tiny-dinov2", "picture_features", PICTURES, features("dinov2", 22, False, DINO)),
    Model("tiny-vit-pooled", "picture_features", PICTURES, features("vit", 23, True, VIT)),
]
