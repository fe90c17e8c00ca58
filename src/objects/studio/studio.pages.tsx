import { administration, can, may } from '../../access/index.ts';
import { type PageAnswer, type PageApp, type PageResult, redirect, type Slice, type Who } from '../../http/index.ts';
import { isUuid, type Problem, Refusal, type Text } from '../../kernel/index.ts';
import { emptyPack, nameFrom } from '../../model/index.ts';
import { write } from '../../store/index.ts';
import type { AnyVisit } from '../pages/context.ts';
import { actorNames } from '../pages/history-entries.ts';
import { isAttributeKind, optionsOf } from './attribute-kinds.ts';
import { attributePage, kindPage } from './attribute-page.tsx';
import { type DraftStanding, discardPage, draftPage, draftPath, textPage } from './draft-page.tsx';
import { changeDraft, draftOf, dropDraft, keepDraft, listDrafts, startDraft, submitDraft } from './drafts.ts';
import {
  addAttribute,
  addType,
  changeAttribute,
  changeType,
  putRights,
  putState,
  putTransition,
  removeAttribute,
  removeState,
  removeTransition,
  removeType,
} from './edits.ts';
import { statePage, transitionPage } from './lifecycle-pages.tsx';
import { fileOf, type Opened, openDraft, previewOf, stringAt } from './opened.ts';
import {
  attributeForm,
  attributeSaid,
  packForm,
  rightsForm,
  stateForm,
  textForm,
  transitionForm,
  typeForm,
} from './said.ts';
import { expectTheirs, type ModelChangeOptions } from './shared-model.ts';
import { type FieldsTyped, newPackPage, studioPage } from './studio-page.tsx';
import { aboutPage, draftTypePage, rightsPage, typePath } from './type-page.tsx';
import { versionPage, versionsPage } from './versions-pages.tsx';
import { appliedFlash, words } from './words.ts';

const allow = may('model.draft');

/** The model studio: a change is prepared in a draft, shown with what it changes, and applied while everything runs. */
export function studioSlice(options: ModelChangeOptions): Slice {
  return {
    name: 'studio',
    menu: [
      {
        section: administration,
        text: words.studio,
        href: '/studio',
        icon: 'settings',
        order: 5,
        isFor: (who) => can(who, 'model.draft'),
      },
    ],
    pages(app) {
      mountHome(app, options);
      mountDraft(app, options);
      mountTypes(app, options);
      mountAttributes(app, options);
      mountLifecycle(app, options);
      mountVersions(app, options);
    },
  };
}

const empty: FieldsTyped = { typed: {}, problems: [] };

function mountHome(app: PageApp, options: ModelChangeOptions): void {
  const { live } = options;
  app.get('/studio', { allow }, async (visit) => studioPage(options, visit, await live.systemPacks()));
  app.get('/studio/new', { allow }, () => newPackPage({}, []));
  app.post(
    '/studio/new',
    { form: packForm, allow, again: (_visit, refusal, typed) => newPackPage(typed, refusal.problems) },
    async ({ who, cause, body }) => {
      const label = { fr: body.label_fr, en: body.label_en };
      const name = nameFrom(label.en);
      const isTaken = live.current().packs.some((pack) => pack.name === name);
      if (name === '' || isTaken || (await listDrafts(who.scope)).some((draft) => draft.pack === name))
        throw takenName();
      const id = await write(who.scope, cause, (writing) => startDraft(writing, live, name, emptyPack(name, label)));
      return redirect(`/studio/drafts/${id}`);
    },
  );
  app.post('/studio/packs/:pack/draft', { allow }, async ({ who, cause, params }) => {
    const known = (await listDrafts(who.scope)).find((draft) => draft.pack === params.pack);
    if (known !== undefined) return redirect(`/studio/drafts/${known.id}`);
    const text = draftOf(live, params.pack);
    const id = await write(who.scope, cause, (writing) => startDraft(writing, live, params.pack, text));
    return redirect(`/studio/drafts/${id}`);
  });
}

