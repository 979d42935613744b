// The page's steps: read files, show what was read, fill, watch. Everything shown is set as text.
import { columnsForm } from "/page/columns.js";
import { drawCurve } from "/page/curve.js";
import { base64Of, filesOf, readDropped } from "/page/dropped.js";
import { eventsOf, send } from "/page/service.js";

const RUN = /^#(run_[0-9a-f]{24})$/;
const at = (id) => document.getElementById(id);
let problem = null;
let run = null;
let watching = false;
let dropped = [];
let forms = [];
let scenarios = [];
let scenarioSettings = null;

function say(text) { at("message").textContent = text; }

// What a person asked for; where it fails, they are told.
function told(act) {
  return async (event) => {
    say("");
    try { await act(event); } catch (error) { say(error.message); }
  };
}

function fillTable(id, rows, classes = () => "") {
  const table = at(id);
  table.hidden = rows.length === 0;
  table.tBodies[0].replaceChildren(...rows.map((cells, index) => {
    const row = document.createElement("tr");
    row.className = classes(index);
    for (const cell of cells) {
      const entry = row.insertCell();
      entry.textContent = cell;
      if (typeof cell === "number") entry.className = "number";
    }
    return row;
  }));
}

async function importFiles(files) {
  dropped = await readDropped(files);
  showImport(await readThem(dropped.map((file) => ({ name: file.name, content: file.bytes }))));
}

async function readThem(files) {
  const contents = {};
  for (const file of files) contents[file.name] = await base64Of(file.content);
  return (await send("POST", "/v1/imports", { files: contents })).json();
}

// The same files, each as the table and with the columns that were chosen.
async function importChosen(event) {
  event.preventDefault();
  const tables = forms.map((form) => form.read()).map((file) => ({ name: file.name, content: file.text }));
  const names = tables.map((table) => table.name);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice !== undefined) throw new Error(`Two files are chosen as ${twice}.`);
  const others = dropped.filter((file) => file.titles === undefined).map((file) => ({ name: file.name, content: file.bytes }));
  showRead(await readThem([...others, ...tables]));
}

function showImport(read) {
  const tables = dropped.filter((file) => file.titles !== undefined);
  forms = tables.map((file) => columnsForm(file, read.wanted));
  at("titles").replaceChildren(...forms.map((form) => form.box));
  at("choose").hidden = forms.length === 0;
  at("choose").open = read.problem === null;
  showRead(read);
}

function showRead(read) {
  problem = read.problem;
  scenarios = read.scenarios ?? [];
  scenarioSettings = read.scenario_settings;
  at("compare").hidden = scenarios.length === 0;
  fillTable("columns", read.files.map((one) =>
    [one.file, one.rows, one.columns.join(", "), one.not_read.join(", ")]));
  showFaults(read.problems);
  fillTable("defaults", read.defaults.map((one) => [one.rows, one.field, one.sentence]));
  at("import").hidden = false;
  at("dates").hidden = problem === null;
  if (read.start) at("start").value = read.start;
  if (problem === null) say("These files cannot be filled yet: see what is missing or wrong.");
}

async function useDemo() {
  const body = await (await send("GET", "/v1/demo-data/small")).json();
  dropped = [];
  showImport({ problem: body.problem, files: [], problems: [], defaults: [], start: body.dates.start });
  at("seconds").value = body.limits.time_limit;
}

const dates = () => ({ start: at("start").value, days: Number(at("days").value) });

async function fill(event) {
  event.preventDefault();
  const limits = { time_limit: Number(at("seconds").value) };
  await submit("/v1/schedules", { problem, dates: dates(), limits, tags: ["page"] });
}

async function compare() {
  const settings = { ...scenarioSettings, ...dates() };
  await submit("/v1/what-if", { problem, scenarios, settings, tags: ["page"] });
}

async function submit(path, body) {
  const answer = await send("POST", path, body);
  await follow(answer.headers.get("location"));
}

