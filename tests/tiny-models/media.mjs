// Reads the media that make.py wrote.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const WAVE_HEADER = 44;
const LOUDEST = 32768;

export const mediaOf = (transformers, folder) => ({
  // As a blob: a path would be asked for over the network's ways.
  picture: async (name) => transformers.RawImage.fromBlob(new Blob([readFileSync(join(folder, name))])),
  // Mono, 16 bits.
  sound: (name) => {
    const bytes = readFileSync(join(folder, name)).subarray(WAVE_HEADER);
    return Float32Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(i * 2) / LOUDEST);
  },
});
