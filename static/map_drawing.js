/* A drawing: the layers of one blob on one map, what of them is shown, chosen, and under a place. */
"use strict";

function diabanDrawing(L, ground, marks, shapes, looks, bins, { Points }) {
  const { WORLD, toWorld, spanOf, rowHolds, ringHolds } = ground;
  const TAP_PX = 6;

  class Drawing {
    constructor(map, stage, { header, layers }, onPaint) {
      Object.assign(this, { map, stage, header, layers, onPaint, chosen: new Set(), choices: {}, said: figures(header.lang) });
      for (const layer of layers) {
        toWorld(layer);
        looks.apply(layer, {});
      }
      this.count = layers.reduce((sum, layer) => sum + (layer.kind === "points" ? layer.count : 0), 0);
      this.span = spanOf(header.bounds);
      this.names = layers.flatMap((layer) => shapes.namesOf(layer)).sort((one, other) => other.room - one.room);
      this.shapes = layers.map((layer) => shapes.shapesOf(layer));
      this.group = L.layerGroup().addTo(map);
      this.points = new Points(this, marks.inkOf(stage));
    }
    /* Put everything on the map; called once, when legend and filters have said what is hidden. */
    begin() {
      this.showShapes();
      this.points.addTo(this.map);
    }
    /* The shapes of shown styles, in the order of the layers. */
    showShapes() {
      this.group.clearLayers();
      for (const [index, found] of this.shapes.entries()) {
        for (const { style, shape } of found) {
          if (this.layers[index].shown[style]) this.group.addLayer(shape);
        }
      }
    }
    repaint() {
      if (this.points._map) this.points.paint();
    }
    /* Paint anew where the page's colours or letters have changed. */
    restyle() {
      const ink = marks.inkOf(this.stage);
      if (JSON.stringify(ink) === JSON.stringify(this.points.ink)) return;
      this.points.ink = ink;
      this.repaint();
    }
    painted(ms) {
      let visible = 0;
      for (const layer of this.layers) {
        if (layer.kind === "points") visible += this.tally(layer).shown;
      }
      this.onPaint({ ms, visible, counted: this.points.counted });
    }
    /* How many rows of a layer are shown, of how many. */
    tally(layer) {
      const shown = layer.byStyle.reduce((sum, count, style) => sum + (layer.shown[style] ? count : 0), 0);
      return { shown, total: layer.count };
    }
    bounds() {
      const [west, south, east, north] = this.header.bounds;
      return L.latLngBounds([south, west], [north, east]);
    }
    remove() {
      this.group.remove();
      this.points.remove();
    }

    /* ---- what is shown ---- */

    filterable() {
      return this.layers.find((layer) => layer.facets.length > 0);
    }
    filter(choices) {
      this.choices = choices;
      const layer = this.filterable();
      if (layer) looks.apply(layer, choices);
      this.repaint();
    }
    /* The numbers of the styles that a line of the legend stands for. */
    stylesOf(entry) {
      const layer = this.layers[entry.layer];
      return layer.styles.flatMap((style, number) => {
        const same = !entry.color || style.color === entry.color;
        return same && (layer.kind !== "points" || style.shape === entry.shape) ? [number] : [];
      });
    }
    toggle(entry, on) {
      const layer = this.layers[entry.layer];
      for (const number of this.stylesOf(entry)) layer.shown[number] = on;
      layer.squares = null;
      if (!this.points._map) return;
      if (layer.kind !== "points") this.showShapes();
      this.repaint();
    }

    /* ---- what lies where ---- */

    placeOf(containerPoint) {
      return this.map.getPixelBounds().min.add(containerPoint).divideBy(WORLD * 2 ** this.map.getZoom());
    }
    reach() {
      return (this.points.radius() + TAP_PX) / (WORLD * 2 ** this.map.getZoom());
    }
    latLngOf({ layer, row }) {
      const { lat, lon } = this.layers[layer];
      return L.latLng(lat[row], lon[row]);
    }
    /* The nearest mark, or the square that stands for many, else the topmost shape that has something to say. */
    at(containerPoint) {
      const place = this.placeOf(containerPoint);
      const square = bins.squareAt(this.points.counted || [], place, this.map.getZoom());
      if (square) return { square: this.degreesOf(square) };
      for (let index = this.layers.length - 1; index >= 0; index--) {
        const layer = this.layers[index];
        if (!layer.texts && !layer.asks) continue;
        const row = layer.kind === "points" ? nearest(layer, place, this.reach())
          : layer.kind === "polygons" ? holder(layer, place) : -1;
        if (row >= 0) return { layer: index, row, point: layer.kind === "points", text: layer.texts && layer.texts[row] };
      }
      return null;
    }
    degreesOf({ x, y, side }) {
      const corner = (dx, dy) => this.map.unproject(L.point((x + dx) * WORLD, (y + dy) * WORLD), 0);
      return L.latLngBounds(corner(0, 0), corner(side, side));
    }

    /* ---- choosing: rows of the one layer that may be chosen from ---- */

    choosable() {
      return this.layers[this.header.choosable ?? -1];
    }
    ring(rows) {
      this.chosen = rows;
      this.repaint();
    }
    choosableAt(containerPoint) {
      const layer = this.choosable();
      if (!layer || (this.points.counted || []).includes(layer)) return -1;
      return nearest(layer, this.placeOf(containerPoint), this.reach());
    }
    rowsInside(corners) {
      const layer = this.choosable();
      if (!layer) return [];
      const places = corners.map((corner) => this.placeOf(corner));
      const ring = { x: places.map(({ x }) => x), y: places.map(({ y }) => y) };
      const [west, east, north, south] = [Math.min(...ring.x), Math.max(...ring.x), Math.min(...ring.y), Math.max(...ring.y)];
      const found = [];
      for (let i = 0; i < layer.count; i++) {
        const [x, y] = [layer.x[i], layer.y[i]];
        if (x < west || x > east || y < north || y > south || !looks.isShown(layer, i)) continue;
        if (ringHolds(ring, 0, places.length, x, y)) found.push(i);
      }
      return found;
    }
  }

  function nearest(layer, place, reach) {
    let best = -1;
    let least = reach * reach;
    for (let i = 0; i < layer.count; i++) {
      const dx = layer.x[i] - place.x;
      const dy = layer.y[i] - place.y;
      const far = dx * dx + dy * dy;
      if (far <= least && looks.isShown(layer, i)) {
        best = i;
        least = far;
      }
    }
    return best;
  }

  function holder(layer, place) {
    for (let row = layer.count - 1; row >= 0; row--) {
      if (layer.shown[layer.style[row]] && layer.texts[row] && rowHolds(layer, row, place.x, place.y)) return row;
    }
    return -1;
  }

  /* Numbers as the language of the page writes them. */
  function figures(lang) {
    const locale = lang === "vi" ? "vi-VN" : "en-GB";
    return {
      count: (number) => number.toLocaleString(locale),
      share(part) {
        const rounded = Math.round(part * 100);
        const shown = rounded === 100 && part < 1 ? "99" : rounded === 0 && part > 0 ? "<1" : `${rounded}`;
        return lang === "vi" ? `${shown} %` : `${shown}%`;
      },
    };
  }

  return { Drawing };
}
