import { RawImage } from '@huggingface/transformers';

/** Decodes a JPEG with sharp, through the library's own reader. */
export const decodePicture = (bytes) => RawImage.fromBlob(new Blob([bytes]));

/** Splits a body of [length: uint32 little endian, bytes] pairs. */
export function splitPictures(body) {
  const pictures = [];
  for (let at = 0; at < body.length; ) {
    const length = body.readUInt32LE(at);
    pictures.push(body.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return pictures;
}
