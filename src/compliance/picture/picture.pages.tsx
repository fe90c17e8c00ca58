import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type PageApp, page } from '../../http/index.ts';
import { LinkButton, Live } from '../../ui/index.ts';
import { requestFor } from '../request/perimeter.ts';
import { RequestClockChip, requestHref } from '../request/request-page.tsx';
import { crumbOf, requestsCrumb } from '../request/show.pages.tsx';
import { viewRequest } from '../request/view.ts';
import { Replay } from './picture.tsx';
import { words } from './words.ts';

const query = z.object({ at: z.coerce.number().int().min(1).optional() });

/** A request as a picture that fills as answers arrive; `?at=` shows it as it was at one of its moments. */
export function picturePages(app: PageApp): void {
  app.get('/requests/:id/picture', { allow: may('requests.read'), query }, async (visit) => {
    const request = await requestFor(visit.who, visit.params.id);
    const view = await viewRequest(visit.who.scope, request.id);
    const href = requestHref(request.id);
    return page({
      title: words.title(request.number),
      lead: words.lead,
      breadcrumbs: [requestsCrumb, crumbOf(request)],
      badge: <RequestClockChip clock={view.clock} />,
      // The equivalent table is a page of its own: the picture stays light (interface.md, "Diagrams").
      actions: <LinkButton href={`${href}/orders`} text={words.times} />,
      content: (
        <Live id="picture-live" events={`${href}/events`} refreshHref={`${href}/picture`}>
          <Replay view={view} place={visit.query.at ?? null} href={`${href}/picture`} />
        </Live>
      ),
    });
  });
}
