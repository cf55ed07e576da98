/* The panel of filters: status is switched in the legend, everything else by which rows differ here.
   What was chosen stays chosen in the next drawing, as far as its options still exist. */
"use strict";

function diabanFilters(L, core, { map, stage, words, current, onChange }) {
  const panel = core.element("div", "diaban-panel");
  const button = core.element("button", "diaban-filter");
  const shown = core.element("div", "diaban-shown");
  let choices = {};
  panel.hidden = true;
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", words.filter);
  shown.setAttribute("role", "status");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => open(panel.hidden));
  L.DomEvent.disableClickPropagation(panel);
  L.DomEvent.disableScrollPropagation(panel);
  stage.append(panel);

  const bar = core.placed("topright", () => {
    const box = core.element("div", "leaflet-bar diaban-tools");
    box.append(button);
    L.DomEvent.disableClickPropagation(box);
    return box;
  }).addTo(map);

  function open(wanted) {
    panel.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    if (wanted) panel.querySelector("select, input, button").focus();
  }

  /* Offer what the drawing of now can be filtered by, and go on with what was chosen. */
  function offer() {
    const layer = current().filterable();
    bar.getContainer().hidden = !layer;
    shown.hidden = !layer;
    if (!layer) {
      open(false);
      return;
    }
    choices = kept(layer);
    const clear = core.element("button", "diaban-clear", words.filter_clear);
    clear.type = "button";
    clear.addEventListener("click", () => {
      choices = {};
      offer();
      tell();
    });
    panel.replaceChildren(...layer.facets.map(fieldOf), clear);
    current().filter(choices);
    count();
  }

  function kept(layer) {
    const found = {};
    for (const { name, kind, options } of layer.facets) {
      const before = choices[name];
      if (before === undefined) continue;
      if (kind === "any") {
        const left = before.filter((option) => options.includes(option));
        if (left.length) found[name] = left;
      } else if (options.includes(before)) found[name] = before;
    }
    return found;
  }

  function fieldOf(facet) {
    const field = core.element("fieldset", "diaban-field");
    field.append(core.element("legend", "", words[`facet_${facet.name}`]));
    field.append(...(facet.kind === "any" ? boxesOf(facet) : [selectOf(facet)]));
    return field;
  }

  function selectOf({ name, options }) {
    const select = core.element("select", "");
    select.setAttribute("aria-label", words[`facet_${name}`]);
    select.append(optionOf("", words.filter_all), ...options.map((option, place) => optionOf(`${place}`, option)));
    select.value = choices[name] === undefined ? "" : `${options.indexOf(choices[name])}`;
    select.addEventListener("change", () => take(name, select.value === "" ? undefined : options[select.value]));
    return select;
  }

  function optionOf(value, text) {
    const option = core.element("option", "", text);
    option.value = value;
    return option;
  }

  function boxesOf({ name, options }) {
    return options.map((option) => {
      const line = core.element("label", "diaban-check");
      const box = core.element("input", "");
      box.type = "checkbox";
      box.checked = (choices[name] || []).includes(option);
      box.addEventListener("change", () => {
        const others = (choices[name] || []).filter((one) => one !== option);
        const all = box.checked ? [...others, option] : others;
        take(name, all.length ? all : undefined);
      });
      line.append(box, core.element("span", "", option));
      return line;
    });
  }

  function take(name, choice) {
    const { [name]: _, ...others } = choices;
    choices = choice === undefined ? others : { ...others, [name]: choice };
    tell();
  }

  function tell() {
    const began = performance.now();
    current().filter(choices);
    count();
    onChange(performance.now() - began);
  }

  /* How many households are shown, of how many. */
  function count() {
    const layer = current().filterable();
    if (!layer) return;
    const { shown: some, total } = current().tally(layer);
    const { count: said } = current().said;
    shown.textContent = words.shown.replace("%1", said(some)).replace("%2", said(total));
    const active = Object.keys(choices).length;
    button.textContent = active ? `${words.filter} (${active})` : words.filter;
    button.classList.toggle("active", active > 0);
  }

  return {
    shown,
    offer,
    count,
    escape() {
      if (panel.hidden) return false;
      open(false);
      button.focus();
      return true;
    },
  };
}