function mountDraft(app: PageApp, options: ModelChangeOptions): void {
  const { live } = options;
  const base = '/studio/drafts/:id';
  app.get(base, { allow }, async (visit) => {
    const opened = await open(options, visit);
    return draftPage(opened, await standingOf(options, opened, visit.who));
  });
  app.get(`${base}/text`, { allow }, async (visit) => {
    const opened = await open(options, visit);
    return textPage(opened, opened.draft.body, opened.preview.problems);
  });
  app.post(`${base}/text`, { form: textForm, allow }, async (visit) => {
    const opened = await open(options, visit);
    const { body, version } = visit.body;
    const text = body.replaceAll('\r\n', '\n');
    const saved = { ...opened.draft, version, body: text };
    await write(visit.who.scope, visit.cause, (writing) => changeDraft(writing, saved, text));
    const { problems } = await previewOf(live, saved);
    if (problems.length === 0) return redirect(draftPath(opened), { flash: words.saved });
    return redirect(`${draftPath(opened)}/text`, { flash: words.saved });
  });
  app.get(`${base}/discard`, { allow }, async (visit) => discardPage(await open(options, visit)));
  app.post(`${base}/discard`, { allow }, async (visit) => {
    const { draft } = await open(options, visit);
    await write(visit.who.scope, visit.cause, (writing) => dropDraft(writing, draft.id));
    return redirect('/studio', { flash: words.discarded });
  });
  app.post(`${base}/keep`, { allow }, async (visit) => {
    const opened = await open(options, visit);
    await write(visit.who.scope, visit.cause, (writing) => keepDraft(writing, opened.draft.id, live));
    return redirect(draftPath(opened));
  });
  app.post(`${base}/submit`, { allow }, async (visit) => {
    const opened = await open(options, visit);
    await write(visit.who.scope, visit.cause, (writing) => submitDraft(writing, opened.draft.id));
    return redirect(draftPath(opened), { flash: words.saved });
  });
  app.post(`${base}/apply`, { allow: may('model.change') }, async (visit) => {
    const opened = await open(options, visit);
    const { who, cause } = visit;
    await expectTheirs(options, who);
    if ((await standingOf(options, opened, who)).behind.length > 0) throw isBehind();
    const { draft } = opened;
    const asked = { files: [{ file: fileOf(draft), text: draft.body }], without: [], version: null };
    const proposal = await live.propose(who.scope, asked, cause);
    await live.apply(who.scope, proposal.id, cause);
    await write(who.scope, cause, (writing) => dropDraft(writing, draft.id));
    return redirect('/studio', { flash: appliedFlash(live.version().number) });
  });
}

function mountTypes(app: PageApp, options: ModelChangeOptions): void {
  const types = '/studio/drafts/:id/types';
  const one = `${types}/:type` as const;
  app.get(`${types}/new`, { allow }, async (visit) => aboutPage(await open(options, visit), null, empty));
  app.post(
    `${types}/new`,
    { form: typeForm, allow, again: again(options, (opened, _visit, typed) => aboutPage(opened, null, typed)) },
    async (visit) => {
      const opened = await open(options, visit);
      const { text, name } = addType(opened.draft.body, visit.body);
      return edited(options, visit, opened, text, typePath(opened, name));
    },
  );
  app.get(one, { allow }, async (visit) => draftTypePage(await open(options, visit), visit.params.type));
  app.get(`${one}/about`, { allow }, async (visit) => aboutPage(await open(options, visit), visit.params.type, empty));
  app.post(
    `${one}/about`,
    {
      form: typeForm,
      allow,
      again: again(options, (opened, visit, typed) => aboutPage(opened, visit.params.type ?? '', typed)),
    },
    async (visit) => {
      const opened = await open(options, visit);
      const text = changeType(opened.draft.body, visit.params.type, visit.body);
      return edited(options, visit, opened, text, typePath(opened, visit.params.type));
    },
  );
  app.post(`${one}/remove`, { allow }, async (visit) => {
    const opened = await open(options, visit);
    return taken(visit, opened, removeType(opened.draft.body, visit.params.type), draftPath(opened));
  });
  app.get(`${one}/rights`, { allow }, async (visit) => rightsPage(await open(options, visit), visit.params.type, []));
  app.post(
    `${one}/rights`,
    {
      form: rightsForm,
      allow,
      again: again(options, (opened, visit, { problems }) => rightsPage(opened, visit.params.type ?? '', problems)),
    },
    async (visit) => {
      const opened = await open(options, visit);
      const text = putRights(opened.draft.body, visit.params.type, visit.body);
      return edited(options, visit, opened, text, typePath(opened, visit.params.type));
    },
  );
}

