// The gap over the seconds of search, as steps: it falls only when something better is found.

const SVG = "http://www.w3.org/2000/svg";
const BOX = { left: 56, right: 624, top: 16, bottom: 184 };

function make(name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

export function drawCurve(svg, points) {
  const known = points.filter((point) => point.gap !== null);
  // A little room at the right, so that the last step can be seen.
  const seconds = 1.05 * Math.max(1, ...points.map((point) => point.seconds));
  const x = (value) => BOX.left + (BOX.right - BOX.left) * value / seconds;
  const y = (gap) => BOX.bottom - (BOX.bottom - BOX.top) * gap;
  const parts = [0, 0.25, 0.5, 0.75, 1].flatMap((gap) => [
    make("line", { class: "axis", x1: BOX.left, x2: BOX.right, y1: y(gap), y2: y(gap) }),
    make("text", { x: BOX.left - 8, y: y(gap) + 4, "text-anchor": "end" }, `${100 * gap} %`),
  ]);
  parts.push(make("text", { x: BOX.left, y: 206 }, "0 s"));
  parts.push(make("text", { x: BOX.right, y: 206, "text-anchor": "end" }, `${seconds.toFixed(0)} s`));
  parts.push(make("text", { x: 340, y: 206, "text-anchor": "middle" }, "gap: the unproven share of what is avoidable"));
  if (known.length) {
    let path = `M ${x(known[0].seconds)} ${y(known[0].gap)}`;
    for (const point of known.slice(1)) path += ` H ${x(point.seconds)} V ${y(point.gap)}`;
    parts.push(make("path", { class: "gap", d: `${path} H ${BOX.right}` }));
    for (const point of known) {
      parts.push(make("circle", { class: "step", cx: x(point.seconds), cy: y(point.gap), r: 3 }));
    }
  } else {
    parts.push(make("text", { x: 340, y: 100, "text-anchor": "middle" }, "No bound yet."));
  }
  svg.replaceChildren(...parts);
}
