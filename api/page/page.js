// The page's steps: read files, show what was read, fill, watch. Everything shown is set as text.
import { drawCurve } from "/page/curve.js";
import { eventsOf, refusal, send } from "/page/service.js";

const at = (id) => document.getElementById(id);
let problem = null;
let run = null;
let schedule = null;
let scenarios = [];
let scenarioSettings = null;

function say(text) { at("message").textContent = text; }

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

async function base64Of(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}

async function importFiles(files) {
  say("");
  const contents = {};
  for (const file of files) contents[file.name] = await base64Of(file);
  const answer = await send("POST", "/v1/imports", { files: contents });
  if (!answer.ok) return say(await refusal(answer));
  showImport(await answer.json());
}

function showImport(read) {
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
  say("");
  const answer = await send("GET", "/v1/demo-data/small");
  if (!answer.ok) return say(await refusal(answer));
  const body = await answer.json();
  showImport({ problem: body.problem, files: [], problems: [], defaults: [], start: body.dates.start });
  at("seconds").value = body.limits.time_limit;
}

async function fill(event) {
  event.preventDefault();
  say("");
  const body = {
    problem,
    dates: { start: at("start").value, days: Number(at("days").value) },
    limits: { time_limit: Number(at("seconds").value) },
    tags: ["page"],
  };
  await go("/v1/schedules", body, showEnd);
}

async function compare() {
  say("");
  const dates = { start: at("start").value, days: Number(at("days").value) };
  const settings = { ...scenarioSettings, ...dates };
  await go("/v1/what-if", { problem, scenarios, settings, tags: ["page"] }, showComparison);
}

async function go(path, body, showWhatCame) {
  const answer = await send("POST", path, body);
  if (!answer.ok) return say(await refusal(answer));
  run = answer.headers.get("location");
  at("run").hidden = false;
  for (const id of ["week", "table", "figures", "comparison"]) at(id).hidden = true;
  const busy = (yes) => {
    for (const id of ["fill", "compare"]) at(id).disabled = yes;
    at("stop").disabled = !yes;
  };
  busy(true);
  try { await watch(); await showWhatCame(); } finally { busy(false); }
}

async function watch() {
  const points = [];
  drawCurve(at("curve"), points);
  let failure = null;
  for await (const event of eventsOf(`${run}/events`)) {
    if (event.kind === "status") {
      failure = event.failure;
      at("status").textContent = failure ? `${event.status}: ${failure}` : event.status;
    } else if (event.kind === "step") {
      at("status").textContent = `${event.done} bounds and solves done`;
    } else {
      points.push(event);
      at("status").textContent = describe(event);
      drawCurve(at("curve"), points);
    }
  }
}

async function showComparison() {
  const answer = await send("GET", run);
  if (!answer.ok) return say(await refusal(answer));
  const found = await answer.json();
  showFaults(found.validation ?? []);
  if (found.metadata.status === "failed") return;
  await offer("comparison", run.replace("/v1/schedules/", "/v1/what-if/") + "/page", "text/html");
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
  const answer = await send("GET", run);
  if (!answer.ok) return say(await refusal(answer));
  const found = await answer.json();
  showFaults(found.validation ?? []);
  schedule = found.schedule;
  const status = found.metadata.failure
    ? `${found.metadata.status}: ${found.metadata.failure}` : found.metadata.status;
  if (schedule === null) { at("status").textContent = status; return; }
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
  if (!answer.ok) return say(await refusal(answer));
  const link = at(id);
  if (link.href) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([await answer.text()], { type: `${type};charset=utf-8` }));
  link.hidden = false;
}

at("files").addEventListener("change", (event) => importFiles(event.target.files));
at("demo").addEventListener("click", useDemo);
at("dates").addEventListener("submit", fill);
at("compare").addEventListener("click", compare);
at("stop").addEventListener("click", () => send("DELETE", run));
const drop = at("drop");
drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  importFiles(event.dataTransfer.files);
});
