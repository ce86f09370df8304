// Kit goes out and comes in by scanning: what was chosen once holds for every scan.
import { entered, isReadable, refuse, scanning } from "./scanning.js";

const form = document.getElementById("scan");
const { urn, me, session } = form.dataset;
const [code, holder] = [form.elements.code, form.elements.holder_name];
const MOST_NAME = 120;

function day(text) {
  const found = /^(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})$/.exec(text.trim());
  if (!found) return null;
  const written = `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}`;
  const read = new Date(`${written}T00:00:00Z`);
  // The 31st of a month with thirty days is read as the first of the next.
  const isReal = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(written);
  return isReal && written >= "0001" ? written : null;
}

function turn() {
  document.getElementById("holder").hidden = form.elements.action.value === "return";
}

function terms() {
  const action = form.elements.action.value;
  if (action === "return") return { action };
  const due = form.elements.due_on.value.trim();
  if (!holder.value.trim()) return refuse(holder, "Say who gets it") ?? null;
  if (due && !day(due)) return refuse(form.elements.due_on, "Enter a real date") ?? null;
  if (!isReadable(holder.value, MOST_NAME)) return refuse(holder, "Shorten who gets it") ?? null;
  return {
    action,
    holder_name: holder.value.trim(),
    holder_kind: form.elements.holder_kind.value,
    purpose: form.elements.purpose.value,
    due_on: due ? day(due) : null,
  };
}

form.addEventListener("change", turn);
turn();
// A card that is scanned ends with Enter, too: the next is a thing.
entered(holder, () => code.focus());
await scanning(form, {
  name: "joinedup-scans",
  stamp: { urn, me, session },
  whose: ["urn", "me"],
  together: "session",
  scan: terms,
  request: (scans, stamp) => [
    "/api/inventory/v1/custody/scans",
    { school_urn: Number(urn), session: stamp.session, scans },
  ],
  text: (scan) =>
    `${scan.code}, ${scan.action === "return" ? "in" : `out to ${scan.holder_name}`}`,
  words: {
    waiting: "Waits to be sent",
    taken: "Done",
    repeated: "Done",
    "held-already": "They have it already",
    conflict: "To be settled",
  },
  amiss: ["conflict"],
  amissWords: "to be settled",
});
