import { galleryPages } from '../../src/ui/gallery/index.ts';
import { renderPage } from '../../src/ui/index.ts';

const reader = { language: 'fr', theme: 'auto', timeZone: 'Europe/Paris', now: new Date(), csrf: 'x' } as const;
for (const p of galleryPages) {
  for (let i = 0; i < 50; i++) renderPage(p.page(), reader);
  const t = performance.now();
  let n = 0;
  for (let i = 0; i < 300; i++) n = renderPage(p.page(), reader).length;
  console.log(p.path, ((performance.now() - t) / 300).toFixed(2), 'ms', n);
}
