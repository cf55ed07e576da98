/* The zone on a map: streets, neighbours' zones pale, households as numbered pins in walking order. */
"use strict";

function diabanPhoneMap(stage, ground, homes, words, open) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shade = dark ? { street: "#77818b", other: "#3a434b", zone: "#5db4e6" } : { street: "#8a949e", other: "#c3cad1", zone: "#0b5a8a" };
  const map = L.map(stage, { attributionControl: false, zoomControl: false, zoomSnap: 0.25, maxZoom: 20, preferCanvas: true });
  const still = { interactive: false };
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  for (const rings of ground.others) L.polygon(rings, { ...still, color: shade.other, weight: 1, fillOpacity: 0.25 }).addTo(map);
  for (const line of ground.streets) L.polyline(line, { ...still, color: shade.street, weight: 2 }).addTo(map);
  const zone = ground.zone.map((rings) => L.polygon(rings, { ...still, color: shade.zone, weight: 3, fillOpacity: 0.06 }).addTo(map));

  const pins = homes.filter((home) => home.lat !== null).map((home) => {
    const pin = document.createElement("div");
    pin.className = "pin";
    pin.textContent = home.stop;
    const icon = L.divIcon({ html: pin, className: "", iconSize: [32, 32] });
    const marker = L.marker([home.lat, home.lon], { icon, title: String(home.stop), keyboard: true });
    marker.on("click", () => open(home));
    return { home, pin, marker: marker.addTo(map) };
  });
  const all = L.featureGroup([...zone, ...pins.map((one) => one.marker)]);
  const fit = () => {
    map.invalidateSize({ animate: false });
    if (all.getLayers().length) map.fitBounds(all.getBounds(), { padding: [18, 18], animate: false });
    else map.setView([16, 107], 6);
  };
  fit();
  return {
    fit,
    mark: (standing) => pins.forEach(({ home, pin }) => { pin.className = `pin ${standing(home)}`; }),
  };
}