// Watch a run to its end. Its id stands in the address, so that a page that is loaded again goes on.
async function follow(address) {
  run = address;
  history.replaceState(null, "", `#${run.split("/").pop()}`);
  at("run").hidden = false;
  for (const id of ["week", "table", "figures", "comparison"]) at(id).hidden = true;
  const busy = (yes) => {
    watching = yes;
    for (const id of ["fill", "compare"]) at(id).disabled = yes;
    at("stop").disabled = !yes;
  };
  busy(true);
  try { await watch(); await showEnd(); } finally { busy(false); }
}

async function followAgain() {
  const named = RUN.exec(location.hash);
  if (named !== null && !watching) await follow(`/v1/schedules/${named[1]}`);
}

async function watch() {
  const points = [];
  at("status").textContent = "";
  drawCurve(at("curve"), points);
  const onPause = (error) => { at("status").textContent = `${error.message} Trying again …`; };
  for await (const event of eventsOf(run, onPause)) {
    if (event.kind === "status") {
      at("status").textContent = event.failure ? `${event.status}: ${event.failure}` : event.status;
    } else if (event.kind === "step") {
      at("status").textContent = `${event.done} bounds and solves done`;
    } else if (event.kind === "progress") {
      points.push(event);
      at("status").textContent = describe(event);
      drawCurve(at("curve"), points);
    }
  }
}

function showFaults(faults) {
  fillTable("problems", faults.map((one) =>
    [one.severity.replace("_", " "), one.where, one.cause, one.remedy]),
    (index) => faults[index].severity);
}

function describe(event) {
  const parts = [`${event.seconds.toFixed(1)} s`];
  if (event.objective !== null) parts.push(`objective ${event.objective.toLocaleString()}`);
  if (event.bound !== null) parts.push(`bound ${event.bound.toLocaleString()}`);
  if (event.gap !== null) parts.push(`gap ${(100 * event.gap).toFixed(2)} %`);
  return parts.join(", ");
}

async function showEnd() {
  const found = await (await send("GET", run)).json();
  const { operation, status, failure, purged } = found.metadata;
  showFaults(found.validation ?? []);
  if (found.validation?.length) at("import").hidden = false;
  at("status").textContent = [status, failure ?? (purged && "its content was removed when its time was over")].filter(Boolean).join(": ");
  if (operation === "what-if") {
    if (status !== "failed" && !purged) await offer("comparison", `${run.replace("/schedules/", "/what-if/")}/page`, "text/html");
    return;
  }
  const schedule = found.schedule;
  if (schedule === null) return;
  const gap = found.gap === null ? "gap not known" : `gap ${(100 * found.gap).toFixed(2)} %`;
  at("status").textContent =
    `${status}: ${schedule.placements.length} in the book, ${schedule.unplaced.length} without a time, ${gap}`;
  fillTable("figures", found.kpis.map((one) =>
    [one.kpi.replaceAll("_", " "), `${one.value.toLocaleString()} ${one.unit}`, one.points.toLocaleString()]));
  await offer("week", `${run}/day-sheet`, "text/html");
  await offer("table", `${run}/schedule.csv`, "text/csv");
}

// A link cannot carry a key, so the content is fetched and the link leads to the copy.
async function offer(id, address, type) {
  const answer = await send("GET", address);
  const link = at(id);
  if (link.href) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([await answer.text()], { type: `${type};charset=utf-8` }));
  link.hidden = false;
}

at("files").addEventListener("change", told((event) => importFiles(event.target.files)));
at("demo").addEventListener("click", told(useDemo));
at("chosen").addEventListener("submit", told(importChosen));
at("dates").addEventListener("submit", told(fill));
at("compare").addEventListener("click", told(compare));
at("stop").addEventListener("click", told(() => send("DELETE", run)));
at("key").addEventListener("change", () => { if (RUN.test(location.hash)) told(followAgain)(); });
const drop = at("drop");
drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", told((event) => {
  event.preventDefault();
  drop.classList.remove("over");
  return importFiles(filesOf(event.dataTransfer));
}));
told(followAgain)();
