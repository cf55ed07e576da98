/* The basemap the ward brings, from our own server, below everything else; its credit as plain text. */
"use strict";

function diabanBasemap(L, core, map, { basemap, base }) {
  if (!basemap) return;
  const { path, least, most, credit } = basemap;
  L.tileLayer(`${location.origin}${base}${path}`, {
    minNativeZoom: least, maxNativeZoom: most, minZoom: 4, maxZoom: 20, className: "diaban-tile",
  }).addTo(map);
  if (credit) core.placed("bottomright", () => core.element("div", "diaban-credit", credit)).addTo(map);
}
