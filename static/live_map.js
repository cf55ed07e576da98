/* The live map inside Streamlit: one Leaflet map per place on the page, kept across reruns.
   Streamlit calls the default export on every rerun, and what it returns once, when the place goes away. */

const live = new WeakMap();
let leaflet = null;

function loadLeaflet(path) {
  leaflet ??= import(`${location.origin}${path}/vendor/leaflet/leaflet.js`).then(() => window.L);
  return leaflet;
}

class LiveMap {
  constructor(place) {
    this.root = place.querySelector(".diaban-map");
    this.stage = place.querySelector(".diaban-stage");
    this.legend = place.querySelector(".diaban-legend");
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
    this.latest = data;
    const header = readHeader(data);
    this.root.style.setProperty("--height", `${header.height}px`);
    try {
      const L = await loadLeaflet(header.static);
      if (call !== this.calls) return;
      this.core ??= diabanCore(L);
      if (header.id === this.id) this.drawing.restyle();
      else this.draw(header);
      this.look(header);
    } catch (fault) {
      this.root.dataset.ready = "0";
      this.stage.replaceChildren(Object.assign(document.createElement("p"), { className: "diaban-note", textContent: header.words.failed }));
      throw fault;
    }
  }

  draw(header) {
    this.map ??= this.start(header.words);
    if (this.drawing) this.drawing.remove();
    else this.map.fitBounds(boundsOf(header), { animate: false, padding: [12, 12] });
    this.drawing = new this.core.Drawing(this.map, this.stage, this.core.unpack(this.latest), ({ ms, visible }) => {
      this.root.dataset.paintMs = ms.toFixed(1);
      this.root.dataset.visible = visible;
    });
    this.core.fillLegend(this.legend, this.drawing);
    this.popup.forget();
    this.offerChoosing(header);
    this.id = header.id;
    const count = (kind) => header.layers.reduce((sum, layer) => sum + (layer.kind === kind ? layer.count : 0), 0);
    Object.assign(this.root.dataset, { points: count("points"), polygons: count("polygons"), lines: count("lines"), ready: "1" });
  }

  start(words) {
    const map = this.core.newMap(this.stage, words, () => map.fitBounds(this.drawing.bounds(), { padding: [12, 12] }));
    this.popup = this.core.listen(map, this.stage, () => this.drawing, (found) => {
      this.tell("clicked", found && { id: this.id, layer: found.layer, row: found.row });
    }, (event) => this.choosing && (this.choosing.busy() || (event.originalEvent.shiftKey && this.choosing.toggle(event.containerPoint))));
    this.stage.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (this.choosing && this.choosing.escape()) return;
      if (this.popup.kept()) this.popup.forget();
    });
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      this.root.dataset.view = `${lat.toFixed(5)},${lng.toFixed(5)},${map.getZoom()}`;
    });
    this.sizes = new ResizeObserver(() => map.invalidateSize({ animate: false }));
    this.sizes.observe(this.stage);
    return map;
  }

  /* Tools appear where the page wants a choice; what was chosen belongs to one drawing. */
  offerChoosing(header) {
    if (header.choosable === null) return;
    this.choosing ??= diabanChoosing(window.L, this.core, {
      map: this.map, stage: this.stage, words: header.words, current: () => this.drawing,
      onChange: (rows) => {
        this.root.dataset.chosen = rows.length;
        this.tell("chosen", { id: this.id, rows });
      },
    });
    this.choosing.show(new Set(header.chosen));
    this.root.dataset.chosen = header.chosen.length;
  }

  /* Go to what the page asks for, once each time it asks for something else. */
  look(header) {
    if (header.focus === this.focus) return;
    this.focus = header.focus;
    const bounds = (header.focus && this.drawing.boundsOf(header.focus)) || this.drawing.bounds();
    this.map.fitBounds(bounds, { padding: [24, 24], animate: false });
  }

  remove() {
    this.calls++;
    if (this.sizes) this.sizes.disconnect();
    if (this.map) this.map.remove();
  }
}

function readHeader(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
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
