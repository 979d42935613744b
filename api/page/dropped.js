// Files as a person gave them: bytes for the service, and the titles of a table where it has some.
import { splitTitles } from "/page/columns.js";

const FOLDER = "This is a folder. Open it, and drop the files in it.";

// What was dropped. An error where it is a folder, which a browser hands over as an empty file.
export function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.());
  if (entries.some((entry) => entry?.isDirectory)) throw new Error(FOLDER);
  return transfer.files;
}

// Name, bytes, and for a table its titles and the text after them.
export async function readDropped(files) {
  return Promise.all([...files].map(async (file) => {
    const bytes = await file.arrayBuffer().catch(() => { throw new Error(`${file.name} cannot be read. ${FOLDER}`); });
    return { name: file.name, bytes, ...tableIn(file.name, bytes) };
  }));
}

function tableIn(name, bytes) {
  if (!name.toLowerCase().endsWith(".csv")) return {};
  try {
    return splitTitles(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) ?? {};
  } catch {
    return {}; // no UTF-8 text: the service says so
  }
}

// Base64, as the service takes contents.
export async function base64Of(content) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([content]));
  });
  return url.slice(url.indexOf(",") + 1);
}
