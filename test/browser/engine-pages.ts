import type { PageKind } from '../support/page-rules.ts';

/** The pages of the model engine, in an installation whose own pack is `lending`. */
export const enginePages: readonly PageKind[] = [
  { route: '/studio', path: '/studio' },
  { route: '/studio/new', path: '/studio/new' },
  { route: '/studio/versions', path: '/studio/versions' },
  { route: '/studio/versions/:number', path: '/studio/versions/1' },
  { route: '/studio/drafts/:id', path: { from: '/studio', link: '#drafts-table tbody th a' } },
  { route: '/studio/drafts/:id/text', path: { from: '/studio/drafts/:id', below: '/text' } },
  { route: '/studio/drafts/:id/discard', path: { from: '/studio/drafts/:id', below: '/discard' } },
  { route: '/studio/drafts/:id/types/new', path: { from: '/studio/drafts/:id', below: '/types/new' } },
  { route: '/studio/drafts/:id/types/:type', path: { from: '/studio/drafts/:id', below: '/types/device' } },
  {
    route: '/studio/drafts/:id/types/:type/about',
    path: { from: '/studio/drafts/:id/types/:type', below: '/about' },
  },
  {
    route: '/studio/drafts/:id/types/:type/rights',
    path: { from: '/studio/drafts/:id/types/:type', below: '/rights' },
  },
  {
    route: '/studio/drafts/:id/types/:type/attributes/new',
    path: { from: '/studio/drafts/:id/types/:type', below: '/attributes/new' },
  },
  {
    route: '/studio/drafts/:id/types/:type/attributes/:attribute',
    path: { from: '/studio/drafts/:id/types/:type', below: '/attributes/condition' },
  },
  {
    route: '/studio/drafts/:id/types/:type/states/:state',
    path: { from: '/studio/drafts/:id/types/:type', below: '/states/stored' },
  },
  {
    route: '/studio/drafts/:id/types/:type/transitions/:transition',
    path: { from: '/studio/drafts/:id/types/:type', below: '/transitions/lend' },
  },
  { route: '/objects/:type', path: '/objects/device' },
  { route: '/objects/:type/:id', path: '/objects/device/D-000001' },
  { route: '/objects/:type/:id/edit', path: '/objects/device/D-000001/edit' },
  { route: '/objects/:type/:id/discussion', path: '/objects/device/D-000001/discussion' },
  { route: '/objects/:type/:id/comments/:comment/edit', path: '/objects/device/D-000001' },
  { route: '/objects/:type/:id/attachments/:file/delete', path: '/objects/device/D-000001' },
  { route: '/objects/:type/:id/tasks/new', path: '/objects/device/D-000001/tasks/new' },
  { route: '/objects/:type/:id/links/:relation', path: '/objects/device/D-000001/links/goes_with' },
  { route: '/objects/:type/:id/links/:relation/:link', path: '/objects/device/D-000001' },
  { route: '/objects/:type/import', path: '/objects/device/import' },
  { route: '/imports', path: '/imports' },
  { route: '/imports/:id', path: { from: '/imports', link: 'tbody th a' } },
  { route: '/notifications', path: '/notifications' },
  { route: '/tasks', path: '/tasks' },
  { route: '/views', path: '/views' },
  { route: '/views/new', path: '/views/new?of=device' },
  { route: '/views/:view', path: '/views/devices_board' },
  { route: '/views/:view', path: '/views/devices_by_condition' },
  { route: '/views/:view', path: '/views/devices_counted' },
  { route: '/views/:view', path: '/views/devices_stored' },
  { route: '/views/:view/edit', path: '/views' },
  { route: '/views/:view/move/:object', path: '/views/devices_board/move/D-000001' },
];

/** Routes of the engine that answer with a file, or that this site has nothing to show on. */
export const engineExempt: Readonly<Record<string, string>> = {
  '/files/:file': 'a download',
  '/files/:file/preview': 'a picture',
  '/imports/:id/problems.csv': 'a download',
  '/objects/:type/export': 'a download',
  '/views/:view/csv': 'a download',
  '/views/:view/svg': 'a picture',
  '/bulk-transitions/:id': 'of more than twenty objects at once: src/objects/bulk looks at it',
  '/orders/:id/check': 'of an order partly done: src/compliance looks at it',
};

export const lending = `pack: lending
version: 1.0.0
label: { fr: Prêt de matériel, en: Equipment lending }
types:
  device:
    label: { fr: Appareil, en: Device }
    plural: { fr: Appareils, en: Devices }
    number: "D-{seq:6}"
    title: "{number} · {name}"
    attributes:
      name: { type: text, required: true, indexed: true, searchable: true, label: { fr: Nom, en: Name } }
      condition:
        type: choice
        required: true
        default: good
        indexed: true
        label: { fr: État, en: Condition }
        values: { good: { fr: Bon, en: Good }, worn: { fr: Usé, en: Worn } }
      price: { type: money, label: { fr: Prix, en: Price } }
      bought_on: { type: date, indexed: true, label: { fr: Acheté le, en: Bought on } }
      manual: { type: file, label: { fr: Notice, en: Manual } }
    relations:
      goes_with:
        to: device
        inverse: needed_by
        label: { fr: Va avec, en: Goes with }
        inverse_label: { fr: Nécessaire à, en: Needed by }
    lifecycle:
      initial: stored
      states:
        stored: { label: { fr: Rangé, en: Stored } }
        lent: { label: { fr: Prêté, en: Lent } }
        gone: { label: { fr: Réformé, en: Retired }, final: true }
      transitions:
        lend: { label: { fr: Prêter, en: Lend }, from: stored, to: lent, roles: [anyone] }
        take_back: { label: { fr: Reprendre, en: Take back }, from: lent, to: stored, roles: [anyone] }
        retire: { label: { fr: Réformer, en: Retire }, from: stored, to: gone, roles: [admin], requires: [price] }
    rights: { read: [anyone], create: [anyone], update: [anyone], delete: [admin] }
views:
  devices_board: { kind: board, of: device, label: { fr: Appareils par état, en: Devices by state }, lanes: state }
  devices_by_condition:
    { kind: chart, of: device, label: { fr: Appareils par qualité, en: Devices by condition }, by: condition }
  devices_counted:
    kind: counters
    of: device
    label: { fr: Appareils en nombres, en: Devices in numbers }
    counters: { stored: { label: { fr: Rangés, en: Stored }, when: "state == 'stored'" } }
  devices_stored:
    { kind: table, of: device, label: { fr: Appareils rangés, en: Stored devices }, filter: "state == 'stored'" }
`;
