// Drives the faces of others' APIs with the clients that these have, all in one process. The gateway's HTTP port is in
// $SENSORIUM_HTTP, its gRPC port in $SENSORIUM_ADDRESS, the samples are in $SENSORIUM_SAMPLES; the tiny models and two bare graphs are
// served beside the bundled pack.
import './faces/clients.mjs';
import './faces/mcp.mjs';
import './faces/oip.mjs';
