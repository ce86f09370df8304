// Keeps parts of a page up to date: an element with an id and `data-live="asset:<id> ..."`
// is drawn anew when the gateway says that one of its topics changed. It says no more than
// that: what a person may see is judged by the page, which is asked for again.
const TOGETHER = 400;
const LATER = 2000;
const AWAY = 60000;
const UNATTENDED = { "joinedup-unattended": "1" };

const due = new Set();
const said = document.createElement("p");
let source;
let stale = false;
let timer;

const parts = () => [...document.querySelectorAll("[data-live]")];
const topicsOf = (part) => part.dataset.live.split(/\s+/).filter(Boolean);
const following = (topic) => parts().filter((part) => topicsOf(part).includes(topic));

// Nothing is taken from under who types, chooses, reads with a cursor or has selected.
function inUse(part) {
  const selection = document.getSelection();
  return (
    part.contains(document.activeElement) ||
    part.querySelector("input:checked:not([type=radio]), dialog[open], details[open]") !== null ||
    (selection !== null && !selection.isCollapsed && selection.containsNode(part, true))
  );
}

// A search under way puts its answer where the part is now: another in its place would
// leave the answer nowhere.
const isAsking = () => document.querySelector(".htmx-request") !== null;

function schedule(found, delay = TOGETHER) {
  found.forEach((part) => due.add(part.id));
  if (due.size > 0 && timer === undefined) timer = setTimeout(refresh, delay);
}

// For who knows by itself that parts of the page have changed, by their ids.
export const drawAnew = (ids) => schedule(ids.map((id) => document.getElementById(id)).filter(Boolean));

async function refresh() {
  timer = undefined;
  const ready = [...due].filter((id) => {
    const part = document.getElementById(id);
    return part === null || !inUse(part);
  });
  if (isAsking()) return schedule([], LATER);
  ready.forEach((id) => due.delete(id));
  schedule([], LATER);
  if (ready.length === 0) return;
  const asked = location.href;
  const fresh = await drawn();
  if (isAsking() || location.href !== asked) {
    // What came is of another search, or what is coming has its place already.
    ready.forEach((id) => due.add(id));
    return schedule([], LATER);
  }
  if (fresh === null) return;
  const changed = ready.filter((id) => replace(id, fresh.getElementById(id)));
  if (changed.length > 0) announce();
}

// The page as it is now; null where it is not to be had, like after signing out.
async function drawn() {
  try {
    // Where one is signed out, the page leads to the sign-on: not for a script to follow.
    const answer = await fetch(location.href, {
      headers: { accept: "text/html", ...UNATTENDED },
      redirect: "manual",
    });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

function replace(id, fresh) {
  const part = document.getElementById(id);
  if (part === null || fresh === null || inUse(part) || part.isEqualNode(fresh)) return false;
  part.replaceWith(fresh);
  globalThis.htmx?.process(fresh);
  return true;
}

function announce() {
  said.textContent = "";
  setTimeout(() => {
    said.textContent = "Updated";
  }, 100);
}

function open() {
  const topics = [...new Set(parts().flatMap(topicsOf))];
  if (document.hidden || source || topics.length === 0) return;
  const age = Math.min(60, Math.ceil(performance.now() / 1000) + 1);
  source = new EventSource(`/live?topics=${topics.join(",")}&age=${stale ? 0 : age}`);
  source.addEventListener("changed", (event) => schedule(following(event.data)));
  source.addEventListener("open", () => {
    if (stale) schedule(parts());
    stale = false;
  });
  source.addEventListener("error", () => {
    stale = true;
    // Refused: perhaps there was no room, or nobody is signed in any more.
    if (source?.readyState === EventSource.CLOSED) {
      close();
      setTimeout(open, AWAY);
    }
  });
}

function close() {
  source?.close();
  source = undefined;
  stale = true;
}

if (parts().length > 0) {
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  said.dataset.liveSaid = "";
  document.body.append(said);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  globalThis.addEventListener("pagehide", close);
  globalThis.addEventListener("pageshow", open);
  open();
}
