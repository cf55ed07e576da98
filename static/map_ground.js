/* Where things are: the world as a unit square, so that a zoom is one multiplication; what lies in what. */
"use strict";

function diabanGround() {
  const WORLD = 256;

  function world(lon, lat) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return { x: (lon + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
  }

  function toWorld(layer) {
    layer.x = new Float64Array(layer.lon.length);
    layer.y = new Float64Array(layer.lon.length);
    for (let i = 0; i < layer.x.length; i++) {
      layer.x[i] = (layer.lon[i] + 180) / 360;
      const sine = Math.sin((layer.lat[i] * Math.PI) / 180);
      layer.y[i] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
  }

  /* Width and height of a box of degrees, as shares of the world. */
  function spanOf([west, south, east, north]) {
    const [low, high] = [world(west, south), world(east, north)];
    return { x: high.x - low.x, y: low.y - high.y };
  }

  function latLngs(layer, from, to) {
    const points = [];
    for (let i = from; i < to; i++) points.push([layer.lat[i], layer.lon[i]]);
    return points;
  }

  /* Polygon rows: parts are [rings in coordinates, polygons in rings, rows in polygons]. */
  function ringsOf(layer, row) {
    const [coordinates, rings, polygons] = layer.parts;
    const found = [];
    for (let p = polygons[row]; p < polygons[row + 1]; p++) {
      const polygon = [];
      for (let r = rings[p]; r < rings[p + 1]; r++) polygon.push([coordinates[r], coordinates[r + 1]]);
      found.push(polygon);
    }
    return found;
  }

  function rowHolds(layer, row, x, y) {
    let inside = false;
    for (const [from, to] of ringsOf(layer, row).flat()) {
      if (ringHolds(layer, from, to, x, y)) inside = !inside;
    }
    return inside;
  }

  /* Whether a ring, given or not with its first corner repeated at the end, holds a place. */
  function ringHolds({ x: xs, y: ys }, from, to, x, y) {
    let inside = false;
    for (let i = from, j = to - 1; i < to; j = i++) {
      if (ys[i] > y === ys[j] > y) continue;
      const cross = ((xs[j] - xs[i]) * (y - ys[i])) / (ys[j] - ys[i]) + xs[i];
      if (x < cross) inside = !inside;
    }
    return inside;
  }

  return { WORLD, world, toWorld, spanOf, latLngs, ringsOf, rowHolds, ringHolds };
}
