// What a phone runs when a notice comes: shows it, and opens the site when it is tapped. It keeps nothing and answers no request.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
});

/** Always shows something: a browser takes the permission back from a site that was woken and showed nothing. */
function show(data) {
  const said = read(data);
  return self.registration.showNotification(said.title ?? "Porch", {
    body: said.body ?? "",
    lang: said.lang ?? "",
    dir: said.dir ?? "auto",
    tag: "porch", // one at a time: the next takes the place of the one before
    renotify: !said.silent,
    silent: Boolean(said.silent),
  });
}

function read(data) {
  try {
    return data?.json()?.notification ?? {};
  } catch {
    return {};
  }
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

/** An open page is brought to the front as it is, so that nothing typed there is lost. */
async function open() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => one.visibilityState === "visible") ?? pages[0];
  if (page) {
    try {
      return await page.focus();
    } catch {
      // A page that may not be brought to the front: a new one opens.
    }
  }
  return self.clients.openWindow("/");
}
