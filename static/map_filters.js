/* The panel of filters: status is switched in the legend, everything else by which rows differ here.
   What was chosen stays chosen in the next drawing, as far as its options still exist. */
"use strict";

function diabanFilters(core, panels, { words, current, onChange }) {
  const label = core.element("span", "", words.filter);
  const { box: panel, button, group, open } = panels.panel(words.filter, label);
  const shown = core.element("div", "diaban-shown");
  const fields = core.element("div", "diaban-fields");
  const clear = core.element("button", "diaban-clear", words.filter_clear);
  let choices = {};
  clear.type = "button";
  clear.addEventListener("click", () => {
    choices = {};
    offer();
    tell();
  });
  panel.append(fields, clear);
  button.classList.add("diaban-filter");
  shown.setAttribute("role", "status");

  /* Offer what the drawing of now can be filtered by, and go on with what was chosen. */
  function offer() {
    const layer = current().filterable();
    group.hidden = !layer;
    shown.hidden = !layer;
    if (!layer) {
      open(false);
      return;
    }
    choices = kept(layer);
    fields.replaceChildren(...layer.facets.map(fieldOf));
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
    label.textContent = active ? `${words.filter} (${active})` : words.filter;
    button.classList.toggle("active", active > 0);
  }

  return {
    shown,
    offer,
    count,
  };
}
