/* The handout: the drawing of the live map on the map that the page has made, from a blob in the page itself. */
"use strict";

function diabanHandout(map, blob, words) {
  const core = diabanCore(L);
  const stage = map.getContainer();
  const root = stage.closest(".diaban-map");
  const bytes = Uint8Array.from(atob(blob), (letter) => letter.charCodeAt(0));
  const content = core.unpack(bytes);
  const fit = () => map.fitBounds(drawing.bounds(), { padding: [12, 12], animate: false });
  let drawing = null;
  let legend = null;

  stage.classList.add("diaban-stage");
  map.invalidateSize({ animate: false });
  core.furnish(map, words, fit);
  core.listen(map, stage, () => drawing, { words });
  const { bounds: [west, south, east, north] } = content.header;
  map.fitBounds([[south, west], [north, east]], { padding: [12, 12], animate: false });
  drawing = new core.Drawing(map, stage, content, ({ visible, counted }) => {
    root.dataset.visible = visible;
    legend.explain(counted.length ? counted[0].share : null);
  });
  legend = core.fillLegend(root.querySelector(".diaban-legend"), drawing);
  drawing.begin();
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(stage);
  // Names are measured and painted with the page's own font, which comes a moment later.
  document.fonts.load("600 12px 'Be Vietnam Pro'", "Tổ").then(() => drawing.repaint());

  const count = (kind) => content.layers.reduce((sum, layer) => sum + (layer.kind === kind ? layer.count : 0), 0);
  Object.assign(root.dataset, { points: count("points"), polygons: count("polygons"), lines: count("lines"), ready: "1" });
}
