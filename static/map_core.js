/* Draws a blob of layers (layers/packed.py) on a Leaflet map: the live map and the handout share it.
   Data reaches the page as text nodes and pixels only, never as HTML. */
"use strict";

function diabanCore(L) {
  const ground = diabanGround();
  const marks = diabanMarks();
  const bins = diabanBins(ground);
  const points = diabanPoints(L, ground, marks, bins);
  const shapes = diabanShapes(L, ground);
  const looks = diabanLooks();
  const legend = diabanLegend(marks, bins);
  return {
    ...diabanBlob(),
    ...diabanDrawing(L, ground, marks, shapes, looks, bins, points),
    ...legend,
    ...diabanPopup(L, legend),
    ...diabanFurniture(L, legend, points),
  };
}
