/* The live map inside Streamlit: one Leaflet map per place on the page, kept across reruns.
   Streamlit calls the default export on every rerun, and what it returns once, when the place goes away. */

const live = new WeakMap();
const NEAR_ZOOM = 18;
let leaflet = null;

function loadLeaflet(path) {
  leaflet ??= import(`${location.origin}${path}/vendor/leaflet/leaflet.js`).then(() => window.L);
  return leaflet;
}

class LiveMap {
  constructor(place) {
    this.root = place.querySelector(".diaban-map");
    this.stage = place.querySelector(".diaban-stage");
    this.box = place.querySelector(".diaban-legend");
    this.calls = 0;
    this.id = null;
    this.focus = null;
    // For whoever tests the page: where on the stage a place is.
    this.root.placeOf = (lat, lon) => {
      const { x, y } = this.map.latLngToContainerPoint([lat, lon]);
      return [x + this.stage.clientLeft, y + this.stage.clientTop];
    };
  }

  async update({ data, setStateValue }) {
    const call = ++this.calls;
    this.tell = setStateValue;
    const header = diabanBlob().headerOf(data);
    this.root.style.setProperty("--height", `${header.height}px`);
    try {
      const L = await loadLeaflet(header.static);
      if (call !== this.calls) return;
      this.core ??= diabanCore(L);
      if (header.id === this.id) this.drawing.restyle();
      else this.draw(L, header, data);
      this.offerChoosing(L, header);
      this.offerPlacing(header);
      this.look(header);
      if (header.answer) this.popup.answer(header.answer);
      this.search.offer(header.search);
      this.search.answer(header.found);
      this.root.dataset.ready = "1";
    } catch (fault) {
      this.root.dataset.ready = "0";
      this.stage.replaceChildren(Object.assign(document.createElement("p"), { className: "diaban-note", textContent: header.words.failed }));
      throw fault;
    }
  }

  draw(L, header, data) {
    this.map ??= this.start(L, header);
    if (this.drawing) this.drawing.remove();
    else this.map.fitBounds(boundsOf(header), { animate: false, padding: [12, 12] });
    this.drawing = new this.core.Drawing(this.map, this.stage, this.core.unpack(data), (painted) => this.painted(painted));
    this.legend = this.core.fillLegend(this.box, this.drawing);
    this.popup.forget();
    this.filters.offer();
    this.drawing.begin();
    this.id = header.id;
    const count = (kind) => header.layers.reduce((sum, layer) => sum + (layer.kind === kind ? layer.count : 0), 0);
    Object.assign(this.root.dataset, { points: count("points"), polygons: count("polygons"), lines: count("lines") });
  }

  painted({ ms, visible, counted }) {
    Object.assign(this.root.dataset, { paintMs: ms.toFixed(1), visible, binned: counted.length ? "1" : "0" });
    this.legend.recount();
    this.legend.explain(counted.length ? counted[0].share : null);
    this.filters.count();
  }

