// Kit goes out and comes in by scanning, with nothing to click. What is scanned waits in this
// browser, beyond a reload, until the service has answered for it; each scan has an id of its
// own, so that what is sent twice is done once. Only whoever scanned it sends it.
import { tell } from "./focus.js";

const form = document.getElementById("scan");
const { urn, me, session } = form.dataset;
const [code, holder] = [form.elements.code, form.elements.holder_name];
const [count, list] = ["scan-count", "scan-list"].map((id) => document.getElementById(id));
const MOST = 200;
const MOST_CODE = 300;
const MOST_NAME = 120;
const SHOWN = 50;
const AGAIN_MS = 10_000;
const TWICE_MS = 1_500;
const WORDS = {
  waiting: "Waits to be sent",
  taken: "Done",
  repeated: "Done",
  "held-already": "They have it already",
  conflict: "To be settled",
};
const counted = { scanned: 0, waiting: 0, conflict: 0 };
let sending = false;
let last = { code: "", at: 0 };

const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open("joinedup-scans", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("scans", { keyPath: "scan_id" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

async function stored(mode, act) {
  const store = (await opened).transaction("scans", mode).objectStore("scans");
  return new Promise((resolve, reject) => {
    const asked = act(store);
    store.transaction.oncomplete = () => resolve(asked?.result);
    store.transaction.onerror = () => reject(store.transaction.error);
  });
}

// By time, as version 7 of RFC 9562 has it: what waits is sent in the order it was scanned.
function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint16(0, Math.floor(Date.now() / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, Date.now() % 2 ** 32);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// What the service would not read is refused here: what waits in line would wait behind it.
function day(text) {
  const found = /^(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})$/.exec(text.trim());
  if (!found) return null;
  const written = `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}`;
  const read = new Date(`${written}T00:00:00Z`);
  // The 31st of a month with thirty days is read as the first of the next.
  const isReal = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written);
  return isReal && written >= "0001" ? written : null;
}

function isReadable(text, most) {
  return text.length <= most && !/[\x00-\x1f\x7f-\x9f]/.test(text);
}

function sound(good) {
  const Context = window.AudioContext;
  if (!Context) return;
  sound.context ??= new Context();
  const tone = sound.context.createOscillator();
  tone.frequency.value = good ? 880 : 220;
  tone.connect(sound.context.destination);
  tone.start();
  tone.stop(sound.context.currentTime + (good ? 0.08 : 0.3));
}

function show(scan, result, detail) {
  let line = document.getElementById(`scan-${scan.scan_id}`);
  if (!line) {
    line = document.createElement("li");
    line.id = `scan-${scan.scan_id}`;
    list.prepend(line);
    if (list.children.length > SHOWN) list.lastElementChild.remove();
  }
  line.dataset.result = result;
  const way = scan.action === "return" ? "in" : `out to ${scan.holder_name}`;
  line.textContent = `${scan.code}, ${way}: ${WORDS[result] ?? result}`;
  if (detail) line.textContent += `. ${detail}`;
}

function say(words) {
  const offline = navigator.onLine ? "" : " You are offline: it is sent once you are not.";
  const settle = counted.conflict ? ` ${counted.conflict} to be settled.` : "";
  const total = `${counted.scanned} scanned, ${counted.waiting} to be sent.${settle}${offline}`;
  count.textContent = total;
  tell(words ? `${words}. ${total}` : total);
}

function refuse(field, words) {
  sound(false);
  tell(words);
  count.textContent = words;
  field.focus();
}

async function take() {
  const [read, action] = [code.value.trim(), form.elements.action.value];
  code.value = "";
  if (!read) return;
  if (read === last.code && Date.now() - last.at < TWICE_MS) return;
  const out = action !== "return";
  const due = form.elements.due_on.value.trim();
  if (out && !holder.value.trim()) return refuse(holder, "Say who gets it");
  if (out && due && !day(due)) return refuse(form.elements.due_on, "Enter a real date");
  if (!isReadable(read, MOST_CODE)) return refuse(code, "That is no code of a thing");
  if (out && !isReadable(holder.value, MOST_NAME)) return refuse(holder, "Shorten who gets it");
  last = { code: read, at: Date.now() };
  const scan = { scan_id: uuid7(), at: new Date().toISOString(), code: read, action };
  if (out) {
    scan.holder_name = holder.value.trim();
    scan.holder_kind = form.elements.holder_kind.value;
    scan.purpose = form.elements.purpose.value;
    scan.due_on = due ? day(due) : null;
  }
  await stored("readwrite", (store) => store.put({ ...scan, urn, me, session }));
  counted.scanned += 1;
  counted.waiting += 1;
  show(scan, "waiting");
  sound(true);
  say(read);
  code.focus();
  send();
}

async function waiting() {
  const all = await stored("readonly", (store) => store.getAll());
  return all.filter((each) => each.me === me && each.urn === urn);
}

async function send() {
  if (sending || !navigator.onLine) return;
  sending = true;
  try {
    for (let rows = await waiting(); rows.length; rows = await waiting()) {
      const part = rows.filter((each) => each.session === rows[0].session).slice(0, MOST);
      if (!(await sent(part))) break;
    }
  } finally {
    sending = false;
  }
}

async function sent(rows) {
  const scans = rows.map(({ urn: _u, me: _m, session: _s, ...scan }) => scan);
  let answer;
  try {
    answer = await fetch("/api/inventory/v1/custody/scans", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-csrf-token": form.elements.csrf_token.value,
      },
      body: JSON.stringify({ school_urn: Number(urn), session: rows[0].session, scans }),
    });
  } catch {
    say();
    return false;
  }
  if (!answer.ok) {
    const said = answer.status === 401 ? "Sign in again: what you scanned is kept here" : "";
    say(said || "It could not be sent, and is kept here");
    return false;
  }
  const { results } = await answer.json();
  await stored("readwrite", (store) => {
    for (const each of results) store.delete(each.scan_id);
  });
  results.forEach((each, at) => {
    show(scans[at], each.result, each.result === "conflict" ? each.detail : "");
    counted.waiting -= 1;
    if (each.result === "conflict") counted.conflict += 1;
  });
  if (results.some((each) => each.result === "conflict")) sound(false);
  say();
  return true;
}

function turn() {
  document.getElementById("holder").hidden = form.elements.action.value === "return";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  take();
});
// A scanner is faster than a form that is sent: its Enter is taken as it comes.
function entered(field, act) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

entered(code, take);
// A card that is scanned ends with Enter, too: the next is a thing.
entered(holder, () => code.focus());
form.addEventListener("change", turn);
window.addEventListener("online", send);
window.addEventListener("offline", () => say());
window.addEventListener("beforeunload", (event) => {
  if (counted.waiting) event.preventDefault();
});
setInterval(send, AGAIN_MS);
turn();
const left = await waiting();
counted.scanned = counted.waiting = left.length;
for (const each of left) show(each, "waiting");
if (left.length) say();
send();
