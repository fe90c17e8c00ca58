import type { Page } from 'playwright-core';
import { z } from 'zod';

const stopSchema = z.object({
  name: z.string(),
  /** The element has the focus and shows it, by an outline of its own or of what it fills. */
  isShown: z.boolean(),
  /** It is within the window and not wholly under something fixed (WCAG 2.4.11). */
  isInSight: z.boolean(),
  /** Outside of the document: the walk went through it all. */
  isOutside: z.boolean(),
});
export type Stop = z.infer<typeof stopSchema>;

/** What the page notes when Tab is let go: by then the focus has moved and what has it was scrolled into sight. */
const watch = `(() => {
  const look = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: 'document', isShown: true, isInSight: true, isOutside: true };
  if (!walked.has(element)) walked.set(element, walked.size);
  const hasOutline = (one) => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 1;
  const box = element.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const corners = [box.top + 2, box.top + box.height / 2, box.bottom - 2];
  const seen = corners.some((y) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element) || top.closest('tr, li') === element.closest('tr, li'));
  });
  return {
    name: walked.get(element) + ' ' + element.tagName.toLowerCase() + ' ' + (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40),
    isShown: hasOutline(element) || hasOutline(element.parentElement),
    isInSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && seen,
    isOutside: false,
  };
  };
  const walked = new Map();
  window.stops = [];
  addEventListener('keyup', (event) => { if (event.key === 'Tab') window.stops.push(look()); }, true);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  // The body loses the focus again when the page is next drawn: keys pressed before that would start from nowhere.
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
})()`;

/** A date and time field is one element and up to seven stops: its parts and its picker. */
const partsOfOneField = 7;

/** Keys sent before the answers are read: one exchange with the browser for each would take most of the time. */
const keysAtOnce = 20;

/** Presses Tab from the top of the page until the focus leaves it. Throws when it never does: that is a trap. */
export async function keyboardWalk(page: Page, limit = 400): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  let times = 1;
  await page.evaluate(watch);
  for (let step = 0; step < limit; step += keysAtOnce) {
    const keys = Array.from({ length: keysAtOnce }, () => [page.keyboard.down('Tab'), page.keyboard.up('Tab')]);
    await Promise.all(keys.flat());
    for (const stop of z.array(stopSchema).parse(await page.evaluate('window.stops.splice(0)'))) {
      if (stop.isOutside || (stops.length > 0 && stop.name === stops[0]?.name)) return stops;
      if (stop.name !== stops.at(-1)?.name) {
        stops.push(stop);
        times = 1;
      } else if (++times > partsOfOneField) {
        throw new Error(`The keyboard is trapped on ${stop.name}`);
      }
    }
  }
  throw new Error(`The keyboard never left the page in ${limit} steps`);
}
