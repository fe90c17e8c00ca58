import { z } from 'zod';
import { can, may } from '../../access/index.ts';
import { type PageApp, page, redirect, type Slice, type Who } from '../../http/index.ts';
import { isUuid, type Language, languages, type Problem, Refusal } from '../../kernel/index.ts';
import { Badge, type Column, LinkButton, reader, Section, Table } from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { type LetterKind, type LetterTemplate, letterKinds } from '../letters/index.ts';
import { fileRetention, retentionText } from '../request/file-retention.ts';
import { userNames } from '../request/user-names.ts';
import { editPage } from './edit-page.tsx';
import { retentionPages } from './retention.pages.tsx';
import { changedLetters, revertTemplate, saveTemplate, type TemplateKey, templateFor, versionsOf } from './store.ts';
import { letterNames, templateWords as words } from './words.ts';

const allow = may('requests.decide');
const query = z.object({ controller: z.string().max(60).optional() });
const form = z.object({
  subject: z.string().max(400),
  body: z.string().max(20_000),
  controller: z.string().max(60).optional(),
  do: z.enum(['save', 'see', 'revert']),
});

/** The DPO's words: each letter by language and controller, and how long files are kept. */
export function lettersSlice(engine: Engine): Slice {
  return {
    name: 'letters',
    menu: [
      {
        section: { id: 'compliance', text: { fr: 'Personnes et demandes', en: 'Persons and requests' }, order: 10 },
        text: words.menu,
        href: '/letters',
        icon: 'document',
        order: 3,
        isFor: (who) => can(who, 'requests.decide'),
      },
    ],
    pages(app) {
      app.get('/letters', { allow }, ({ who }) => listPage(who));
      retentionPages(app);
      editPages(engine, app);
    },
  };
}

function editPages(engine: Engine, app: PageApp): void {
  app.get('/letters/:kind/:language', { query, allow }, async (visit) => {
    const key = keyOf(visit.params, visit.query.controller);
    return show(engine, visit.who, key, await templateFor(visit.who.scope.db, key), [], false);
  });
  app.post(
    '/letters/:kind/:language',
    {
      form,
      allow,
      again: (visit, refusal, typed) => {
        const key = keyOf(visit.params, typed.controller);
        const template = { subject: typed.subject ?? '', body: typed.body ?? '' };
        return show(engine, visit.who, key, template, refusal.problems, false);
      },
    },
    async ({ who, params, body, cause }) => {
      const key = keyOf(params, body.controller);
      const template = { subject: body.subject, body: body.body };
      if (body.do === 'see') return show(engine, who, key, template, [], true);
      if (key.controller !== null) await engine.register.controllerName(who.scope, key.controller);
      if (body.do === 'save') await saveTemplate(who.scope, cause, key, template);
      else await revertTemplate(who.scope, cause, key);
      return redirect(hrefOf(key), { flash: body.do === 'save' ? words.saved : words.reverted });
    },
  );
}

async function show(
  engine: Engine,
  who: Who,
  key: TemplateKey,
  template: LetterTemplate,
  problems: readonly Problem[],
  isPreview: boolean,
) {
  const [controllers, versions, names] = await Promise.all([
    engine.register.controllers(who.scope),
    versionsOf(who.scope.db, key),
    userNames(who.scope),
  ]);
  return editPage({ which: key, template, problems, isPreview, controllers, versions, names, href: hrefOf(key) });
}

function keyOf(params: { readonly kind: string; readonly language: string }, controller: string | undefined) {
  const kind = letterKinds.find((one) => one === params.kind);
  const language = languages.find((one) => one === params.language);
  if (kind === undefined || language === undefined) throw noLetter();
  const isNone = controller === undefined || controller === '';
  if (!isNone && !isUuid(controller)) throw noLetter();
  return { kind, language, controller: isNone ? null : controller };
}

function hrefOf(key: TemplateKey): string {
  const own = key.controller === null ? '' : `?controller=${key.controller}`;
  return `/letters/${key.kind}/${key.language}${own}`;
}

interface Line {
  readonly kind: LetterKind;
  readonly language: Language;
  readonly isChanged: boolean;
}

async function listPage(who: Who) {
  const [changed, retention] = await Promise.all([changedLetters(who.scope.db), fileRetention(who.scope.db)]);
  const lines = letterKinds.flatMap((kind) =>
    languages.map((language): Line => ({ kind, language, isChanged: changed.has(`${kind} ${language}`) })),
  );
  return page({
    title: words.title,
    lead: words.lead,
    content: (
      <>
        <LetterTable lines={lines} />
        <Section
          id="retention"
          title={words.retention}
          lead={words.retentionLead}
          actions={<LinkButton href="/letters/retention" text={words.changeRetention} />}
        >
          <Kept months={retention.months} source={retention.source} />
        </Section>
      </>
    ),
  });
}

function Kept(props: { readonly months: number; readonly source: string }) {
  const { say } = reader();
  return <p>{`${say(words.keptFor)} ${say(retentionText(props))} (${props.source}).`}</p>;
}

function LetterTable(props: { readonly lines: readonly Line[] }) {
  const { say } = reader();
  const columns: readonly Column<Line>[] = [
    {
      id: 'letter',
      title: words.letter,
      cell: (line) => `${say(letterNames[line.kind])} (${say(words.languages[line.language])})`,
    },
    {
      id: 'words',
      title: words.words,
      cell: (line) => (line.isChanged ? <Badge tone="accent" text={words.yours} /> : <span>{say(words.shipped)}</span>),
    },
  ];
  return (
    <Table
      id="letters"
      caption={words.title}
      columns={columns}
      rows={props.lines}
      rowHref={(line) => hrefOf({ ...line, controller: null })}
      narrow="cards"
      empty={{ title: words.title, hint: words.lead }}
    />
  );
}

function noLetter(): Refusal {
  return new Refusal('letter.unknown', 404, {
    fr: 'Cette lettre n’existe pas. Choisissez-en une dans la liste.',
    en: 'There is no such letter. Choose one from the list.',
  });
}
