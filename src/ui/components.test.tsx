import type { Child } from 'hono/jsx';
import { describe, expect, it } from 'vitest';
import { hostile, hostileText } from './gallery/index.ts';
import {
  Badge,
  BarePage,
  ButtonForm,
  CheckboxesField,
  CheckboxField,
  ClockChip,
  CodeBlock,
  Columns,
  DefinitionList,
  Dialog,
  EmptyState,
  ErrorSummary,
  Explain,
  Filters,
  Form,
  InputField,
  LinkButton,
  Live,
  Notice,
  OutcomeGrid,
  Pager,
  Progress,
  type Reader,
  renderFragment,
  renderPage,
  SelectField,
  Shell,
  StateBar,
  StatTiles,
  Steps,
  Table,
  Tabs,
  TextAreaField,
  Timeline,
  Vessels,
  When,
} from './index.ts';

const reader: Reader = {
  language: 'fr',
  timeZone: 'Europe/Paris',
  now: new Date('2026-03-02T10:30:00Z'),
  theme: 'auto',
  csrf: 'the-token',
};
const show = (part: Child, changes: Partial<Reader> = {}) => renderFragment(part, { ...reader, ...changes });

/** None of the tags and attributes of a fragment may come from a value, and none may run anything. */
function expectHarmless(html: string): void {
  expect(html).not.toMatch(/<script(?! src="\/assets\/)/i);
  expect(html).not.toMatch(/<img/i);
  for (const [tag] of html.matchAll(/<[a-z][^>]*>/gi)) {
    const names = tag.replace(/"[^"]*"/g, '""');
    expect(names).not.toMatch(/\s(?:on\w+|style)=/i);
    expect(tag).not.toMatch(/(?:href|action|src|data-live)="\s*javascript:/i);
  }
}

const problem = { pointer: `/name`, code: 'bad', text: hostileText };

describe('A hostile value', () => {
  const parts: Record<string, Child> = {
    badge: <Badge tone="bad" text={hostileText} />,
    notice: <Notice tone="bad" title={hostileText} detail={hostileText} />,
    clock: <ClockChip kind="paused" text={hostileText} />,
    empty: <EmptyState title={hostileText} hint={hostileText} />,
    explain: (
      <Explain
        question={hostileText}
        rule={hostileText}
        facts={[{ term: hostileText, value: hostile }]}
        sources={[{ text: hostileText, href: `javascript:${hostile}` }]}
      />
    ),
    progress: <Progress id={hostile} label={hostileText} done={1} total={2} />,
    live: <Live id={hostile} events={`javascript:${hostile}`} refreshHref={hostile} />,
    button: <ButtonForm action={`javascript:${hostile}`} text={hostileText} fields={{ [hostile]: hostile }} />,
    link: <LinkButton href={`javascript:${hostile}`} text={hostileText} download={hostile} />,
    form: (
      <Form id={hostile} action={hostile} problems={[problem]}>
        <InputField name="name" label={hostileText} hint={hostileText} value={hostile} problems={[problem]} />
        <TextAreaField name={hostile} label={hostileText} value={`</textarea>${hostile}`} />
        <SelectField
          name="choice"
          label={hostileText}
          value={hostile}
          choices={[{ value: hostile, text: hostileText }]}
        />
        <CheckboxesField name="boxes" label={hostileText} choices={[{ value: hostile, text: hostileText }]} />
        <CheckboxField name="box" label={hostileText} value={hostile} />
      </Form>
    ),
    filters: (
      <Filters
        action={hostile}
        keep={{ sort: hostile }}
        filters={[
          { kind: 'search', name: hostile, label: hostileText, value: hostile },
          {
            kind: 'choice',
            name: 'c',
            label: hostileText,
            value: hostile,
            choices: [{ value: hostile, text: hostileText }],
          },
        ]}
      />
    ),
    dialog: <Dialog id={hostile} title={hostileText} />,
    table: (
      <Table
        id="t"
        caption={hostileText}
        columns={[
          { id: 'a', title: hostileText, cell: () => hostile, sortHref: `javascript:${hostile}` },
          { id: 'b', title: hostileText, cell: () => hostile },
        ]}
        rows={[hostile]}
        rowId={(row) => row}
        rowHref={(row) => `javascript:${row}`}
        empty={{ title: hostileText, hint: hostileText }}
      />
    ),
    pager: <Pager nextHref={`javascript:${hostile}`} count={hostileText} />,
    definitions: <DefinitionList items={[{ term: hostileText, value: hostile }]} />,
    state: (
      <StateBar
        id="s"
        state={{ tone: 'good', text: hostileText }}
        transitions={[
          { kind: 'post', text: hostileText, action: `javascript:${hostile}` },
          { kind: 'page', text: hostileText, href: `javascript:${hostile}` },
          { kind: 'impossible', text: hostileText, reason: hostileText },
        ]}
      />
    ),
    outcomes: (
      <OutcomeGrid
        id="o"
        label={hostileText}
        outcomes={[
          {
            id: hostile,
            name: hostile,
            href: `javascript:${hostile}`,
            state: { tone: 'bad', text: hostileText },
            facts: [hostileText],
            why: hostileText,
            announce: hostileText,
          },
        ]}
      />
    ),
    vessels: (
      <Vessels
        id="v"
        label={hostileText}
        vessels={[{ id: hostile, name: hostile, tone: 'bad', mark: 'denied', level: 1, text: hostileText }]}
      />
    ),
    timeline: (
      <Timeline
        id="h"
        label={hostileText}
        entries={[
          {
            at: reader.now,
            actor: hostile,
            text: hostileText,
            changes: [{ field: hostileText, from: hostile, to: hostile }],
          },
        ]}
      />
    ),
    steps: <Steps id="x" label={hostileText} steps={[{ text: hostileText, state: 'now', detail: hostile }]} />,
    code: <CodeBlock id="c" label={hostileText} code={hostile} />,
    tabs: <Tabs label={hostileText} tabs={[{ text: hostileText, href: `javascript:${hostile}`, isCurrent: true }]} />,
    stats: (
      <StatTiles
        label={hostileText}
        stats={[{ label: hostileText, value: hostile, href: hostile, detail: hostileText }]}
      />
    ),
    columns: <Columns main={hostile} aside={hostile} />,
    page: (
      <BarePage
        product={hostile}
        organisation={{ text: hostileText, href: hostile }}
        path={hostile}
        title={hostileText}
        lead={hostileText}
      />
    ),
    shell: (
      <Shell
        product={hostile}
        organisation={{ text: hostileText, href: hostile }}
        path={hostile}
        menu={[
          {
            section: { id: hostile, text: hostileText, order: 1 },
            text: hostileText,
            href: `javascript:${hostile}`,
            count: 1,
            countText: hostileText,
          },
        ]}
        search={{ action: hostile, value: hostile }}
        create={[{ text: hostileText, href: `javascript:${hostile}` }]}
        person={{ name: hostile, detail: hostile, preferencesAction: hostile, signOutAction: `javascript:${hostile}` }}
        title={hostileText}
        breadcrumbs={[{ text: hostileText, href: hostile }]}
      />
    ),
  };

  it.each(Object.keys(parts))('stays text in a %s', (name) => {
    expectHarmless(show(parts[name] ?? '', { csrf: hostile }));
  });
});

describe('A page', () => {
  const page = (
    <BarePage
      product="Socle"
      organisation={{ text: { fr: 'Socle', en: 'Socle' }, href: '/' }}
      path="/sign-in"
      title={{ fr: 'Connexion', en: 'Sign in' }}
    />
  );

  it('is written in the reader’s language', () => {
    expect(renderPage(page, reader)).toMatch(/^<!DOCTYPE html><html lang="fr" data-theme="auto">/);
    const english = renderPage(page, { ...reader, language: 'en', theme: 'dark' });
    expect(english).toContain('<html lang="en" data-theme="dark">');
    expect(english).toContain('<title>Sign in · Socle</title>');
  });

  it('has one h1 and one live region', () => {
    const html = renderPage(page, reader);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.match(/aria-live="polite"/g)).toHaveLength(1);
  });

  it('can’t be rendered for nobody', () => {
    expect(() => String(<Badge tone="good" text={{ fr: 'Fait', en: 'Done' }} />)).toThrow(/outside of render/);
  });
});

describe('A form', () => {
  const problems = [
    { pointer: '/identities/0/value', code: 'missing', text: { fr: 'Écrivez une adresse', en: 'Write an address' } },
  ];

  it('links each error of its summary to the field that has it', () => {
    const html = show(
      <Form id="f" action="/requests" problems={problems}>
        <InputField name="identities.0.value" label={{ fr: 'Adresse', en: 'Address' }} isRequired problems={problems} />
      </Form>,
    );
    expect(html).toContain('<a href="#field-identities-0-value">Écrivez une adresse</a>');
    expect(html).toMatch(
      /<input id="field-identities-0-value"[^>]* aria-describedby="field-identities-0-value-error" aria-invalid="true"/,
    );
  });

  it('carries the session’s token and a key that makes its write happen once', () => {
    const html = show(<Form id="f" action="/requests" />);
    expect(html).toContain('<input type="hidden" name="csrf" value="the-token"/>');
    expect(html).toMatch(/name="_key" value="[0-9a-f-]{36}"/);
    expect(show(<Form id="f" action="/requests" />, { csrf: null })).not.toContain('name="csrf"');
  });

  it('shows no summary when nothing is wrong', () => {
    expect(show(<ErrorSummary problems={[]} />)).toBe('');
  });
});

describe('A table', () => {
  const columns = [
    {
      id: 'a',
      title: { fr: 'Nom', en: 'Name' },
      cell: (row: string) => row,
      sortHref: '?sort=-a',
      sorted: 'ascending' as const,
    },
    { id: 'b', title: { fr: 'Nombre', en: 'Count' }, kind: 'number' as const, cell: (row: string) => row.length },
  ];
  const empty = { title: { fr: 'Rien', en: 'Nothing' }, hint: { fr: 'Ajoutez une ligne.', en: 'Add a row.' } };
  const caption = { fr: 'Noms', en: 'Names' };

  it('says how it is sorted and leads from each row', () => {
    const html = show(
      <Table id="t" caption={caption} columns={columns} rows={['Ada']} rowHref={(row) => `/n/${row}`} empty={empty} />,
    );
    expect(html).toContain('aria-sort="ascending"><a href="?sort=-a">Nom</a>');
    expect(html).toContain('<th scope="row"><a href="/n/Ada">Ada</a></th>');
    expect(html).toContain('<td class="number" data-label="Nombre">3</td>');
  });

  it('teaches the next step when it is empty', () => {
    expect(show(<Table id="t" caption={caption} columns={columns} rows={[]} empty={empty} />)).toContain(
      'Ajoutez une ligne.',
    );
  });

  it('that scrolls sideways can be reached by the keyboard', () => {
    const html = show(
      <Table id="t" caption={caption} columns={columns} rows={['Ada']} narrow="scroll" empty={empty} />,
    );
    expect(html).toContain('<section class="scroll" tabindex="0" aria-labelledby="t-caption">');
  });
});

describe('A deadline', () => {
  it.each([
    [<ClockChip kind="running" daysLeft={12} dueOn="2026-03-14" />, 'neutral', '12 jours restants'],
    [<ClockChip kind="running" daysLeft={7} dueOn="2026-03-09" />, 'warning', '7 jours restants'],
    [<ClockChip kind="running" daysLeft={0} dueOn="2026-03-02" />, 'warning', 'Échéance aujourd’hui'],
    [<ClockChip kind="late" daysLate={1} dueOn="2026-03-01" />, 'bad', '1 jour de retard'],
    [<ClockChip kind="met" dueOn="2026-03-01" />, 'good', 'Délai tenu'],
    [<ClockChip kind="missed" dueOn="2026-03-01" />, 'bad', 'Délai dépassé à la clôture'],
  ])('says what it is in words (%#)', (chip, tone, text) => {
    const html = show(chip);
    expect(html).toContain(`class="clock ${tone}"`);
    expect(html).toContain(text);
  });
});

describe('A moment', () => {
  it('is told relative to now, with the exact one at hand', () => {
    const html = show(<When at="2026-03-02T08:30:00Z" />);
    expect(html).toBe('<time datetime="2026-03-02T08:30:00.000Z" title="2 mars 2026 à 09:30">il y a 2 heures</time>');
  });
});

describe('Impossible transitions', () => {
  it('are not buttons: they say why', () => {
    const html = show(
      <StateBar
        id="s"
        state={{ tone: 'accent', text: { fr: 'Ouverte', en: 'Open' } }}
        transitions={[
          {
            kind: 'impossible',
            text: { fr: 'Clore', en: 'Close' },
            reason: { fr: 'Deux manquent.', en: 'Two are missing.' },
          },
        ]}
      />,
    );
    expect(html).not.toContain('<button');
    expect(html).toContain('<dt>Clore</dt><dd>Deux manquent.</dd>');
  });
});
