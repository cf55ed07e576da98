/* Reads a blob of layers (layers/packed.py): header, coordinates, codes, texts. */
"use strict";

function diabanBlob() {
  const CODES = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

  function headerOf(bytes) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    return JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  }

  /* Length of the header, header, sections. Copied once, so that typed arrays are aligned. */
  function unpack(bytes) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const header = headerOf(bytes);
    const body = bytes.slice(4 + length).buffer;
    const section = (Type, [at, size]) => new Type(body, at, size / Type.BYTES_PER_ELEMENT);
    const layers = header.layers.map((spec) => {
      const bundles = spec.bundles.map((bundle) => readBundle(bundle, section));
      const layer = {
        ...spec,
        ...placesOf(spec.xy, section),
        bundles,
        style: columnOf(bundles, "style"),
        parts: (spec.parts || []).map((part) => section(Uint32Array, part)),
        shown: spec.styles.map(() => true),
        texts: null,
      };
      readLabels(layer, spec.labels, body);
      return layer;
    });
    return { header, layers };
  }

  /* Longitudes and latitudes: steps of a box with exceptions, or offsets from a corner (layers/coordinates.py). */
  function placesOf({ bits, from: [west, south], step: [wide, high] = [1, 1], far = [], at }, section) {
    const numbers = section(bits === 16 ? Uint16Array : Float32Array, at);
    const lon = new Float64Array(numbers.length / 2);
    const lat = new Float64Array(numbers.length / 2);
    for (let i = 0; i < lon.length; i++) {
      lon[i] = west + numbers[2 * i] * wide;
      lat[i] = south + numbers[2 * i + 1] * high;
    }
    for (const [row, x, y] of far) {
      lon[row] = x;
      lat[row] = y;
    }
    return { lon, lat };
  }

  function readBundle({ table, codes, bytes }, section) {
    const columns = Object.entries(table).map(([name, place]) => [name, section(Uint16Array, place)]);
    return { columns: Object.fromEntries(columns), codes: section(CODES[bytes], codes) };
  }

  /* A column written out row by row. */
  function columnOf(bundles, name) {
    const { columns, codes } = bundles.find((bundle) => name in bundle.columns);
    return Uint16Array.from(codes, (code) => columns[name][code]);
  }

  async function readLabels(layer, labels, body) {
    if (!labels || (labels.deflated && !window.DecompressionStream)) return;
    const [at, size] = labels.at;
    let raw = new Uint8Array(body, at, size);
    if (labels.deflated) {
      const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate"));
      raw = await new Response(stream).arrayBuffer();
    }
    layer.texts = new TextDecoder().decode(raw).split("\x00");
  }

  return { headerOf, unpack };
}
