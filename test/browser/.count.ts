import { openBrowser, visit } from '../support/browser.ts';
import { openGallery } from '../support/gallery-site.ts';

const site = await openGallery();
const browser = await openBrowser();
const v = await visit(browser, `${site.origin}/gallery/list`, {});
console.log(
  await v.page.evaluate(
    `Object.fromEntries(['head','.top','.search','#create','#person','.menu','main','.filters','table','.pager','.page-header','body > dialog'].map(s=>[s,(()=>{const e=document.querySelector(s);return 1+e.querySelectorAll('*').length-e.querySelectorAll('svg *').length})()]))`,
  ),
);
await browser.close();
await site.close();
