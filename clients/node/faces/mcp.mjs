// The conformance suite of the Model Context Protocol, against /mcp.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { http } from './common.mjs';

// Its own libraries need what Node has since 20.
const skip = Number(process.versions.node.split('.')[0]) < 20 && `the suite needs Node 20, and this is ${process.version}`;
const here = (file) => fileURLToPath(new URL(file, import.meta.url));

test('MCP: every scenario passes but those that are expected to fail', { skip }, async () => {
  const suite = here('../node_modules/@modelcontextprotocol/conformance/dist/index.js');
  const ask = ['server', '--url', `${http}/mcp`, '--expected-failures', here('mcp-expected-failures.yml')];
  const run = promisify(execFile)(process.execPath, ['--import', here('mcp-on-node-20.mjs'), suite, ...ask]);
  const { stdout } = await run.catch((error) => assert.fail(`${error.stdout}\n${error.stderr}`));
  assert.match(stdout, /dns-rebinding-protection: 2 passed, 0 failed/);
});
