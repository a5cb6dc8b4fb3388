// Drives the faces that speak HTTP with the clients that their APIs have, all in one process. The gateway's HTTP port is in
// $SENSORIUM_HTTP, the samples are in $SENSORIUM_SAMPLES; the tiny models are served beside the bundled pack.
import './faces/openai.mjs';
import './faces/ai-sdk.mjs';
import './faces/cohere.mjs';
import './faces/ollama.mjs';
import './faces/tei.mjs';
import './faces/mcp.mjs';
