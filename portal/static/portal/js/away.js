// On a shared device: a page that nobody uses is asked about after 4 minutes, and after 5 goes blank and signs out.
// Any key, touch or scroll on any open page keeps all of them. Without this script the server still ends the session.

import { csrfToken } from "./outbox.js";

const ASK = 240000; // milliseconds without input
const CLOSE = 300000; // as long as the server's own limit for a shared device
const NOTE = 61000; // the server keeps the last use once a minute
const TELL = 5000; // between two words to the other open pages

const box = document.getElementById("away");
const question = box.firstElementChild;
const others = new BroadcastChannel("porch-use");
let used = Date.now();
let noted = used;
let told = used;
let isOver = false;

function use() {
  const now = Date.now();
  if (isOver || now - used >= CLOSE) return; // a touch that wakes a sleeping phone comes too late
  const wasAsked = !question.hidden;
  used = now;
  question.hidden = true;
  if (wasAsked || now - told >= TELL) {
    told = now;
    others.postMessage("used");
  }
  if (wasAsked) note();
}

/** Input alone does not reach the server; without this a long text would end in a closed session. */
function note() {
  noted = Date.now();
  fetch(box.dataset.note, { cache: "no-store" }).catch(() => {});
}

async function close() {
  isOver = true;
  document.title = "";
  document.documentElement.hidden = true;
  const out = document.getElementById("out");
  const words = new FormData(out);
  words.set("fast", "1"); // locks: what was not sent stays, unreadable, for who wrote it
  words.set("csrfmiddlewaretoken", csrfToken());
  // Waited for: the sign-in page sends who is still signed in straight to their own pages.
  await fetch(out.action, { method: "POST", body: words, redirect: "manual", keepalive: true }).catch(() => {});
  location.replace(box.dataset.go);
}

function look() {
  const now = Date.now();
  const quiet = now - used;
  if (isOver) return;
  if (quiet >= CLOSE) close();
  else if (quiet >= ASK) question.hidden = false;
  else if (used > noted && now - noted >= NOTE) note();
}

for (const kind of ["pointerdown", "click", "keydown", "input", "scroll", "wheel", "touchmove"]) {
  const heard = (event) => {
    // The question must not slip away under the finger that answers it: only its click counts.
    if (kind === "click" || !box.contains(event.target)) use();
  };
  addEventListener(kind, heard, { capture: true, passive: true });
}
others.addEventListener("message", () => {
  if (isOver) return;
  used = told = noted = Date.now(); // the other page tells the server
  question.hidden = true;
});
// A phone that slept ran no timers.
document.addEventListener("visibilitychange", look);
addEventListener("pageshow", (event) => (event.persisted && isOver ? location.reload() : look()));
setInterval(look, 1000);
