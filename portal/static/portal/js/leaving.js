// Signing out or handing the phone over: offers to send what is left, then deletes what this phone kept of the person.

import { Outbox, ask, isAnythingKept, post } from "./outbox.js";

const dialog = document.getElementById("leaving");
const { person, paths } = dialog.dataset;
const ends = paths.split(" ");
let isClear = false;

function isLeaving({ target, submitter }) {
  const action = submitter?.getAttribute("formaction") ?? target.getAttribute("action") ?? "";
  return target.matches("[data-leaving]") || ends.includes(new URL(action, location).pathname);
}

async function clear() {
  if (!(await isAnythingKept(person))) return true;
  const outbox = await Outbox.open(person);
  while ((await outbox.list()).length || (await outbox.drafts()).length) {
    const choice = await choose();
    if (choice === "leave") break;
    if (choice !== "send") return false;
    dialog.querySelector("[data-failed]").hidden = await sendRest(outbox);
  }
  await outbox.destroy();
  return true;
}

function choose() {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}

/** In the order they were written; false when something could not be sent. */
async function sendRest(outbox) {
  try {
    for (const entry of await outbox.list()) {
      if ((await post(entry, person)).type === "refused") return false;
      await outbox.remove(entry.key);
    }
    for (const [conversation, body] of await outbox.drafts()) {
      if (!(await ask(`/conversations/${conversation}/draft/`, { body, person })).saved_at) return false;
      await outbox.keepDraft(conversation, "");
    }
    return true;
  } catch {
    return false;
  }
}

document.addEventListener("submit", async (event) => {
  if (isClear || event.target.method === "dialog" || !isLeaving(event)) return;
  event.preventDefault();
  const { target, submitter } = event;
  // A phone that cannot delete must still let its person go.
  isClear = await clear().catch(() => true);
  if (isClear) target.requestSubmit(submitter);
});
