// Leave this site fast: the page goes blank at once, the session ends, and the way back is replaced by a neutral page.
// Asks nothing. Escape three times does the same. Without this script the link itself leads there.

const PRESSES = 3;
const WITHIN = 5000; // milliseconds

const link = document.querySelector("[data-leave]");

function leave() {
  document.title = "";
  document.documentElement.hidden = true;
  const out = document.getElementById("out");
  if (out) {
    const words = new FormData(out);
    // As the token is now: another tab may have signed in again since this page was made.
    const token = /(?:^|; )porch_csrf=([^;]+)/.exec(document.cookie);
    if (token) words.set("csrfmiddlewaretoken", token[1]);
    words.set("fast", "1"); // locks: what was not sent stays on the phone, unreadable, for who wrote it
    navigator.sendBeacon(out.action, words);
  }
  location.replace(link.href);
}

if (link) {
  let presses = [];
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length >= PRESSES) leave();
  });
  // Coming back to the hidden page: ask the server, which knows that the session has ended.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.hidden) location.reload();
  });
}
