// The clients that others' APIs have, for a gateway as faces.test.mjs wants it.
import './openai.mjs';
import './ai-sdk.mjs';
import './cohere.mjs';
import './ollama.mjs';
import './tei.mjs';
