/* The legend: one line an entry; a click hides or shows what it stands for. */
"use strict";

function diabanLegend({ inkOf, swatch }, { FILLS }) {
  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* What was hidden stays so in the next drawing. Returns how to count again, and to say what squares mean. */
  function fillLegend(box, drawing) {
    const ink = inkOf(drawing.stage);
    const hidden = new Set([...box.querySelectorAll('[aria-pressed="false"] .diaban-entry-text')].map((line) => line.textContent));
    const lines = drawing.header.legend.map((entry) => ({ entry, ...line(entry, drawing, ink, hidden) }));
    const squares = scale();
    box.replaceChildren(...lines.map(({ shown }) => shown), squares.shown);
    box.hidden = lines.length === 0;
    return {
      recount() {
        for (const { entry, count } of lines) count.textContent = recounted(entry, drawing);
      },
      explain: squares.explain,
    };
  }

  function line(entry, drawing, ink, hidden) {
    const fixed = entry.shape === "none";
    const shown = element(fixed ? "div" : "button", "diaban-entry");
    const count = element("span", "diaban-entry-count", entry.count);
    shown.append(swatch(entry, ink), element("span", "diaban-entry-text", entry.text), count);
    if (fixed) return { shown, count };
    shown.type = "button";
    shown.setAttribute("aria-pressed", "true");
    shown.addEventListener("click", () => {
      const on = shown.getAttribute("aria-pressed") !== "true";
      shown.setAttribute("aria-pressed", String(on));
      drawing.toggle(entry, on);
    });
    if (hidden.has(entry.text)) shown.click();
    return { shown, count };
  }

  /* The count of a line under the filters of now. */
  function recounted(entry, drawing) {
    const layer = drawing.layers[entry.layer];
    const counted = entry.count && entry.shape !== "none" && layer === drawing.filterable();
    if (!counted || Object.keys(drawing.choices).length === 0) return entry.count;
    return drawing.said.count(drawing.stylesOf(entry).reduce((sum, style) => sum + layer.byStyle[style], 0));
  }

  function scale() {
    const shown = element("div", "diaban-entry diaban-scale");
    const steps = element("span", "diaban-scale-steps");
    steps.append(...FILLS.map((fill) => {
      const step = element("span", "");
      step.style.background = fill;
      return step;
    }));
    const text = element("span", "diaban-entry-text");
    shown.append(steps, text);
    shown.hidden = true;
    return {
      shown,
      explain(meaning) {
        shown.hidden = !meaning;
        text.textContent = meaning || "";
      },
    };
  }

  return { element, fillLegend };
}
