// Which file is which table, and which of its columns is the one wanted: chosen by a person where an
// export has titles of its own. Only the title row is written anew; the cells stay as they are.

const AS_WRITTEN = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;

// The titles of a table, and what comes after them; null where the first row is broken.
export function splitTitles(text) {
  const titles = [];
  AS_WRITTEN.lastIndex = 0;
  for (;;) {
    const found = AS_WRITTEN.exec(text);
    if (found === null) return null;
    titles.push(found[1] === undefined ? found[2].trim() : found[1].replaceAll('""', '"'));
    if (found[3] !== ",") return { titles, rest: text.slice(AS_WRITTEN.lastIndex) };
  }
}

// As the reader of the files compares titles.
function plain(title) { return title.trim().toLowerCase().replace(/[\s-]+/g, "_"); }

// The table with the chosen titles: `chosen` has the place of a column by the name that is wanted.
export function withTitles({ titles, rest }, chosen) {
  const names = titles.map((title) => (title && Object.hasOwn(chosen, plain(title)) ? `other ${title}` : title));
  for (const [name, place] of Object.entries(chosen)) if (place !== "") names[Number(place)] = name;
  return `${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",")}\n${rest}`;
}

let choices = 0;

function choice(options, value, text) {
  const select = document.createElement("select");
  for (const [key, shown] of options) select.add(new Option(shown, key, false, key === value));
  const label = document.createElement("label");
  label.textContent = text;
  label.htmlFor = select.id = `choice-${choices++}`;
  const field = document.createElement("div");
  field.className = "field";
  field.append(label, select);
  return { field, select };
}

// A form part for one dropped table; `read` gives its name and text as they were chosen.
export function columnsForm(file, wanted) {
  const box = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = file.name;
  const lists = document.createElement("div");
  lists.className = "fields";
  const tables = [["", "not one of these"], ...wanted.map((one) => [one.file, one.file])];
  const known = wanted.some((one) => one.file === file.name) ? file.name : "";
  const table = choice(tables, known, "This file is");
  let columns = [];

  function showColumns() {
    const asked = wanted.find((one) => one.file === table.select.value);
    const places = [["", "–"], ...file.titles.map((title, place) => [String(place), title || `column ${place + 1}`])];
    columns = (asked?.columns ?? []).map((name) => {
      const place = file.titles.findIndex((title) => plain(title) === name);
      const group = asked.needed.find((names) => names.includes(name));
      const text = group === undefined ? name : group.length === 1 ? `${name} *` : `${name} (or ${group.filter((one) => one !== name).join(", ")}) *`;
      return { name, needed: group !== undefined, ...choice(places, place < 0 ? "" : String(place), text) };
    });
    const more = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "Columns that may be left out";
    const rest = document.createElement("div");
    rest.className = "fields";
    rest.append(...columns.filter((one) => !one.needed).map((one) => one.field));
    more.append(summary, rest);
    lists.replaceChildren(...columns.filter((one) => one.needed).map((one) => one.field));
    if (columns.length) lists.append(more);
  }

  table.select.addEventListener("change", showColumns);
  showColumns();
  box.append(legend, table.field, lists);
  const read = () => ({
    name: table.select.value || file.name,
    text: withTitles(file, Object.fromEntries(columns.map((one) => [one.name, one.select.value]))),
  });
  return { box, read };
}
