/* Marks: small bitmaps, drawn once per look and copied per point; the same in the legend. */
"use strict";

function diabanMarks() {
  function inkOf(element) {
    const look = getComputedStyle(element);
    const titlePx = parseFloat(look.getPropertyValue("--diaban-title")) || 12;
    return { paper: look.backgroundColor, text: look.color, font: look.fontFamily, grey: "#8a8a8a", titlePx };
  }

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
    if (shape === "ring") return strokes(pen, [[Math.max(r * 1.1, 2), ink.paper], [Math.max(r * 0.7, 1.2), color || ink.text]]);
    if (shape === "chosen") return strokes(pen, [[5, ink.paper], [2.4, ink.text]]);
    pen.lineWidth = shape === "home" ? Math.max(r * 0.4, 2) : r * 0.35;
    pen.strokeStyle = shape === "home" ? ink.text : ink.paper;
    if (r > 2) pen.stroke();
    pen.fillStyle = color || ink.grey;
    pen.fill();
  }

  function strokes(pen, drawn) {
    for (const [width, color] of drawn) {
      pen.lineWidth = width;
      pen.strokeStyle = color;
      pen.stroke();
    }
  }

  /* The pixels of a mark, around its middle. */
  function stamp(style, radius, dpr, ink) {
    const r = (style.shape === "home" ? Math.max(radius * 1.2 + 1, 4) : radius) * dpr;
    const half = Math.ceil(r * 1.6 + 2);
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

  /* Copy a mark into the pixels of a picture; one that would be cut off is left out. */
  function press(mark, target, width, height, x, y) {
    const { half, dx, dy, rgba } = mark;
    if (x < half || y < half || x >= width - half || y >= height - half) return;
    const at = y * width + x;
    for (let k = 0; k < rgba.length; k++) {
      const pixel = at + dy[k] * width + dx[k];
      target[pixel] = over(rgba[k], target[pixel]);
    }
  }

  /* What stands for a line of the legend. */
  function swatch(entry, ink) {
    const dpr = 2;
    const canvas = document.createElement("canvas");
    canvas.className = "diaban-swatch";
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

  return { inkOf, stamp, press, swatch };
}
