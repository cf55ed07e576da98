/* The row of tools at the top of the map, and panels that open under it, one at a time. */
"use strict";

function diabanPanels(L, core, { map, stage }) {
  const row = core.element("div", "diaban-toolbar");
  const panels = [];
  core.placed("topright", () => {
    L.DomEvent.disableClickPropagation(row);
    return row;
  }).addTo(map);

  /* A group of buttons in the row. */
  function group(...buttons) {
    const box = core.element("div", "leaflet-bar diaban-tools");
    box.append(...buttons);
    row.append(box);
    return box;
  }

  /* A button that opens and closes a panel of its own. */
  function panel(label, content) {
    const button = core.element("button", "diaban-tool");
    const box = core.element("div", "diaban-panel");
    const made = { button, box, group: group(button), open, escape };
    button.type = "button";
    button.title = label;
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-expanded", "false");
    button.append(content);
    button.addEventListener("click", () => open(box.hidden));
    box.hidden = true;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", label);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    stage.append(box);
    panels.push(made);

    function open(wanted) {
      if (wanted) for (const other of panels) if (other !== made) other.open(false);
      box.hidden = !wanted;
      button.setAttribute("aria-expanded", String(wanted));
      if (wanted) (box.querySelector("select, input") || button).focus();
    }
    function escape() {
      if (box.hidden) return false;
      open(false);
      button.focus();
      return true;
    }
    return made;
  }

  return { group, panel, escape: () => panels.some((one) => one.escape()) };
}

function diabanIcon(path) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("viewBox", "0 0 20 20");
  drawn.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  drawn.append(line);
  return drawn;
}
