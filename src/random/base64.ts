/** Tables travel in the source as base64 of their little-endian bytes. */

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function doublesFromBase64(text: string): Float64Array<ArrayBuffer> {
  const bytes = new DataView(fromBase64(text).buffer);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, i) => bytes.getFloat64(8 * i, true));
}
