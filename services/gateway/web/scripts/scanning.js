// Scanning with nothing to click. What is scanned waits in this browser, beyond a reload,
// until the service has answered for it; each scan has an id of its own, so that what is
// sent twice is done once. Only whoever scanned it sends it. What scans are for, whereto
// they go and what is said of them is for the page: see `scan.js` and `stock-take.js`.
import { tell } from "./focus.js";

const MOST = 200;
const MOST_CODE = 300;
const SHOWN = 50;
const AGAIN_MS = 10_000;
const TWICE_MS = 1_500;
const [count, list] = ["scan-count", "scan-list"].map((id) => document.getElementById(id));

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
export function isReadable(text, most) {
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

export function refuse(field, words) {
  sound(false);
  tell(words);
  count.textContent = words;
  field.focus();
}

// A scanner is faster than a form that is sent: its Enter is taken as it comes.
export function entered(field, act) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

function shelf(name) {
  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("scans", { keyPath: "scan_id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return async (mode, act) => {
    const store = (await opened).transaction("scans", mode).objectStore("scans");
    return new Promise((resolve, reject) => {
      const asked = act(store);
      store.transaction.oncomplete = () => resolve(asked?.result);
      store.transaction.onerror = () => reject(store.transaction.error);
    });
  };
}

// A page says of its scans:
// - `name`: under which they wait in the browser;
// - `stamp`: what is kept with each and not sent; `whose`, of these, says which of them this
//   page sends, and `together` which of those go in one request;
// - `scan(code)`: what else is sent with a code, or null where it is refused;
// - `request(scans, stamp)`: the address and the body;
// - `text(scan)` and `words`: what is said of one; `amiss`: which results need somebody, and
//   `amissWords` what is said of their number;
// - `came(answer)`: is told what the service answered, and may say how all stands.
export async function scanning(form, page) {
  const stored = shelf(page.name);
  const code = form.elements.code;
  const counted = { scanned: 0, waiting: 0, amiss: 0 };
  let sending = false;
  let last = { code: "", at: 0 };
  let stands = "";

  function show(scan, result, detail) {
    let line = document.getElementById(`scan-${scan.scan_id}`);
    if (!line) {
      line = document.createElement("li");
      line.id = `scan-${scan.scan_id}`;
      list.prepend(line);
      if (list.children.length > SHOWN) list.lastElementChild.remove();
    }
    line.dataset.result = result;
    line.textContent = `${page.text(scan)}: ${page.words[result] ?? result}`;
    if (detail) line.textContent += `. ${detail}`;
  }

  function say(words) {
    const offline = navigator.onLine ? "" : " You are offline: it is sent once you are not.";
    const amiss = counted.amiss ? ` ${counted.amiss} ${page.amissWords}.` : "";
    const scanned = `${counted.scanned} scanned, ${counted.waiting} to be sent.`;
    const total = `${scanned}${amiss}${stands}${offline}`;
    count.textContent = total;
    tell(words ? `${words}. ${total}` : total);
  }

  async function take() {
    const read = code.value.trim();
    code.value = "";
    if (!read) return;
    if (read === last.code && Date.now() - last.at < TWICE_MS) return;
    if (!isReadable(read, MOST_CODE)) return refuse(code, "That is no code of a thing");
    const more = page.scan(read);
    if (more === null) return;
    last = { code: read, at: Date.now() };
    const scan = { scan_id: uuid7(), at: new Date().toISOString(), code: read, ...more };
    await stored("readwrite", (store) => store.put({ ...scan, ...page.stamp }));
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
    return all.filter((each) => page.whose.every((name) => each[name] === page.stamp[name]));
  }

  async function send() {
    if (sending || !navigator.onLine) return;
    sending = true;
    try {
      for (let rows = await waiting(); rows.length; rows = await waiting()) {
        const first = rows[0][page.together];
        if (!(await sent(rows.filter((each) => each[page.together] === first).slice(0, MOST)))) break;
      }
    } finally {
      sending = false;
    }
  }

  async function sent(rows) {
    const scans = rows.map((row) => ({ ...row }));
    for (const scan of scans) for (const name of Object.keys(page.stamp)) delete scan[name];
    const [address, body] = page.request(scans, rows[0]);
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-csrf-token": form.elements.csrf_token.value,
        },
        body: JSON.stringify(body),
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
    const told = await answer.json();
    await stored("readwrite", (store) => {
      for (const each of told.results) store.delete(each.scan_id);
    });
    told.results.forEach((each, at) => {
      const isAmiss = page.amiss.includes(each.result);
      show(scans[at], each.result, isAmiss || page.tellsAll ? each.detail : "");
      counted.waiting -= 1;
      if (isAmiss) counted.amiss += 1;
    });
    if (told.results.some((each) => page.amiss.includes(each.result))) sound(false);
    stands = page.came?.(told, rows[0]) ?? stands;
    say();
    return true;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take();
  });
  entered(code, take);
  window.addEventListener("online", send);
  window.addEventListener("offline", () => say());
  window.addEventListener("beforeunload", (event) => {
    if (counted.waiting) event.preventDefault();
  });
  setInterval(send, AGAIN_MS);
  const left = await waiting();
  counted.scanned = counted.waiting = left.length;
  for (const each of left) show(each, "waiting");
  if (left.length) say();
  send();
}
