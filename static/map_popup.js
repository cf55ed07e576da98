/* What is said about a place: in passing under the pointer; after a click, tap or Enter until it is closed. */
"use strict";

function diabanPopup(L, { element }) {
  function popup(stage, words, onClose) {
    const box = element("div", "diaban-tip");
    const close = element("button", "diaban-tip-close", "\u00d7");
    close.type = "button";
    close.title = words.close || "";
    close.setAttribute("aria-label", words.close || "");
    close.addEventListener("click", onClose);
    box.hidden = true;
    L.DomEvent.disableClickPropagation(box);
    stage.append(box);
    return {
      hide() {
        box.hidden = true;
      },
      /* `text` has lines; the first is the name. */
      show(text, point, kept) {
        const [first, ...rest] = text.split("\n");
        const lines = [element("strong", "", first), ...rest.map((line) => element("div", "", line))];
        box.replaceChildren(...lines, ...(kept ? [close] : []));
        box.classList.toggle("kept", kept);
        box.setAttribute("role", kept ? "status" : "presentation");
        box.hidden = false;
        const left = Math.min(Math.max(point.x + 14, 4), stage.clientWidth - box.offsetWidth - 4);
        const below = point.y + 18 + box.offsetHeight < stage.clientHeight;
        box.style.left = `${Math.max(left, 4)}px`;
        box.style.top = `${below ? point.y + 14 : Math.max(point.y - box.offsetHeight - 10, 4)}px`;
      },
    };
  }

  /* `onPick` hears what was clicked, null for nothing; `claims` says which clicks are meant for somebody else. */
  function listen(map, stage, current, { words = {}, onPick = () => {}, claims = () => false }) {
    const ring = element("div", "diaban-here");
    ring.hidden = true;
    stage.append(ring, element("div", "diaban-cross"));
    const tip = popup(stage, words, () => pick(null));
    let kept = null;
    let waiting = 0;

    function forget() {
      kept = null;
      ring.hidden = true;
      tip.hide();
    }
    /* Show what is kept, where it is now. */
    function place() {
      if (!kept) return;
      const point = map.latLngToContainerPoint(kept.latLng);
      const size = map.getSize();
      const inside = point.x >= 0 && point.y >= 0 && point.x <= size.x && point.y <= size.y;
      ring.hidden = !inside || !kept.point;
      ring.style.transform = `translate(${point.x}px, ${point.y}px)`;
      if (inside) tip.show(kept.text ?? words.waiting, point, true);
      else tip.hide();
    }
    function keep(found, latLng) {
      kept = { ...found, latLng: found.point ? current().latLngOf(found) : latLng };
      place();
    }
    function pick(found, latLng) {
      if (found) keep(found, latLng);
      else forget();
      onPick(found);
    }
    function pickAt(containerPoint) {
      const found = current() && current().at(containerPoint);
      if (found && found.square) {
        map.fitBounds(found.square, { padding: [20, 20] });
        return;
      }
      const again = found && kept && found.layer === kept.layer && found.row === kept.row;
      if (again || (!found && !kept)) pick(null);
      else pick(found, map.containerPointToLatLng(containerPoint));
    }

    map.on("mousemove", (event) => {
      if (kept) return;
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        const found = !claims(event) && current() && current().at(event.containerPoint);
        stage.classList.toggle("diaban-over", Boolean(found && (found.point || found.square)));
        if (kept) return;
        if (found && found.text) tip.show(found.text, event.containerPoint, false);
        else tip.hide();
      });
    });
    map.on("mouseout", () => {
      if (!kept) tip.hide();
    });
    map.on("move zoomend viewreset resize", () => (kept ? place() : tip.hide()));
    map.on("click", (event) => {
      if (!claims(event)) pickAt(event.containerPoint);
    });
    stage.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === stage) pickAt(map.getSize().divideBy(2));
    });
    return {
      forget,
      keep,
      /* What the page answers about a row that was clicked. */
      answer(found) {
        if (!kept || kept.layer !== found.layer || kept.row !== found.row || kept.text === found.text) return;
        kept.text = found.text;
        place();
      },
      escape() {
        if (!kept) return false;
        pick(null);
        return true;
      },
    };
  }

  return { listen };
}
