namespace Sensorium.Gateway.UnitTests.Faces;

/// <param name="Named">Part of the message.</param>
internal sealed record BadBody(string Path, string Body, int Status, string Named);

/// <summary>Bodies that are JSON objects and that a face cannot do what they say.</summary>
internal static class FaceBodies
{
    private const int Bad = 400;
    private const int Unprocessable = 422;

    public static IReadOnlyList<BadBody> Wrong { get; } =
    [
        .. Rows("/v1/chat/completions", Bad, """{"model": "fake", "messages": [{"role": "user", "content": "x"}], "FIELD": VALUE}""", ChatFields),
        .. Rows("/v1/chat/completions", Bad, """{"model": "fake", "messages": VALUE}""",
            [("messages", "7"), ("messages", "[]"), ("messages[0]", "[7]"), ("messages[0].role", "[{}]"), ("messages[0].role", """[{"role": "tool", "content": "x"}]"""),
             ("messages[0].content", """[{"role": "user"}]"""), ("messages[0].content", """[{"role": "user", "content": []}]"""),
             ("messages[0].content[0].type", """[{"role": "user", "content": [{"type": "file", "file": {}}]}]"""),
             ("messages[0].content[0]", """[{"role": "user", "content": ["x"]}]"""),
             ("messages[0].tool_calls", """[{"role": "assistant", "content": "x", "tool_calls": [{}]}]"""),
             ("messages[0].role", """[{"role": "assistant", "content": "x"}]""")]),
        .. Rows("/v1/responses", Bad, """{"model": "fake", "input": "x", "FIELD": VALUE}""", ResponseFields),
        .. Rows("/v1/responses", Bad, """{"model": "fake", "input": VALUE}""",
            [("input", "7"), ("input", "[]"), ("input[0].role", """[{"type": "message"}]"""), ("input[0].type", """[{"type": "function_call"}]"""), ("input[0]", "[1]")]),
        .. Rows("/v1/images/generations", Bad, """{"prompt": "a dog", "FIELD": VALUE}""",
            [("prompt", "null"), ("prompt", "7"), ("prompt", "\"\""), ("n", "0"), ("n", "1.5"), ("size", "\"big\""), ("size", "\"64x\""), ("size", "\"-8x64\""), ("size", "7"), ("steps", "0"),
             ("guidance", "-1"), ("guidance", "1e999"), ("seed", "-1"), ("sampler", "\"heun\""), ("partial_images", "1"), ("partial_images", "4"), ("stream", "7"), ("user", "7"),
             ("response_format", "\"url\""), ("output_format", "\"webp\""), ("background", "\"transparent\""), ("quality", "\"high\"")]),
        .. Rows("/v2/embed", Bad, """{"model": "fake", "texts": ["x"], "input_type": "search_query", "FIELD": VALUE}""",
            [("input_type", "7"), ("input_type", "\"smell\""), ("embedding_types", "7"), ("embedding_types", "[\"int4\"]"), ("output_dimension", "0"), ("output_dimension", "1e999"),
             ("output_dimension", "100000"), ("truncate", "\"START\""), ("max_tokens", "5"), ("images", "[\"x\"]"), ("model", "\"\""), ("priority", "3")]),
        .. Rows("/v2/embed", Bad, """{"model": "fake", "FIELD": VALUE}""",
            [("texts", "null"), ("texts", "\"x\""), ("texts", "[]"), ("texts[0]", "[7]"), ("images[0]", "[{}]"), ("inputs[0].content", "[{}]"), ("inputs[0].content[0]", """[{"content": [7]}]""")]),
        .. Rows("/v1/rerank", Bad, """{"model": "fake", "query": "q", "documents": ["d"], "FIELD": VALUE}""",
            [("top_n", "0"), ("return_documents", "7"), ("documents", "7"), ("documents", "[]"), ("documents[0]", "[7]"), ("documents[0].text", "[{}]"), ("query", "\"\""), ("query", "7"), ("max_tokens_per_doc", "1"), ("rank_fields", "[\"a\"]")]),
        .. Rows("/embed", Unprocessable, """{"inputs": "x", "FIELD": VALUE}""",
            [("inputs", "null"), ("inputs", "7"), ("inputs[0]", "[7]"), ("inputs[0]", "[\"\"]"), ("normalize", "false"), ("normalize", "7"), ("truncate", "\"yes\""), ("truncation_direction", "\"left\""), ("dimensions", "-1"), ("dimensions", "99"), ("prompt_name", "7")]),
        new("/embed", """{"inputs": ["1", "2", "3", "4", "5"]}""", 413, "5"),
        .. Rows("/rerank", Unprocessable, """{"query": "q", "texts": ["x"], "FIELD": VALUE}""",
            [("query", "null"), ("query", "\" \""), ("texts", "null"), ("texts", "7"), ("texts[0]", "[7]"), ("raw_scores", "7"), ("return_text", "\"\""), ("truncation_direction", "\"left\"")]),
        .. Rows("/predict", Unprocessable, """{"inputs": VALUE}""",
            [("inputs", "null"), ("inputs", "7"), ("inputs", "[\"a\", \"b\"]"), ("inputs[0]", "[[\"a\", \"b\"]]"), ("inputs[0][0]", "[[7]]"), ("inputs", "{}")]),
        .. Rows("/similarity", Unprocessable, """{"inputs": VALUE}""",
            [("inputs", "null"), ("inputs", "7"), ("inputs.source_sentence", "{}"), ("inputs.sentences", """{"source_sentence": "a"}"""), ("inputs.sentences", """{"source_sentence": "a", "sentences": 7}"""), ("inputs.sentences[0]", """{"source_sentence": "a", "sentences": [7]}""")]),
        .. Rows("/api/embed", Bad, """{"model": "fake", "input": "x", "FIELD": VALUE}""",
            [("input", "null"), ("input", "7"), ("input[0]", "[7]"), ("input[0].type", "[{}]"), ("truncate", "7"), ("dimensions", "0"), ("keep_alive", "0"), ("keep_alive", "\"0s\""), ("options", """{"num_ctx": 7}"""), ("model", "null")]),
        .. Rows("/api/chat", Bad, """{"model": "fake", "messages": [{"role": "user", "content": "x"}], "FIELD": VALUE}""", OllamaFields),
        .. Rows("/api/chat", Bad, """{"model": "fake", "messages": VALUE}""",
            [("messages", "null"), ("messages", "7"), ("messages[0]", "[7]"), ("messages[0].role", "[{}]"), ("messages[0].content", """[{"role": "user"}]"""), ("messages[0].images", """[{"role": "user", "content": "x", "images": 7}]"""), ("messages[0].images[0]", """[{"role": "user", "content": "x", "images": [7]}]""")]),
        .. Rows("/api/generate", Bad, """{"model": "fake", "prompt": "x", "FIELD": VALUE}""", OllamaFields),
        new("/api/chat", """{"model": "fake", "messages": [{"role": "user", "content": "x"}], "tools": [{}, 1]}""", Bad, "tools"),
        .. Rows("/api/generate", Bad, """{"model": "fake", "FIELD": VALUE}""", [("prompt", "null"), ("prompt", "7"), ("suffix", "\"x\""), ("raw", "true"), ("context", "[1]"), ("images", "7")]),
        .. Rows("/v2/models/fake/infer", Bad, """{"inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["a"]}], "FIELD": VALUE}""",
            [("inputs", "null"), ("inputs", "7"), ("inputs[0]", "[7]"), ("id", "7"), ("outputs", "7"), ("outputs[0].name", "[{}]"), ("parameters", "7"),
             ("parameters.sequence_id", """{"sequence_id": 4}"""), ("parameters.priority", """{"priority": 2}"""), ("parameters.timeout", """{"timeout": -1}"""), ("parameters.dimensions", """{"dimensions": "x"}"""),
             ("parameters.a", """{"a": [1]}"""), ("parameters.truncate", """{"truncate": 1}""")]),
        new("/v2/models/fake/infer", """{"inputs": [], "outputs": [{"name": "depth"}]}""", Bad, "'depth'"),
        new("/v2/models/fake/infer", """{"inputs": [], "outputs": [{"name": "embedding", "parameters": {"classification": -1}}]}""", Bad, "classification"),
        .. Rows("/v2/models/fake/infer", Bad, """{"inputs": [VALUE]}""",
            [("inputs[0].name", "{}"), ("inputs[0].datatype", """{"name": "text", "shape": [1]}"""), ("inputs[0].datatype", """{"name": "text", "shape": [1], "datatype": "INT128", "data": []}"""),
             ("inputs[0].shape", """{"name": "text", "datatype": "BYTES", "data": []}"""), ("inputs[0].shape[0]", """{"name": "text", "datatype": "BYTES", "shape": [-1], "data": []}"""),
             ("inputs[0].shape[0]", """{"name": "text", "datatype": "BYTES", "shape": [1e99], "data": []}"""), ("inputs[0].data", """{"name": "text", "datatype": "BYTES", "shape": [1]}"""),
             ("inputs[0].data[0]", """{"name": "text", "datatype": "BYTES", "shape": [1], "data": [7]}"""), ("inputs[0].data[1][0]", """{"name": "x", "datatype": "UINT8", "shape": [2], "data": [[1], [256]]}"""),
             ("inputs[0].data[0]", """{"name": "x", "datatype": "FP32", "shape": [1], "data": [1e999]}"""), ("inputs[0].data[0]", """{"name": "image", "datatype": "BYTES", "shape": [1], "parameters": {"content_type": "base64"}, "data": ["@@"]}"""),
             ("shared_memory_region", """{"name": "text", "datatype": "BYTES", "shape": [1], "parameters": {"shared_memory_region": "r"}}"""), ("'smell'", """{"name": "smell", "datatype": "BYTES", "shape": [1], "data": ["a"]}"""),
             ("[4611686018427387904, 4]", """{"name": "text", "datatype": "BYTES", "shape": [4611686018427387904, 4], "data": ["a"]}"""), ("2 elements", """{"name": "text", "datatype": "BYTES", "shape": [1], "data": ["a", "b"]}"""),
             ("binary_data_size", """{"name": "text", "datatype": "BYTES", "shape": [1], "parameters": {"binary_data_size": 5}}""")]),
        new("/v2/models/gpt-9/infer", """{"inputs": []}""", 404, "gpt-9"),
        .. Rows("/api/show", Bad, "{\"FIELD\": VALUE}", [("model", "null"), ("model", "7"), ("model", "\"\""), ("model", "[]")]),
        new("/api/show", """{"model": "gpt-9"}""", 404, "gpt-9"),
    ];

