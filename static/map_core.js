/* Draws a blob of layers (layers/packed.py) on a Leaflet map: the live map and the handout share it.
   Data reaches the page as text nodes and pixels only, never as HTML. */
"use strict";

function diabanCore(L) {
  const WORLD = 256;
  const TAP_PX = 6;
  const LEAST_PX = 1.25;
  const MOST_PX = 5.5;
  const TITLE_PX = 12;
  const AROUND = 0.2; // of the map's size, painted beyond each edge so that a drag shows no gap

  /* The blob: length of the header, header, sections. Copied once, so that typed arrays are aligned. */
  function unpack(bytes) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    const body = bytes.slice(4 + length).buffer;
    const section = (Type, [at, size]) => new Type(body, at, size / Type.BYTES_PER_ELEMENT);
    const layers = header.layers.map((spec) => ({
      ...spec,
      xy: section(Float32Array, spec.xy),
      style: section(Uint16Array, spec.style),
      parts: (spec.parts || []).map((part) => section(Uint32Array, part)),
      shown: spec.styles.map(() => true),
      texts: null,
    }));
    for (const [index, layer] of layers.entries()) readLabels(layer, header.layers[index], body);
    return { header, layers };
  }

  async function readLabels(layer, spec, body) {
    if (!spec.labels || (spec.labels.deflated && !window.DecompressionStream)) return;
    const [at, size] = spec.labels.at;
    let raw = new Uint8Array(body, at, size);
    if (spec.labels.deflated) {
      const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate"));
      raw = await new Response(stream).arrayBuffer();
    }
    layer.texts = new TextDecoder().decode(raw).split("\x00");
  }

  /* ---- marks: small bitmaps, drawn once per look and copied per point ---- */

  function tracePath(pen, shape, c, r) {
    pen.beginPath();
    if (shape === "square") pen.rect(c - r * 0.85, c - r * 0.85, r * 1.7, r * 1.7);
    else if (shape === "home") {
      pen.moveTo(c, c - r * 1.3);
      pen.lineTo(c + r * 1.2, c - r * 0.1);
      pen.lineTo(c + r * 0.8, c - r * 0.1);
      pen.lineTo(c + r * 0.8, c + r);
      pen.lineTo(c - r * 0.8, c + r);
      pen.lineTo(c - r * 0.8, c - r * 0.1);
      pen.lineTo(c - r * 1.2, c - r * 0.1);
      pen.closePath();
    } else pen.arc(c, c, r, 0, 2 * Math.PI);
  }

  function paintMark(pen, { shape, color }, c, r, ink) {
    tracePath(pen, shape, c, r);
    if (shape === "chosen") {
      pen.lineWidth = 4.5;
      pen.strokeStyle = ink.paper;
      pen.stroke();
      pen.lineWidth = 2.2;
      pen.strokeStyle = color;
      pen.stroke();
      return;
    }
    if (shape === "ring") {
      pen.lineWidth = Math.max(r * 1.1, 2);
      pen.strokeStyle = ink.paper;
      pen.stroke();
      pen.lineWidth = Math.max(r * 0.7, 1.2);
      pen.strokeStyle = color || ink.text;
      pen.stroke();
      return;
    }
    pen.lineWidth = shape === "home" ? Math.max(r * 0.4, 2) : r * 0.35;
    pen.strokeStyle = shape === "home" ? ink.text : ink.paper;
    if (r > 2) pen.stroke();
    pen.fillStyle = color || ink.grey;
    pen.fill();
  }

  function stamp(style, radius, dpr, ink) {
    const r = (style.shape === "home" ? Math.max(radius * 1.2 + 1, 4) : radius) * dpr;
    const half = Math.ceil(r * 1.6 + 1);
    const size = 2 * half + 1;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    paintMark(pen, style, half + 0.5, r, ink);
    const pixels = new Uint32Array(pen.getImageData(0, 0, size, size).data.buffer);
    const dx = [], dy = [], rgba = [];
    for (let i = 0; i < pixels.length; i++) {
      if (pixels[i] >>> 24 < 8) continue;
      dx.push((i % size) - half);
      dy.push(Math.floor(i / size) - half);
      rgba.push(pixels[i]);
    }
    return { canvas, half, dx: Int16Array.from(dx), dy: Int16Array.from(dy), rgba: Uint32Array.from(rgba) };
  }

  /* One pixel over another, neither premultiplied, as ImageData wants it. */
  function over(top, below) {
    const a = top >>> 24;
    const b = below >>> 24;
    if (a > 250 || b === 0) return top;
    const rest = (b * (255 - a)) / 255;
    const sum = a + rest;
    const red = ((top & 255) * a + (below & 255) * rest) / sum;
    const green = (((top >>> 8) & 255) * a + ((below >>> 8) & 255) * rest) / sum;
    const blue = (((top >>> 16) & 255) * a + ((below >>> 16) & 255) * rest) / sum;
    return ((sum << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }

  /* ---- where things are: the world as a unit square, so that a zoom is one multiplication ---- */

  function toWorld(layer, origin) {
    const { xy } = layer;
    const x = new Float64Array(xy.length / 2);
    const y = new Float64Array(xy.length / 2);
    for (let i = 0; i < x.length; i++) {
      x[i] = (origin[0] + xy[2 * i] + 180) / 360;
      const sine = Math.sin(((origin[1] + xy[2 * i + 1]) * Math.PI) / 180);
      y[i] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
    layer.x = x;
    layer.y = y;
  }

  /* Width and height of what is looked at first, as shares of the world. */
  function spanOf([west, south, east, north]) {
    const corners = { xy: [0, 0, east - west, north - south] };
    toWorld(corners, [west, south]);
    return { x: corners.x[1] - corners.x[0], y: corners.y[0] - corners.y[1] };
  }

  function latLngs(layer, origin, from, to) {
    const points = [];
    for (let i = from; i < to; i++) {
      points.push([origin[1] + layer.xy[2 * i + 1], origin[0] + layer.xy[2 * i]]);
    }
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

  /* ---- the canvas of points and names, above everything Leaflet draws ---- */

  const Points = L.Layer.extend({
    initialize(drawing, ink) {
      this.drawing = drawing;
      this.ink = ink;
    },
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated");
      this.canvas.style.pointerEvents = "none";
      map.getPane("marks").appendChild(this.canvas);
      this.paint();
    },
    onRemove() {
      this.canvas.remove();
    },
    getEvents() {
      return { moveend: this.paint, viewreset: this.paint, resize: this.paint, zoomanim: this.glide };
    },
    glide(event) {
      const scale = this._map.getZoomScale(event.zoom, this.zoom);
      L.DomUtil.setTransform(this.canvas, this._map._latLngToNewLayerPoint(this.corner, event.zoom, event.center), scale);
    },
    /* Marks cover about half of the ground at most: where they lie closer, those on top would seem to be all. */
    radius() {
      const { x, y } = this.drawing.span;
      const each = (x * y * (WORLD * 2 ** this._map.getZoom()) ** 2) / Math.max(this.drawing.count, 1);
      return Math.max(LEAST_PX, Math.min(0.7 * Math.sqrt(each / Math.PI), MOST_PX));
    },
    paint() {
      const began = performance.now();
      const map = this._map;
      const dpr = Math.min(window.devicePixelRatio || 1, 2);
      const pad = map.getSize().multiplyBy(AROUND)._round();
      const size = map.getSize().add(pad.multiplyBy(2));
      if (!size.x || !size.y) return;
      this.zoom = map.getZoom();
      this.corner = map.containerPointToLatLng(pad.multiplyBy(-1));
      this.canvas.width = Math.round(size.x * dpr);
      this.canvas.height = Math.round(size.y * dpr);
      this.canvas.style.width = `${size.x}px`;
      this.canvas.style.height = `${size.y}px`;
      L.DomUtil.setTransform(this.canvas, map.containerPointToLayerPoint(pad.multiplyBy(-1)), 1);
      const from = map.project(this.corner, this.zoom);
      const pen = this.canvas.getContext("2d");
      this.paintMarks(pen, from, dpr);
      this.paintNames(pen, from, dpr);
      this.drawing.painted(performance.now() - began);
    },
    paintMarks(pen, from, dpr) {
      const { width, height } = pen.canvas;
      const image = pen.createImageData(width, height);
      const target = new Uint32Array(image.data.buffer);
      const scale = WORLD * 2 ** this.zoom * dpr;
      for (const layer of this.drawing.layers) {
        if (layer.kind !== "points") continue;
        const stamps = layer.styles.map((style, i) => layer.shown[i] && stamp(style, this.radius(), dpr, this.ink));
        for (let i = 0; i < layer.count; i++) {
          const mark = stamps[layer.style[i]];
          if (!mark) continue;
          const x = Math.round(layer.x[i] * scale - from.x * dpr);
          const y = Math.round(layer.y[i] * scale - from.y * dpr);
          const { half, dx, dy, rgba } = mark;
          if (x < half || y < half || x >= width - half || y >= height - half) continue;
          const at = y * width + x;
          for (let k = 0; k < rgba.length; k++) {
            const pixel = at + dy[k] * width + dx[k];
            target[pixel] = over(rgba[k], target[pixel]);
          }
        }
      }
      pen.putImageData(image, 0, 0);
      this.paintRings(pen, from, dpr);
    },
    /* Chosen marks wear a ring, and the one that is looked at a wider one. */
    paintRings(pen, from, dpr) {
      const layer = this.drawing.choosable();
      if (!layer || !this.drawing.chosen.size) return;
      const mark = stamp({ shape: "chosen", color: this.ink.text }, this.radius() + 2.5, dpr, this.ink);
      const image = mark.canvas;
      const scale = WORLD * 2 ** this.zoom * dpr;
      for (const row of this.drawing.chosen) {
        const x = Math.round(layer.x[row] * scale - from.x * dpr) - mark.half;
        const y = Math.round(layer.y[row] * scale - from.y * dpr) - mark.half;
        pen.drawImage(image, x, y);
      }
    },
    /* A name is written where its shape is wide enough and no other name is in the way. */
    paintNames(pen, from, dpr) {
      const scale = WORLD * 2 ** this.zoom;
      const taken = [];
      pen.scale(dpr, dpr);
      pen.font = `600 ${TITLE_PX}px ${this.ink.font}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.lineWidth = 4.5;
      pen.lineJoin = "round";
      for (const { text, x, y, room } of this.drawing.names) {
        const width = pen.measureText(text).width;
        if (width > room * scale * 1.15) continue;
        const box = { left: x * scale - from.x - width / 2, top: y * scale - from.y - TITLE_PX, width, height: 2 * TITLE_PX };
        if (taken.some((other) => overlap(box, other))) continue;
        taken.push(box);
        pen.strokeStyle = this.ink.paper;
        pen.strokeText(text, box.left + width / 2, box.top + TITLE_PX);
        pen.fillStyle = this.ink.text;
        pen.fillText(text, box.left + width / 2, box.top + TITLE_PX);
      }
    },
  });

  function overlap(one, other) {
    return one.left < other.left + other.width && other.left < one.left + one.width &&
      one.top < other.top + other.height && other.top < one.top + one.height;
  }

  function inkOf(element) {
    const look = getComputedStyle(element);
    return { paper: look.backgroundColor, text: look.color, font: look.fontFamily, grey: "#8a8a8a" };
  }

  /* ---- polygons and lines: Leaflet's own canvas ---- */

  function shapesOf(layer, origin) {
    if (layer.kind === "lines") return linesOf(layer, origin);
    return layer.kind === "polygons" ? polygonsOf(layer, origin) : [];
  }

  function polygonsOf(layer, origin) {
    const made = [];
    for (let row = 0; row < layer.count; row++) {
      const style = layer.styles[layer.style[row]];
      const corners = ringsOf(layer, row).map((polygon) => polygon.map(([from, to]) => latLngs(layer, origin, from, to)));
      const shape = L.polygon(corners, {
        interactive: false, color: style.color, weight: style.weight,
        fill: style.fill_opacity > 0, fillOpacity: style.fill_opacity,
      });
      made.push({ style: layer.style[row], shape });
    }
    return made;
  }

  function linesOf(layer, origin) {
    const [coordinates] = layer.parts;
    return layer.styles.map((style, number) => {
      const lines = [];
      for (let row = 0; row < layer.count; row++) {
        if (layer.style[row] === number) lines.push(latLngs(layer, origin, coordinates[row], coordinates[row + 1]));
      }
      return { style: number, shape: L.polyline(lines, { interactive: false, color: style.color, weight: style.weight }) };
    });
  }

  function namesOf(layer, origin) {
    return (layer.titles || []).map(([text, lon, lat]) => {
      const place = { xy: [lon - origin[0], lat - origin[1]] };
      toWorld(place, origin);
      return { text, x: place.x[0], y: place.y[0], room: roomAt(layer, place.x[0], place.y[0]) };
    });
  }

  /* How wide the shape around a point is, as a share of the world. */
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

  /* ---- the whole drawing on one map ---- */

  class Drawing {
    constructor(map, stage, { header, layers }, onPaint) {
      Object.assign(this, { map, stage, header, layers, onPaint, chosen: new Set() });
      for (const layer of layers) toWorld(layer, header.origin);
      this.count = layers.reduce((sum, layer) => sum + (layer.kind === "points" ? layer.count : 0), 0);
      this.span = spanOf(header.bounds);
      this.names = layers.flatMap((layer) => namesOf(layer, header.origin)).sort((one, other) => other.room - one.room);
      this.shapes = layers.map((layer) => shapesOf(layer, header.origin));
      this.group = L.layerGroup().addTo(map);
      this.points = new Points(this, inkOf(stage)).addTo(map);
      this.show();
    }
    /* Put the shapes of shown styles on the map, in the order of the layers. */
    show() {
      this.group.clearLayers();
      for (const [index, shapes] of this.shapes.entries()) {
        for (const { style, shape } of shapes) {
          if (this.layers[index].shown[style]) this.group.addLayer(shape);
        }
      }
      this.points.paint();
    }
    restyle() {
      this.points.ink = inkOf(this.stage);
      this.points.paint();
    }
    painted(ms) {
      let visible = 0;
      for (const layer of this.layers) {
        if (layer.kind !== "points") continue;
        for (let i = 0; i < layer.count; i++) visible += layer.shown[layer.style[i]] ? 1 : 0;
      }
      this.onPaint({ ms, visible });
    }
    bounds() {
      const [west, south, east, north] = this.header.bounds;
      return L.latLngBounds([south, west], [north, east]);
    }
    boundsOf(key) {
      for (const layer of this.layers) {
        const row = (layer.keys || []).indexOf(key);
        if (row < 0) continue;
        const spans = ringsOf(layer, row).flat();
        return L.latLngBounds(spans.flatMap(([from, to]) => latLngs(layer, this.header.origin, from, to)));
      }
      return null;
    }
    /* What lies under a place of the map: the nearest mark, else the topmost shape that has something to say. */
    at(containerPoint) {
      const scale = WORLD * 2 ** this.map.getZoom();
      const place = this.map.getPixelBounds().min.add(containerPoint).divideBy(scale);
      const reach = (this.points.radius() + TAP_PX) / scale;
      for (let index = this.layers.length - 1; index >= 0; index--) {
        const layer = this.layers[index];
        if (!layer.texts) continue;
        const row = layer.kind === "points" ? nearest(layer, place, reach)
          : layer.kind === "polygons" ? holder(layer, place) : -1;
        if (row >= 0) return { layer: index, row, text: layer.texts[row] };
      }
      return null;
    }
    /* ---- choosing: rows of the one layer that may be chosen from ---- */
    choosable() {
      return this.layers[this.header.choosable ?? -1];
    }
    ring(rows) {
      this.chosen = rows;
      this.points.paint();
    }
    placeOf(containerPoint) {
      return this.map.getPixelBounds().min.add(containerPoint).divideBy(WORLD * 2 ** this.map.getZoom());
    }
    choosableAt(containerPoint) {
      const reach = (this.points.radius() + TAP_PX) / (WORLD * 2 ** this.map.getZoom());
      const layer = this.choosable();
      return layer ? nearest(layer, this.placeOf(containerPoint), reach) : -1;
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
        if (x < west || x > east || y < north || y > south || !layer.shown[layer.style[i]]) continue;
        if (ringHolds(ring, 0, places.length, x, y)) found.push(i);
      }
      return found;
    }
    toggle(entry, on) {
      const layer = this.layers[entry.layer];
      layer.styles.forEach((style, number) => {
        const same = !entry.color || style.color === entry.color;
        const alike = layer.kind !== "points" || style.shape === entry.shape;
        if (same && alike) layer.shown[number] = on;
      });
      this.show();
    }
    remove() {
      this.group.remove();
      this.points.remove();
    }
  }

  function nearest(layer, place, reach) {
    let best = -1;
    let least = reach * reach;
    for (let i = 0; i < layer.count; i++) {
      const dx = layer.x[i] - place.x;
      const dy = layer.y[i] - place.y;
      const far = dx * dx + dy * dy;
      if (far <= least && layer.shown[layer.style[i]]) {
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

  /* ---- what stands around the map: legend, popup, scale, the button that shows everything ---- */

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function swatch(entry, ink) {
    const dpr = 2;
    const canvas = element("canvas", "diaban-swatch");
    canvas.width = canvas.height = 18 * dpr;
    const pen = canvas.getContext("2d");
    pen.scale(dpr, dpr);
    const color = entry.color || ink.grey;
    if (entry.shape === "area") {
      pen.globalAlpha = 0.35;
      pen.fillStyle = color;
      pen.fillRect(2, 4, 14, 10);
      pen.globalAlpha = 1;
      pen.strokeStyle = color;
      pen.lineWidth = 1.5;
      pen.strokeRect(2, 4, 14, 10);
    } else if (entry.shape === "line") {
      pen.fillStyle = color;
      pen.fillRect(2, 8, 14, 1.5);
    } else if (entry.shape !== "none") paintMark(pen, { shape: entry.shape, color }, 9, 5, ink);
    return canvas;
  }

  /* One line an entry; a click hides or shows what it stands for. What was hidden stays so in the next drawing. */
  function fillLegend(box, drawing) {
    const ink = inkOf(drawing.stage);
    const hidden = new Set([...box.querySelectorAll('[aria-pressed="false"] .diaban-entry-text')].map((line) => line.textContent));
    box.replaceChildren(...drawing.header.legend.map((entry) => {
      const fixed = entry.shape === "none";
      const line = element(fixed ? "div" : "button", "diaban-entry");
      line.append(swatch(entry, ink), element("span", "diaban-entry-text", entry.text), element("span", "diaban-entry-count", entry.count));
      if (fixed) return line;
      line.type = "button";
      line.setAttribute("aria-pressed", "true");
      line.addEventListener("click", () => {
        const on = line.getAttribute("aria-pressed") !== "true";
        line.setAttribute("aria-pressed", String(on));
        drawing.toggle(entry, on);
      });
      if (hidden.has(entry.text)) line.click();
      return line;
    }));
    box.hidden = drawing.header.legend.length === 0;
  }

  function popup(stage) {
    const box = element("div", "diaban-tip");
    box.hidden = true;
    stage.append(box);
    return {
      hide() {
        box.hidden = true;
      },
      show(text, point) {
        const [first, ...rest] = text.split("\n");
        box.replaceChildren(element("strong", "", first), ...rest.map((line) => element("div", "", line)));
        box.hidden = false;
        const left = Math.min(Math.max(point.x + 14, 4), stage.clientWidth - box.offsetWidth - 4);
        const below = point.y + 18 + box.offsetHeight < stage.clientHeight;
        box.style.left = `${Math.max(left, 4)}px`;
        box.style.top = `${below ? point.y + 14 : Math.max(point.y - box.offsetHeight - 10, 4)}px`;
      },
    };
  }

  /* Moving shows what is under the pointer; a click or tap keeps it until the next one, and tells `onPick`. */
  function listen(map, stage, current, onPick, claims = () => false) {
    const tip = popup(stage);
    let kept = null;
    let waiting = 0;
    map.on("mousemove", (event) => {
      if (kept) return;
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        const found = current() && current().at(event.containerPoint);
        if (found) tip.show(found.text, event.containerPoint);
        else tip.hide();
      });
    });
    map.on("mouseout", () => {
      if (!kept) tip.hide();
    });
    map.on("movestart zoomstart", () => {
      kept = null;
      tip.hide();
    });
    map.on("click", (event) => {
      if (claims(event)) return;
      const found = current() && current().at(event.containerPoint);
      const again = found && kept && found.layer === kept.layer && found.row === kept.row;
      kept = again ? null : found;
      if (kept) tip.show(kept.text, event.containerPoint);
      else tip.hide();
      onPick(kept);
    });
    return {
      kept: () => kept !== null,
      forget() {
        kept = null;
        tip.hide();
      },
    };
  }

  function newMap(stage, words, whole) {
    const map = L.map(stage, {
      attributionControl: false, zoomControl: false, preferCanvas: true, zoomSnap: 0.25, wheelPxPerZoomLevel: 90,
      minZoom: 4, maxZoom: 20, renderer: L.canvas({ padding: AROUND }), boxZoom: false,
    });
    furnish(map, words, whole);
    return map;
  }

  function furnish(map, words, whole) {
    map.createPane("marks").style.zIndex = 450;
    map.getPane("marks").style.pointerEvents = "none";
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
    const button = L.control({ position: "topleft" });
    button.onAdd = () => {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const link = L.DomUtil.create("a", "diaban-whole", bar);
      link.href = "#";
      link.role = "button";
      link.title = words.whole;
      link.setAttribute("aria-label", words.whole);
      link.textContent = "\u26f6";
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(link, "click", (event) => {
        L.DomEvent.stop(event);
        whole();
      });
      return bar;
    };
    button.addTo(map);
  }

  return { unpack, Drawing, element, fillLegend, listen, newMap, furnish };
}