function mountAttributes(app: PageApp, options: ModelChangeOptions): void {
  const base = '/studio/drafts/:id/types/:type/attributes';
  const one = `${base}/:attribute` as const;
  app.get(`${base}/new`, { allow }, async (visit) => {
    const opened = await open(options, visit);
    const kind = visit.url.searchParams.get('kind') ?? '';
    const { type } = visit.params;
    return isAttributeKind(kind) ? attributePage(opened, type, null, kind, empty) : kindPage(opened, type);
  });
  app.post(
    `${base}/new`,
    {
      form: attributeForm,
      allow,
      again: again(options, (opened, visit, given) =>
        attributePage(opened, visit.params.type ?? '', null, given.typed.kind ?? '', given),
      ),
    },
    async (visit) => {
      const opened = await open(options, visit);
      const { type } = visit.params;
      const { kind } = visit.body;
      if (!isAttributeKind(kind)) throw noKind();
      const said = { kind, ...attributeSaid(visit.body, optionsOf(kind, undefined), undefined) };
      return edited(options, visit, opened, addAttribute(opened.draft.body, type, said), typePath(opened, type));
    },
  );
  app.get(one, { allow }, async (visit) => {
    const opened = await open(options, visit);
    const { type, attribute } = visit.params;
    return attributePage(opened, type, attribute, kindAt(opened, type, attribute), empty);
  });
  app.post(
    one,
    {
      form: attributeForm,
      allow,
      again: again(options, (opened, { params }, given) => {
        const { type = '', attribute = '' } = params;
        return attributePage(opened, type, attribute, kindAt(opened, type, attribute), given);
      }),
    },
    async (visit) => {
      const opened = await open(options, visit);
      const { type, attribute } = visit.params;
      const kind = kindAt(opened, type, attribute);
      const known = isAttributeKind(kind) ? kind : null;
      const place = ['types', type, 'attributes', attribute];
      const asked = optionsOf(known, opened.edit.read(place));
      const said = { kind: known, ...attributeSaid(visit.body, asked, opened.edit.read([...place, 'values'])) };
      const text = changeAttribute(opened.draft.body, type, attribute, said);
      return edited(options, visit, opened, text, typePath(opened, type));
    },
  );
  app.post(`${one}/remove`, { allow }, async (visit) => {
    const opened = await open(options, visit);
    const { type, attribute } = visit.params;
    return taken(visit, opened, removeAttribute(opened.draft.body, type, attribute), typePath(opened, type));
  });
}

function mountLifecycle(app: PageApp, options: ModelChangeOptions): void {
  const base = '/studio/drafts/:id/types/:type';
  app.get(`${base}/states/:state`, { allow }, async (visit) =>
    statePage(await open(options, visit), visit.params.type, ownName(visit.params.state), empty),
  );
  app.post(
    `${base}/states/:state`,
    {
      form: stateForm,
      allow,
      again: again(options, (opened, { params: { type = '', state = '' } }, given) =>
        statePage(opened, type, ownName(state), given),
      ),
    },
    async (visit) => {
      const opened = await open(options, visit);
      const { type, state } = visit.params;
      const text = putState(opened.draft.body, type, ownName(state), visit.body);
      return edited(options, visit, opened, text, typePath(opened, type));
    },
  );
  app.post(`${base}/states/:state/remove`, { allow }, async (visit) => {
    const opened = await open(options, visit);
    const { type, state } = visit.params;
    return taken(visit, opened, removeState(opened.draft.body, type, state), typePath(opened, type));
  });
  app.get(`${base}/transitions/:transition`, { allow }, async (visit) =>
    transitionPage(await open(options, visit), visit.params.type, ownName(visit.params.transition), empty),
  );
  app.post(
    `${base}/transitions/:transition`,
    {
      form: transitionForm,
      allow,
      again: again(options, (opened, { params: { type = '', transition = '' } }, given) =>
        transitionPage(opened, type, ownName(transition), given),
      ),
    },
    async (visit) => {
      const opened = await open(options, visit);
      const { type, transition } = visit.params;
      const text = putTransition(opened.draft.body, type, ownName(transition), visit.body);
      return edited(options, visit, opened, text, typePath(opened, type));
    },
  );
  app.post(`${base}/transitions/:transition/remove`, { allow }, async (visit) => {
    const opened = await open(options, visit);
    const { type, transition } = visit.params;
    return taken(visit, opened, removeTransition(opened.draft.body, type, transition), typePath(opened, type));
  });
}

function mountVersions(app: PageApp, options: ModelChangeOptions): void {
  const { live } = options;
  app.get('/studio/versions', { allow }, async ({ who }) => {
    const versions = await live.versions();
    const actors = await actorNames(
      who.scope,
      versions.flatMap(({ proposedBy }) => proposedBy ?? []),
    );
    return versionsPage(versions, live.version().number, actors);
  });
  app.get('/studio/versions/:number', { allow }, async ({ params, who }) => {
    const number = versionNumber(params.number);
    await expectTheirs(options, who);
    const before = (await live.versions()).find((version) => version.number < number)?.number;
    return versionPage({
      number,
      present: live.version().number,
      brought: before === undefined ? [] : await live.compare(before, number),
      back: await live.preview({ files: [], without: [], version: number }),
      mayApply: can(who, 'model.change'),
    });
  });
  app.post('/studio/versions/:number/take-back', { allow: may('model.change') }, async ({ params, who, cause }) => {
    await expectTheirs(options, who);
    const asked = { files: [], without: [], version: versionNumber(params.number) };
    const proposal = await live.propose(who.scope, asked, cause);
    await live.apply(who.scope, proposal.id, cause);
    return redirect('/studio/versions', { flash: appliedFlash(live.version().number) });
  });
}

