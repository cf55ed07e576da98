/* Which look each row has under what a person filters by: number of a style, or HIDDEN. */
"use strict";

function diabanLooks() {
  const HIDDEN = 65535;

  /* Set `look` of every row, and `order` where it is not that of the rows; `choices` by name of facet:
     an option (one, standing) or a list of options (any). Combinations are judged once, rows only look up. */
  function apply(layer, choices) {
    const asked = layer.facets.map((facet, place) => question(facet, place, choices[facet.name])).filter(Boolean);
    const judged = layer.bundles.map((bundle) => judge(bundle, asked, layer.facets));
    layer.look ??= new Uint16Array(layer.count);
    const [what, whom] = judged;
    const [whatCodes, whomCodes] = layer.bundles.map(({ codes }) => codes);
    for (let i = 0; i < layer.count; i++) {
      const passes = !whom || whom.passes[whomCodes[i]];
      layer.look[i] = passes ? what.looks[whatCodes[i]] : HIDDEN;
    }
    const standing = asked.find(({ facet }) => facet.kind === "standing");
    layer.order = standing ? inOrder(layer, standing.facet.looks) : null;
    layer.byStyle = counts(layer);
    layer.squares = null;
  }

  /* What is asked of a column, or of any of several; null where nothing is, or where the option is gone. */
  function question(facet, place, choice) {
    if (choice === undefined || choice.length === 0) return null;
    if (facet.kind === "any") {
      const columns = choice.map((option) => facet.options.indexOf(option)).filter((n) => n >= 0).map((n) => `${place}.${n}`);
      return columns.length ? { facet, columns } : null;
    }
    const n = facet.options.indexOf(choice);
    if (n < 0) return null;
    return facet.kind === "one" ? { facet, columns: [`${place}`], wanted: n } : { facet, columns: [`${place}.${n}`] };
  }

  function judge({ columns }, asked) {
    const count = Object.values(columns)[0].length;
    const passes = new Uint8Array(count).fill(1);
    const looks = columns.style ? Uint16Array.from(columns.style) : null;
    for (const { facet, columns: names, wanted } of asked) {
      if (!(names[0] in columns)) continue;
      for (let kind = 0; kind < count; kind++) {
        const has = names.some((name) => (wanted === undefined ? columns[name][kind] > 0 : columns[name][kind] === wanted));
        if (!has) passes[kind] = 0;
        else if (facet.kind === "standing") looks[kind] = facet.looks[columns[names[0]][kind] - 1];
      }
    }
    if (looks) for (let kind = 0; kind < count; kind++) if (!passes[kind]) looks[kind] = HIDDEN;
    return { passes, looks };
  }

  /* Rows by the rank of their look, those that ask for most on top. */
  function inOrder(layer, ranked) {
    const buckets = ranked.map(() => []);
    for (let i = 0; i < layer.count; i++) {
      const rank = ranked.indexOf(layer.look[i]);
      if (rank >= 0) buckets[rank].push(i);
    }
    const order = new Uint32Array(layer.count).fill(0);
    let at = 0;
    for (const bucket of buckets) for (const row of bucket) order[at++] = row;
    // Hidden rows fill the end: none of them is painted.
    for (let i = 0; i < layer.count && at < layer.count; i++) if (layer.look[i] === HIDDEN) order[at++] = i;
    return order;
  }

  function isShown(layer, row) {
    return Boolean(layer.shown[layer.look[row]]);
  }

  /* Rows that pass, by style. */
  function counts(layer) {
    const found = new Array(layer.styles.length).fill(0);
    for (let i = 0; i < layer.count; i++) if (layer.look[i] !== HIDDEN) found[layer.look[i]]++;
    return found;
  }

  return { apply, isShown };
}
