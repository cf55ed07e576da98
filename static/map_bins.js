/* Too many points for one view are counted square by square: how many, and which share of them is urgent,
   by colour and as a figure. */
"use strict";

function diabanBins({ WORLD }) {
  const MOST_POINTS = 20000;
  const SIDE_PX = 64;
  const TEXT_PX = 12;
  // Pale to dark vermilion; a share of 1 belongs to the last.
  const FILLS = ["#fdebdd", "#fbcba4", "#f5a26a", "#e77a33", "#c24f00"];
  const INKS = ["#1f2933", "#1f2933", "#1f2933", "#1f2933", "#ffffff"];

  /* The side of a square, as a share of the world: the same for all places at one zoom, so that squares stay put. */
  function sideAt(zoom) {
    return SIDE_PX / (WORLD * 2 ** Math.round(zoom));
  }

  /* The layers that have too many points in view. */
  function inView(layers, from, size, zoom) {
    const scale = WORLD * 2 ** zoom;
    const [west, north, east, south] = [from.x, from.y, from.x + size.x, from.y + size.y].map((pixel) => pixel / scale);
    return layers.filter((layer) => {
      if (!layer.share || layer.count <= MOST_POINTS) return false;
      let seen = 0;
      for (let i = 0; i < layer.count; i++) {
        if (layer.x[i] >= west && layer.x[i] <= east && layer.y[i] >= north && layer.y[i] <= south && layer.shown[layer.look[i]]) seen++;
      }
      return seen > MOST_POINTS;
    });
  }

  /* Counts by square, kept until what is shown changes. */
  function squares(layer, zoom) {
    const side = sideAt(zoom);
    if (layer.squares && layer.squares.side === side) return layer.squares.found;
    const found = new Map();
    for (let i = 0; i < layer.count; i++) {
      const look = layer.look[i];
      if (!layer.shown[look]) continue;
      const [column, row] = [Math.floor(layer.x[i] / side), Math.floor(layer.y[i] / side)];
      const key = row * 2 ** 26 + column;
      let square = found.get(key);
      if (!square) found.set(key, (square = { column, row, points: 0, urgent: 0 }));
      square.points++;
      if (layer.styles[look].urgent) square.urgent++;
    }
    layer.squares = { side, found: [...found.values()] };
    return layer.squares.found;
  }

  function paint(pen, layer, from, zoom, ink, said) {
    const scale = WORLD * 2 ** zoom;
    const width = sideAt(zoom) * scale;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const { column, row, points, urgent } of squares(layer, zoom)) {
      const [x, y] = [column * width - from.x, row * width - from.y];
      const share = urgent / points;
      const grade = Math.min(Math.floor(share * FILLS.length), FILLS.length - 1);
      pen.globalAlpha = 0.94;
      pen.fillStyle = FILLS[grade];
      pen.fillRect(x + 1, y + 1, width - 2, width - 2);
      pen.globalAlpha = 1;
      pen.fillStyle = INKS[grade];
      pen.font = `600 ${TEXT_PX}px ${ink.font}`;
      pen.fillText(said.count(points), x + width / 2, y + width / 2 - TEXT_PX * 0.7);
      pen.font = `400 ${TEXT_PX}px ${ink.font}`;
      pen.fillText(said.share(share), x + width / 2, y + width / 2 + TEXT_PX * 0.7);
    }
  }

  /* Where squares are painted, so that names keep out of their way. */
  function boxes(layers, from, zoom) {
    const width = sideAt(zoom) * WORLD * 2 ** zoom;
    return layers.flatMap((layer) => squares(layer, zoom)).map(({ column, row }) => ({
      left: column * width - from.x, top: row * width - from.y, width, height: width,
    }));
  }

  /* The square that holds a place of the world. */
  function squareAt(layers, place, zoom) {
    const side = sideAt(zoom);
    const [column, row] = [Math.floor(place.x / side), Math.floor(place.y / side)];
    const held = layers.some((layer) => squares(layer, zoom).some((one) => one.column === column && one.row === row));
    return held ? { x: column * side, y: row * side, side } : null;
  }

  return { inView, paint, boxes, squareAt, FILLS };
}
