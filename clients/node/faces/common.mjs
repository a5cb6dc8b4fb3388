import { readFile } from 'node:fs/promises';
import path from 'node:path';

export const http = process.env.SENSORIUM_HTTP;
export const model = 'sensorium-mini';
export const cosine = (left, right) =>
  left.reduce((sum, value, i) => sum + value * right[i], 0) / (Math.hypot(...left) * Math.hypot(...right));
export const samplePath = (name) => path.join(process.env.SENSORIUM_SAMPLES, name);
export const base64 = async (name) => (await readFile(samplePath(name))).toString('base64');
export const picture = async (name) => `data:image/jpeg;base64,${await base64(name)}`;
