/* Choosing households: freehand lasso, rectangle, shift-click; with a mouse, a pen or a finger.
   What is chosen is a set of rows of one layer, ringed on the map, counted beside the tools. */
"use strict";

function diabanChoosing(L, core, panels, { map, stage, current, words, onChange }) {
  const TAP_PX = 6;
  const SHAPES = {
    lasso: "M7 14C1 12 2 4 10 4S19 11 12 13C9 14 6 13 6 15S8 17 7 18",
    rectangle: "M3 5H17V15H3Z",
  };
  let tool = null;
  let path = null;
  const buttons = {};
  const count = core.element("button", "diaban-chosen");
  const outline = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const trace = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
  outline.setAttribute("class", "diaban-outline");
  outline.append(trace);
  stage.append(outline);

  const bar = panels.group(...Object.keys(SHAPES).map(toolOf), count);
  count.type = "button";
  count.hidden = true;
  count.addEventListener("click", clear);

  function toolOf(shape) {
    const button = core.element("button", "diaban-tool");
    button.type = "button";
    button.title = words[shape];
    button.setAttribute("aria-label", words[shape]);
    button.setAttribute("aria-pressed", "false");
    button.append(diabanIcon(SHAPES[shape]));
    button.addEventListener("click", () => take(tool === shape ? null : shape));
    buttons[shape] = button;
    return button;
  }

  function take(shape) {
    tool = shape;
    path = null;
    draw();
    for (const [name, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(name === tool));
    stage.classList.toggle("diaban-choosing", tool !== null);
    if (tool) map.dragging.disable();
    else map.dragging.enable();
  }

  function draw() {
    const corners = path ? cornersOf(path) : [];
    trace.setAttribute("points", corners.map(({ x, y }) => `${x},${y}`).join(" "));
  }

  function cornersOf(places) {
    if (tool !== "rectangle") return places;
    const [one, other] = [places[0], places[places.length - 1]];
    return [one, { x: other.x, y: one.y }, other, { x: one.x, y: other.y }];
  }

  function placeOf(event) {
    const box = stage.getBoundingClientRect();
    return L.point(event.clientX - box.left - stage.clientLeft, event.clientY - box.top - stage.clientTop);
  }

  /* On the stage itself, before Leaflet: a second finger gives the gesture back to the map. */
  stage.addEventListener("pointerdown", (event) => {
    if (!tool || !event.isPrimary || event.button !== 0 || event.target.closest(".leaflet-control, .diaban-panel, .diaban-tip")) {
      if (path && !event.isPrimary) { path = null; draw(); }
      return;
    }
    stage.setPointerCapture(event.pointerId);
    path = [placeOf(event)];
  });
  stage.addEventListener("pointermove", (event) => {
    if (!path || !event.isPrimary) return;
    path.push(placeOf(event));
    draw();
  });
  stage.addEventListener("pointerup", (event) => {
    if (!path || !event.isPrimary) return;
    const drawn = cornersOf(path);
    const tapped = path.every((place) => place.distanceTo(path[0]) < TAP_PX);
    const more = event.shiftKey;
    path = null;
    draw();
    if (tapped) toggle(drawn[0]);
    else choose(current().rowsInside(drawn), more);
    stage.focus({ preventScroll: true });
  });
  stage.addEventListener("pointercancel", () => {
    path = null;
    draw();
  });

  function toggle(place) {
    const row = current().choosableAt(place);
    if (row < 0) return false;
    const rows = new Set(current().chosen);
    if (!rows.delete(row)) rows.add(row);
    say(rows);
    return true;
  }

  function choose(rows, more) {
    say(new Set(more ? [...current().chosen, ...rows] : rows));
  }

  function clear() {
    say(new Set());
  }

  function say(rows) {
    if (!rows.size && !current().chosen.size) return;
    show(rows);
    onChange([...rows].sort((one, other) => one - other));
  }

  function show(rows) {
    current().ring(rows);
    count.hidden = rows.size === 0;
    count.textContent = words.chosen.replace("%", current().said.count(rows.size));
    count.title = words.clear;
  }

  return {
    show,
    toggle,
    offer(wanted) {
      bar.hidden = !wanted;
      if (!wanted) take(null);
    },
    busy: () => tool !== null,
    /* What Esc takes back, one thing at a time; false where there is nothing. */
    escape() {
      if (path) { path = null; draw(); return true; }
      if (current().chosen.size) { clear(); return true; }
      if (tool) { take(null); return true; }
      return false;
    },
  };
}
