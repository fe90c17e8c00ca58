/**
 * Something a machine may lack (Chromium, a broker…). True: it is there, run. False: skip, and say by name why.
 * With SOCLE_REQUIRE=all a skip is a failure.
 *
 *   describe.skipIf(!requireOrSkip('Chromium', path !== null, 'install chromium, or set SOCLE_CHROMIUM'))(…)
 */
export function requireOrSkip(name: string, isThere: boolean, howToGetIt: string): boolean {
  if (isThere) return true;
  if (process.env.SOCLE_REQUIRE === 'all') throw new Error(`${name} is required and missing: ${howToGetIt}`);
  console.warn(`Skipped, for lack of ${name}: ${howToGetIt}`);
  return false;
}
