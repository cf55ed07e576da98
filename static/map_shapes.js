/* Polygons and lines, on Leaflet's own canvas; and the names written inside shapes. */
"use strict";

function diabanShapes(L, { world, latLngs, ringsOf, rowHolds }) {
  /* The shapes of a layer, each with the number of its style. */
  function shapesOf(layer) {
    if (layer.kind === "lines") return linesOf(layer);
    return layer.kind === "polygons" ? polygonsOf(layer) : [];
  }

  function polygonsOf(layer) {
    const made = [];
    for (let row = 0; row < layer.count; row++) {
      const style = layer.styles[layer.style[row]];
      const corners = ringsOf(layer, row).map((polygon) => polygon.map(([from, to]) => latLngs(layer, from, to)));
      const shape = L.polygon(corners, {
        interactive: false, color: style.color, weight: style.weight,
        fill: style.fill_opacity > 0, fillOpacity: style.fill_opacity,
      });
      made.push({ style: layer.style[row], shape });
    }
    return made;
  }

  function linesOf(layer) {
    const [coordinates] = layer.parts;
    return layer.styles.map((style, number) => {
      const lines = [];
      for (let row = 0; row < layer.count; row++) {
        if (layer.style[row] === number) lines.push(latLngs(layer, coordinates[row], coordinates[row + 1]));
      }
      return { style: number, shape: L.polyline(lines, { interactive: false, color: style.color, weight: style.weight }) };
    });
  }

  function namesOf(layer) {
    return (layer.titles || []).map(([text, lon, lat]) => {
      const { x, y } = world(lon, lat);
      return { text, x, y, room: roomAt(layer, x, y) };
    });
  }

  /* How wide the shape around a place is, as a share of the world. */
  function roomAt(layer, x, y) {
    for (let row = 0; row < layer.count; row++) {
      if (!rowHolds(layer, row, x, y)) continue;
      let west = 1, east = 0;
      for (const [from, to] of ringsOf(layer, row).flat()) {
        for (let i = from; i < to; i++) {
          west = Math.min(west, layer.x[i]);
          east = Math.max(east, layer.x[i]);
        }
      }
      return east - west;
    }
    return 0;
  }

  return { shapesOf, namesOf };
}