  start(L, header) {
    const { words } = header;
    const map = this.core.newMap(this.stage, words, () => map.fitBounds(this.drawing.bounds(), { padding: [12, 12] }));
    this.stage.setAttribute("role", "application");
    this.stage.setAttribute("aria-label", words.keys);
    diabanBasemap(L, this.core, map, header);
    const current = () => this.drawing;
    this.panels = diabanPanels(L, this.core, { map, stage: this.stage });
    this.search = diabanSearch(this.core, this.panels, {
      words,
      onSearch: (text) => this.tell("searched", { text }),
      onGo: (row) => this.go(row),
    });
    this.filters = diabanFilters(this.core, this.panels, {
      words, current,
      onChange: (ms) => (this.root.dataset.filterMs = ms.toFixed(1)),
    });
    this.stage.after(this.filters.shown);
    this.popup = this.core.listen(map, this.stage, current, {
      words,
      onPick: (found) => this.picked(found),
      claims: (event) => this.claimed(event),
    });
    this.stage.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const part of [this.panels, this.choosing, this.popup]) if (part && part.escape()) break;
    });
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      this.root.dataset.view = `${lat.toFixed(5)},${lng.toFixed(5)},${map.getZoom()}`;
    });
    // Names are measured and painted with the page's own font, which may come a moment later.
    document.fonts.ready.then(() => this.drawing && this.drawing.repaint());
    this.sizes = new ResizeObserver(() => map.invalidateSize({ animate: false }));
    this.sizes.observe(this.stage);
    return map;
  }

  /* Clicks that are no question about what lies there. */
  claimed({ originalEvent, containerPoint, latlng, type }) {
    if (this.placing && type === "click") {
      // The moment tells one click from the next at the same place.
      this.tell("place", { lat: latlng.lat, lon: latlng.lng, at: Date.now() });
      return true;
    }
    if (!this.choosing) return false;
    return this.choosing.busy() || (type === "click" && originalEvent.shiftKey && this.choosing.toggle(containerPoint));
  }

  offerPlacing(header) {
    this.placing = header.placing;
    this.root.dataset.placing = header.placing ? "1" : "0";
    this.stage.style.cursor = header.placing ? "crosshair" : "";
  }

  /* Tell the page what was clicked; nothing twice only once. */
  picked(found) {
    if (!found && !this.hasPicked) return;
    this.hasPicked = Boolean(found);
    this.tell("clicked", found && { id: this.id, layer: found.layer, row: found.row });
  }

  /* Tools appear where the page wants a choice; what was chosen belongs to one drawing. */
  offerChoosing(L, header) {
    const wanted = header.choosable !== null;
    if (this.choosing) this.choosing.offer(wanted);
    if (!wanted) return;
    this.drawing.header.choosable = header.choosable;
    this.choosing ??= diabanChoosing(L, this.core, this.panels, {
      map: this.map, stage: this.stage, words: header.words, current: () => this.drawing,
      onChange: (rows) => {
        this.chosenIn = this.id;
        this.root.dataset.chosen = rows.length;
        this.tell("chosen", { id: this.id, rows });
      },
    });
    // What this browser was told last is newer than what the page knows of the same drawing.
    if (this.chosenIn === header.id) return;
    this.chosenIn = header.id;
    this.choosing.show(new Set(header.chosen));
    this.root.dataset.chosen = header.chosen.length;
  }

  /* Go to what the page asks for, once each time it asks for something else. */
  look(header) {
    const { key = null, bounds, layer, row, text } = header.focus || {};
    if (key === this.focus) return;
    const first = this.focus === null && key === null;
    this.focus = key;
    if (first) return;
    if (layer === undefined) {
      this.map.fitBounds(bounds ? boundsOf({ bounds }) : this.drawing.bounds(), { padding: [24, 24], animate: false });
      return;
    }
    this.near({ layer, row, point: true, text });
  }

  /* Go to a household that was found, and ask who lives there. */
  go({ layer, row }) {
    const found = { layer, row, point: true, text: null };
    this.near(found);
    this.picked(found);
    this.stage.focus({ preventScroll: true });
  }

  near(found) {
    this.map.setView(this.drawing.latLngOf(found), Math.max(this.map.getZoom(), NEAR_ZOOM), { animate: false });
    this.popup.keep(found);
  }

  remove() {
    this.calls++;
    if (this.sizes) this.sizes.disconnect();
    if (this.map) this.map.remove();
  }
}

function boundsOf({ bounds: [west, south, east, north] }) {
  return [[south, west], [north, east]];
}

export default function (component) {
  const place = component.parentElement;
  if (!live.has(place)) live.set(place, new LiveMap(place));
  const map = live.get(place);
  map.update(component);
  const call = map.calls;
  return () => {
    // A rerun that overtook this call owns the map now.
    if (live.get(place) !== map || call !== map.calls) return;
    live.delete(place);
    map.remove();
  };
}
