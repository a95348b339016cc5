// Notices on this phone's screen: asked for by a tap and by nothing else. On every page of a phone that asked, it looks
// whether the browser still holds what we send to, and asks it for a new one where it does not.

import { csrfToken } from "./outbox.js";

const box = document.querySelector("[data-phone]");
const { add, look, worker } = box.dataset;
const LOOKED = "porch-phone"; // once in each tab, while it is open
const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function post(url, fields) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: csrfToken() });
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
  if (!answer.ok) throw new Error(`not taken: ${answer.status}`);
  return answer.json();
}

async function held() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager.getSubscription();
}

async function subscribe(key) {
  await navigator.serviceWorker.register(worker, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe(); // one made for an older key of ours would hear nothing
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: toBytes(key) });
  const fields = { endpoint: made.endpoint, p256dh: toText(made.getKey("p256dh")), auth: toText(made.getKey("auth")) };
  try {
    await post(add, fields);
  } catch (error) {
    await made.unsubscribe();
    throw error;
  }
}

function isMadeFor(subscription, key) {
  const own = subscription?.options?.applicationServerKey;
  return Boolean(own) && toText(own) === key;
}

/** A browser may give its screen another address at any time, and tells nobody. */
async function check() {
  const subscription = await held();
  const said = await post(look, { endpoint: subscription?.endpoint ?? "" });
  if (!said.is_wanted) await subscription?.unsubscribe();
  else if (!said.is_known || !isMadeFor(subscription, said.key)) {
    if (Notification.permission === "granted") await subscribe(said.key);
  }
}

async function checkOnce() {
  if (sessionStorage.getItem(LOOKED)) return;
  await check();
  sessionStorage.setItem(LOOKED, "1");
}

// The page of this phone

const say = (name) => {
  for (const part of box.querySelectorAll("[data-say]")) part.hidden = part.dataset.say !== name;
};

async function turnOn(button) {
  button.disabled = true;
  say("asking");
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("refused");
    await subscribe(button.dataset.key);
    sessionStorage.setItem(LOOKED, "1");
    location.reload();
  } catch {
    say("failed");
  } finally {
    button.disabled = false;
  }
}

const button = box.querySelector("[data-on]");
if (button && can) {
  box.querySelector("[data-ask]").hidden = false;
  say(Notification.permission === "denied" ? "refused" : "");
  button.addEventListener("click", () => turnOn(button));
} else if (button) {
  say("cannot");
}
for (const form of box.querySelectorAll("[data-off]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const subscription = can ? await held().catch(() => null) : null;
    await subscription?.unsubscribe().catch(() => {});
    form.submit();
  });
}
if (can && box.hasAttribute("data-wanted")) checkOnce().catch(() => {});
