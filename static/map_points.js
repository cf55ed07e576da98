/* The canvas of points and names, above everything Leaflet draws. */
"use strict";

function diabanPoints(L, { WORLD }, { stamp, press }, bins) {
  const LEAST_PX = 1.25;
  const MOST_PX = 5.5;
  const AROUND = 0.2; // of the map's size, painted beyond each edge so that a drag shows no gap

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
      this.counted = bins.inView(this.drawing.layers, from, size, this.zoom);
      this.paintMarks(pen, from, dpr);
      this.paintRings(pen, from, dpr);
      pen.scale(dpr, dpr);
      for (const layer of this.counted) bins.paint(pen, layer, from, this.zoom, this.ink, this.drawing.said);
      this.paintNames(pen, from);
      this.drawing.painted(performance.now() - began);
    },
    paintMarks(pen, from, dpr) {
      const { width, height } = pen.canvas;
      const image = pen.createImageData(width, height);
      const target = new Uint32Array(image.data.buffer);
      const scale = WORLD * 2 ** this.zoom * dpr;
      for (const layer of this.drawing.layers) {
        if (layer.kind !== "points" || this.counted.includes(layer)) continue;
        const stamps = layer.styles.map((style, i) => layer.shown[i] && stamp(style, this.radius(), dpr, this.ink));
        for (let k = 0; k < layer.count; k++) {
          const i = layer.order ? layer.order[k] : k;
          const mark = stamps[layer.look[i]];
          if (!mark) continue;
          press(mark, target, width, height, Math.round(layer.x[i] * scale - from.x * dpr), Math.round(layer.y[i] * scale - from.y * dpr));
        }
      }
      pen.putImageData(image, 0, 0);
    },
    /* Chosen households wear a ring, and so does the one whose details are read. */
    paintRings(pen, from, dpr) {
      const scale = WORLD * 2 ** this.zoom * dpr;
      const mark = stamp({ shape: "chosen" }, this.radius() + 2.5, dpr, this.ink);
      const ring = (layer, row) => pen.drawImage(
        mark.canvas,
        Math.round(layer.x[row] * scale - from.x * dpr) - mark.half,
        Math.round(layer.y[row] * scale - from.y * dpr) - mark.half,
      );
      const layer = this.drawing.choosable();
      if (layer && !this.counted.includes(layer)) for (const row of this.drawing.chosen) ring(layer, row);
      const { marked } = this.drawing;
      if (marked && this.drawing.layers[marked.layer].kind === "points") ring(this.drawing.layers[marked.layer], marked.row);
    },
    /* A name is written where its shape is wide enough and no other name is in the way. Of two lines the last, which
       is the figure, finds its place first in every shape; the name above it only where there is room left. */
    paintNames(pen, from) {
      const scale = WORLD * 2 ** this.zoom;
      const { titlePx } = this.ink;
      const taken = this.counted.length ? bins.boxes(this.counted, from, this.zoom) : [];
      pen.font = `600 ${titlePx}px ${this.ink.font}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.lineWidth = 4.5;
      pen.lineJoin = "round";
      const boxOf = ({ x, y }, lines) => {
        const width = Math.max(...lines.map((line) => pen.measureText(line).width));
        const height = (lines.length + 0.1) * titlePx;
        return { lines, width, height, left: x * scale - from.x - width / 2, top: y * scale - from.y - height / 2 };
      };
      const fits = (name, box) => box.width <= name.room * scale * 1.15 && !taken.some((other) => overlap(box, other));
      const placed = [];
      for (const name of this.drawing.names) {
        const box = boxOf(name, name.text.split("\n").slice(-1));
        if (!fits(name, box)) continue;
        taken.push(box);
        placed.push([name, box]);
      }
      for (const [name, box] of placed) {
        const whole = boxOf(name, name.text.split("\n"));
        taken.splice(taken.indexOf(box), 1);
        const shown = fits(name, whole) ? whole : box;
        taken.push(shown);
        this.write(pen, shown);
      }
    },
    write(pen, { lines, left, top, width }) {
      const { titlePx } = this.ink;
      for (const [place, line] of lines.entries()) {
        const at = [line, left + width / 2, top + (place + 0.55) * titlePx];
        pen.strokeStyle = this.ink.paper;
        pen.strokeText(...at);
        pen.fillStyle = this.ink.text;
        pen.fillText(...at);
      }
    },
  });

  function overlap(one, other) {
    return one.left < other.left + other.width && other.left < one.left + one.width &&
      one.top < other.top + other.height && other.top < one.top + one.height;
  }

  return { Points, AROUND };
}