    private static (string, string)[] ChatFields =>
    [
        ("model", "\"\""), ("model", "7"), ("temperature", "3"), ("temperature", "\"hot\""), ("temperature", "1e999"), ("top_p", "-1"), ("n", "0"), ("n", "1.5"), ("max_tokens", "0"), ("max_tokens", "99999999999"),
        ("seed", "1.5"), ("seed", "99999999999999999999999"), ("stop", "7"), ("stop[0]", "[7]"), ("stream", "1"), ("stream_options", "7"), ("logprobs", "\"yes\""), ("user", "{}"),
        ("tools", """[{"type": "function"}]"""), ("tool_choice", "\"required\""), ("response_format", """{"type": "json_object"}"""), ("modalities", """["text", "audio"]"""), ("frequency_penalty", "1"),
        ("presence_penalty", "-1"), ("logit_bias", """{"50256": -100}"""), ("top_logprobs", "5"), ("store", "true"), ("reasoning_effort", "\"high\""), ("functions", "[{}, 1]"),
    ];

    private static (string, string)[] ResponseFields =>
    [
        ("model", "\"\""), ("instructions", "7"), ("max_output_tokens", "0"), ("temperature", "3"), ("stream", "7"), ("tools", """[{"type": "web_search"}]"""), ("previous_response_id", "\"resp_1\""),
        ("store", "true"), ("text", """{"format": {"type": "json_object"}}"""), ("reasoning", """{"effort": "high"}"""), ("truncation", "\"auto\""), ("background", "true"), ("user", "7"),
    ];

    private static (string, string)[] OllamaFields =>
    [
        ("model", "null"), ("model", "7"), ("stream", "\"yes\""), ("format", "\"json\""), ("think", "true"), ("keep_alive", "0"), ("options", "7"),
        ("options.temperature", """{"temperature": "hot"}"""), ("options.num_predict", """{"num_predict": 0}"""), ("options.num_ctx", """{"num_ctx": 2048}"""), ("options.min_p", """{"min_p": 0.5}"""), ("options.mirostat", """{"mirostat": 1}"""), ("options.stop[0]", """{"stop": [7]}"""),
    ];

    // A member that is in the body already is given anew: the last one counts.
    private static IEnumerable<BadBody> Rows(string path, int status, string body, (string Field, string Value)[] rows) => rows.Select(row => new BadBody(
        path, body.Replace("FIELD", row.Field.Split('.', '[')[0], StringComparison.Ordinal).Replace("VALUE", row.Value, StringComparison.Ordinal), status, row.Field));
}
