// Speaks to the service: JSON both ways, the key if there is one, events as they come.

function headers(more = {}) {
  const key = document.getElementById("key").value.trim();
  return key ? { Authorization: `Bearer ${key}`, ...more } : more;
}

export function send(method, path, body) {
  const options = { method, headers: headers() };
  if (body !== undefined) {
    options.headers = headers({ "Content-Type": "application/json" });
    options.body = JSON.stringify(body);
  }
  return fetch(path, options);
}

// What a problem document says, in one line.
export async function refusal(answer) {
  const said = await answer.json().catch(() => ({ detail: answer.statusText }));
  const more = (said.problems ?? []).slice(0, 3).map((one) => `${one.where}: ${one.cause}`);
  if (answer.status === 401) document.getElementById("key-box").open = true;
  return [said.detail, ...more].join(" ");
}

// Server-sent events by fetch, because the browser's own reader cannot send a key.
export async function* eventsOf(path) {
  let last = null;
  let over = false;
  while (!over) {
    const answer = await fetch(path, { headers: headers(last ? { "Last-Event-ID": last } : {}) });
    if (!answer.ok) throw new Error(await refusal(answer));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ done: true }));
      if (done) break;
      text += value;
      let end;
      while ((end = text.indexOf("\n\n")) >= 0) {
        const event = {};
        for (const line of text.slice(0, end).split("\n")) {
          const colon = line.indexOf(":");
          if (colon > 0) event[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
        }
        text = text.slice(end + 2);
        if (event.id) last = event.id;
        if (!event.data) continue;
        const told = JSON.parse(event.data);
        over = ["completed", "stopped", "infeasible", "failed"].includes(told.status);
        yield told;
      }
    }
  }
}
