import { page } from '../../http/index.ts';
import { words } from './words.ts';

/** A link that was changed, or made for something else. */
export function lostLinkPage() {
  return page({ title: words.lost, lead: words.lostDetail, shell: 'bare', status: 404, content: null });
}
