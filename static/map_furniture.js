/* What stands on every map: zoom, the button that shows everything, scale bar, north. */
"use strict";

function diabanFurniture(L, { element }, { AROUND }) {
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
    placed("topleft", () => wholeButton(words, whole)).addTo(map);
    placed("bottomright", () => north(words)).addTo(map);
  }

  function placed(position, make) {
    const control = L.control({ position });
    control.onAdd = make;
    return control;
  }

  function wholeButton(words, whole) {
    const bar = element("div", "leaflet-bar");
    const link = element("a", "diaban-whole", "\u26f6");
    link.href = "#";
    link.role = "button";
    link.title = words.whole;
    link.setAttribute("aria-label", words.whole);
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.on(link, "click", (event) => {
      L.DomEvent.stop(event);
      whole();
    });
    bar.append(link);
    return bar;
  }

  function north(words) {
    const sign = element("div", "diaban-north", words.north);
    sign.title = words.north_up;
    return sign;
  }

  return { newMap, furnish, placed };
}
