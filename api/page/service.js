// Speaks to the service: JSON both ways, the key if there is one, events as they come.

const FINAL = ["completed", "stopped", "infeasible", "failed"];
const PAUSE_MS = 1000;

// A refusal, with its status.
class Refused extends Error {
  constructor(status, said) { super(said); this.status = status; }
}

function headers(more = {}) {
  const key = document.getElementById("key").value.trim();
  return key ? { Authorization: `Bearer ${key}`, ...more } : more;
}

// The answer to a request; an Error where there is none, Refused where the service said no.
export async function send(method, path, body, more = {}) {
  const options = { method, headers: headers(more) };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options).catch(() => null);
  if (answer === null) throw new Error("The service does not answer.");
  if (!answer.ok) throw new Refused(answer.status, await refusal(answer));
  return answer;
}

// What a problem document says, in one line.
async function refusal(answer) {
  const said = await answer.json().catch(() => ({}));
  const more = (said.problems ?? []).slice(0, 3).map((one) => `${one.where}: ${one.cause}`);
  if (answer.status === 401) document.getElementById("key-box").open = true;
  return [said.detail ?? `The service answered ${answer.status}.`, ...more].join(" ");
}

// Server-sent events by fetch, because the browser's own reader cannot send a key. Where the line
// breaks they go on after a pause; `onPause` is told. A run without its content has none any more.
export async function* eventsOf(run, onPause) {
  let last = null;
  let over = false;
  for (;;) {
    let told = false;
    try {
      for await (const event of streamOf(run, last)) {
        told = true;
        if (event.id) last = event.id;
        yield event.told;
        if (FINAL.includes(event.told.status)) return;
      }
      if (over && !told) return;
      const metadata = await (await send("GET", `${run}/metadata`)).json();
      over = FINAL.includes(metadata.status);
    } catch (error) {
      if (error instanceof Refused && error.status < 500) throw error;
      over = false;
      onPause(error);
    }
    if (!over) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

// The events of one stream, each with its id, until the line ends.
async function* streamOf(run, last) {
  const answer = await send("GET", `${run}/events`, undefined, last ? { "Last-Event-ID": last } : {});
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read().catch(() => ({ done: true }));
    if (done) return;
    text += value;
    let end;
    while ((end = text.indexOf("\n\n")) >= 0) {
      const event = {};
      for (const line of text.slice(0, end).split("\n")) {
        const colon = line.indexOf(":");
        if (colon > 0) event[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
      }
      text = text.slice(end + 2);
      if (event.data) yield { id: event.id, told: JSON.parse(event.data) };
    }
  }
}
