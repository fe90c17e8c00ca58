// A task as the page behind its link shows it, read and answered as a browser does.

/** What is asked: who is to be erased, by what they are known; null when nothing is asked any more. */
export async function readTask(path) {
  const response = await fetch(new URL(path, process.env.SOCLE_URL), { headers: { 'accept-language': 'fr' } });
  const html = await response.text();
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name,
    plain(value),
  ]);
  if (!hidden.some(([name]) => name === 'answer')) return null;
  const persons = [...html.matchAll(/<fieldset class="group">([\s\S]*?)name="outcome_/g)].map(([, shown]) =>
    [...shown.matchAll(/<code>([\s\S]*?)<\/code>/g)].map(([, value]) => plain(value)),
  );
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return { path, hidden, persons, cookie };
}

/** Sends the page back, one outcome a person. */
export async function sendAnswer({ path, hidden, cookie }, outcomes, by) {
  const form = new FormData();
  for (const [name, value] of hidden) form.set(name, value);
  outcomes.forEach((outcome, place) => {
    form.set(`outcome_${place}`, outcome);
  });
  form.set('by', by);
  const url = new URL(path, process.env.SOCLE_URL);
  const response = await fetch(url, { method: 'POST', headers: { cookie }, body: form, redirect: 'manual' });
  // 409: somebody else has answered meanwhile.
  if (response.status !== 303 && response.status !== 409)
    throw new Error(`the answer was not taken: ${response.status}`);
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function plain(html) {
  return html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);
}
