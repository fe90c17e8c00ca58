import { axeFindings, openBrowser, overflowing, visit } from '../support/browser.ts';
import { ecoIndex } from '../support/eco-index.ts';
import { openGallery } from '../support/gallery-site.ts';

const only = process.argv[2]?.split(',');
const site = await openGallery();
const browser = await openBrowser();
for (const name of only ?? ['morning', 'list', 'request', 'form', 'job', 'sign-in'])
  for (const [theme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const) {
    const v = await visit(browser, `${site.origin}/gallery/${name}`, {
      theme,
      width,
      language: theme === 'dark' ? 'en' : 'fr',
    });
    await v.page.waitForTimeout(300);
    await v.page.screenshot({ path: `/tmp/shots/${name}-${width}-${theme}.png`, fullPage: true });
    const w = await v.weigh();
    console.log(name, theme, width, w, ecoIndex(w).toFixed(1), v.hosts(), v.complaints, await overflowing(v.page));
    if (process.argv[3]) console.log(await axeFindings(v.page));
    await v.close();
  }
await browser.close();
await site.close();
