// A room is counted by scanning. What the service answers says how the room stands; what
// somebody else scans there shows as the page is drawn anew.
import { drawAnew } from "./live.js";
import { scanning } from "./scanning.js";

const form = document.getElementById("stock-take");
const { take, me } = form.dataset;
const PARTS = ["figures", "lines"];
const AGAIN_MS = 10_000;

function stands(told, stamp) {
  // What waited of another room has been sent from here.
  if (stamp.take !== take) return undefined;
  drawAnew(PARTS);
  const { found, expected, state } = told.stock_take;
  const ended = state === "open" ? "" : " It has ended: reload the page to see how.";
  return ` ${found} of ${expected} found.${ended}`;
}

setInterval(() => {
  if (navigator.onLine && !document.hidden) drawAnew(PARTS);
}, AGAIN_MS);
await scanning(form, {
  name: "joinedup-stock-takes",
  stamp: { me, take },
  whose: ["me"],
  together: "take",
  scan: () => ({}),
  request: (scans, stamp) => [`/api/inventory/v1/stock-takes/${stamp.take}/scans`, { scans }],
  text: (scan) => scan.code,
  words: {
    waiting: "Waits to be sent",
    found: "Found",
    elsewhere: "Elsewhere by the register",
    "not-in-use": "Not in use by the register",
    unknown: "Unknown",
    repeated: "Scanned before",
    late: "Too late",
  },
  amiss: ["elsewhere", "not-in-use", "unknown", "late"],
  amissWords: "to look at",
  tellsAll: true,
  came: stands,
});
