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

const look = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: 'document', isShown: true, isInSight: true, isOutside: true };
  window.walked ??= new Map();
  if (!window.walked.has(element)) window.walked.set(element, window.walked.size);
  const hasOutline = (one) => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 1;
  const box = element.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const corners = [box.top + 2, box.top + box.height / 2, box.bottom - 2];
  const seen = corners.some((y) => {
    const top = document.elementFromPoint(x, y);
    return top !== null && (element.contains(top) || top.contains(element) || top.closest('tr, li') === element.closest('tr, li'));
  });
  return {
    name: window.walked.get(element) + ' ' + element.tagName.toLowerCase() + ' ' + (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40),
    isShown: hasOutline(element) || hasOutline(element.parentElement),
    isInSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && seen,
    isOutside: false,
  };
})()`;

/** A date and time field is one element and up to seven stops: its parts and its picker. */
const partsOfOneField = 7;

const fromTheTop = 'document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex")';

/** Presses Tab from the top of the page until the focus leaves it. Throws when it never does: that is a trap. */
export async function keyboardWalk(page: Page, limit = 400): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  let times = 1;
  await page.evaluate(fromTheTop);
  for (let step = 0; step < limit; step++) {
    await page.keyboard.press('Tab');
    const stop = stopSchema.parse(await page.evaluate(look));
    if (stop.isOutside || (stops.length > 0 && stop.name === stops[0]?.name)) return stops;
    if (stop.name !== stops.at(-1)?.name) {
      stops.push(stop);
      times = 1;
    } else if (++times > partsOfOneField) {
      throw new Error(`The keyboard is trapped on ${stop.name}`);
    }
  }
  throw new Error(`The keyboard never left the page in ${limit} steps`);
}