async function open(options: ModelChangeOptions, { params, who }: Pick<AnyVisit, 'who'> & { params: { id?: string } }) {
  const { id = '' } = params;
  await expectTheirs(options, who);
  return openDraft(options, who.scope, isUuid(id) ? id : '00000000-0000-0000-0000-000000000000');
}

/** Shows the form again with what was typed and what is wrong. */
function again(
  options: ModelChangeOptions,
  show: (
    opened: Opened,
    visit: { readonly params: Readonly<Record<string, string | undefined>> },
    given: FieldsTyped,
  ) => PageAnswer,
) {
  return async (
    visit: { readonly params: { readonly id: string }; readonly who: Who },
    refusal: Refusal,
    typed: Readonly<Record<string, string>>,
  ): Promise<PageResult> => show(await open(options, visit), visit, { typed, problems: refusal.problems });
}

/** A life cycle is built state by state: until its steps are there, the draft says what it lacks. */
const unfinished: ReadonlySet<string> = new Set(['pack.unreachable_state', 'pack.dead_end']);

/** A form never leaves a draft worse than it found it: what it would break is told, and nothing is saved. */
async function edited(
  { live }: ModelChangeOptions,
  visit: Pick<AnyVisit, 'who' | 'cause'>,
  opened: Opened,
  text: string,
  then: string,
) {
  const { draft, preview } = opened;
  const { problems } = await previewOf(live, { ...draft, body: text });
  const known = new Set(preview.problems.map((one) => one.text.en));
  const caused = problems.filter((one) => !known.has(one.text.en) && !unfinished.has(one.code));
  if (caused.length > 0) throw refuseEdit(caused);
  return saved(visit, opened, text, { to: then, flash: words.saved });
}

/** What is taken away may leave others that name it: the draft says which, until they are mended. */
function taken(visit: Pick<AnyVisit, 'who' | 'cause'>, opened: Opened, text: string, then: string) {
  return saved(visit, opened, text, { to: then, flash: words.taken });
}

async function saved(
  visit: Pick<AnyVisit, 'who' | 'cause'>,
  { draft }: Opened,
  text: string,
  { to, flash }: { readonly to: string; readonly flash: Text },
) {
  await write(visit.who.scope, visit.cause, (writing) => changeDraft(writing, draft, text));
  return redirect(to, { flash });
}

async function standingOf({ live }: ModelChangeOptions, { draft }: Opened, who: Who): Promise<DraftStanding> {
  const present = live.version().number;
  const changes = draft.beganFrom === present ? [] : await live.compare(draft.beganFrom, present);
  return {
    mayApply: can(who, 'model.change'),
    behind: changes.filter(({ place }) => place === draft.pack || place.startsWith(`${draft.pack}.`)),
  };
}

function kindAt({ edit }: Opened, type: string, attribute: string): string {
  const place = ['types', type, 'attributes', attribute];
  if (edit.has(place)) return stringAt(edit, [...place, 'type']);
  throw new Refusal('model.no_attribute', 404, {
    fr: `Ce type n’a pas d’attribut « ${attribute} ».`,
    en: `This type has no attribute “${attribute}”.`,
  });
}

/** `new` is no name: it asks for one. */
function ownName(text: string): string | null {
  return text === 'new' ? null : text;
}

function versionNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

function refuseEdit(problems: readonly Problem[]): Refusal {
  return new Refusal(
    'studio.unsound',
    422,
    {
      fr: `Rien n’a été enregistré. ${problems.map((one) => one.text.fr).join(' ')}`,
      en: `Nothing was saved. ${problems.map((one) => one.text.en).join(' ')}`,
    },
    problems.map((one) => ({ ...one, pointer: '/' })),
  );
}

function takenName(): Refusal {
  const text = {
    fr: 'Un module, ou un brouillon, porte déjà ce nom en anglais : donnez-en un autre, ou modifiez celui-là.',
    en: 'A pack, or a draft, has this English name already: give another, or change that one.',
  };
  return new Refusal('studio.taken', 422, text, [{ pointer: '/label_en', code: 'studio.taken', text }]);
}

function noKind(): Refusal {
  return new Refusal('studio.no_kind', 422, {
    fr: 'Choisissez d’abord ce dont il s’agit.',
    en: 'Choose what it is first.',
  });
}

function isBehind(): Refusal {
  return new Refusal('studio.behind', 409, {
    fr: 'Ce module a changé depuis le début de ce brouillon ; rien n’a été appliqué. Le brouillon dit ce qui serait défait.',
    en: 'This pack has changed since this draft began; nothing was applied. The draft says what would be undone.',
  });
}
