import { can } from '../access/index.ts';
import type { Slice } from '../http/index.ts';
import { channelSlice } from './application/channel.routes.tsx';
import { conformanceSlice } from './conformance/conformance.routes.tsx';
import { deskSlice } from './desk/desk.pages.tsx';
import type { Engine } from './engine.ts';
import { evidenceSlice } from './evidence/evidence.routes.ts';
import { holdApi } from './hold/hold.api.ts';
import { holdPages } from './hold/hold.pages.tsx';
import { lettersSlice } from './letter-template/letters.pages.tsx';
import { onboardingSlice } from './onboarding/onboarding.pages.tsx';
import { ordersSlice } from './order/orders.routes.ts';
import { personApi } from './person/person.api.ts';
import { personPages } from './person/person.pages.tsx';
import { picturePages } from './picture/picture.pages.tsx';
import { publicFormSlice } from './public-form/form.pages.tsx';
import { reappearanceSlice } from './reappearance/reappearance.routes.ts';
import { actPages } from './request/act.pages.tsx';
import { handCheckPages } from './request/hand-check.pages.tsx';
import { listPages } from './request/list.pages.tsx';
import { newPages } from './request/new.pages.tsx';
import { orderPages } from './request/orders.pages.tsx';
import { requestApi } from './request/request.api.ts';
import { showPages } from './request/show.pages.tsx';
import { taskSlice } from './task/task.pages.tsx';

const section = { id: 'compliance', text: { fr: 'Personnes et demandes', en: 'Persons and requests' }, order: 10 };

/** What this room mounts. */
export function complianceSlices(engine: Engine): readonly Slice[] {
  return [
    deskSlice(engine),
    requestsSlice(engine),
    personsSlice,
    ordersSlice(engine),
    channelSlice(engine),
    reappearanceSlice(engine),
    conformanceSlice(engine),
    onboardingSlice(engine),
    evidenceSlice(engine),
    lettersSlice(engine),
    publicFormSlice(engine),
    taskSlice(engine),
  ];
}

function requestsSlice(engine: Engine): Slice {
  return {
    name: 'requests',
    menu: [
      {
        section,
        text: { fr: 'Demandes', en: 'Requests' },
        href: '/requests',
        icon: 'document',
        order: 1,
        isFor: (who) => can(who, 'requests.read'),
      },
    ],
    create: [
      {
        text: { fr: 'Demande d’effacement', en: 'Request for erasure' },
        href: '/requests/new',
        isFor: (who) => can(who, 'requests.handle'),
      },
    ],
    pages(app) {
      listPages(engine, app);
      newPages(engine, app);
      showPages(engine, app);
      actPages(engine, app);
      picturePages(app);
      orderPages(app);
      handCheckPages(engine, app);
    },
    api: (app) => requestApi(engine, app),
  };
}

const personsSlice: Slice = {
  name: 'persons',
  menu: [
    {
      section,
      text: { fr: 'Personnes', en: 'Persons' },
      href: '/persons',
      icon: 'person',
      order: 2,
      isFor: (who) => can(who, 'persons.read'),
    },
  ],
  pages(app) {
    personPages(app);
    holdPages(app);
  },
  api(app) {
    personApi(app);
    holdApi(app);
  },
};
