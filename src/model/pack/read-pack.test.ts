import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../kernel/index.ts';
import { checkPack } from '../check-pack.ts';
import { checkPacks, checkRead, compileModel, loadPacks } from '../compile.ts';
import { problemLine } from './pack-problem.ts';
import { parsePack } from './read-pack.ts';

/** A small sound pack; each test spoils it in one way. */
const sound = `pack: lending
version: 1.0.0
label: { fr: Prêt, en: Lending }
types:
  device:
    label: { fr: Appareil, en: Device }
    attributes:
      name: { type: text, required: true }
      price: { type: money }
    rights: { read: [anyone] }
  loan:
    label: { fr: Prêt, en: Loan }
    title: "{number}"
    attributes:
      device: { type: reference, to: device, required: true }
      due_on: { type: date }
    lifecycle:
      initial: draft
      states:
        draft: { label: { fr: Brouillon, en: Draft } }
        lent: { label: { fr: Prêté, en: Lent }, final: true }
      transitions:
        lend: { from: draft, to: lent, roles: [admin], requires: [due_on] }
    rights: { read: [anyone], create: [admin] }
`;

/** What a person is told when `from` is replaced by `to`, each with the text at the place they are sent to. */
function told(from: string, to: string): readonly { readonly at: string; readonly words: string }[] {
  expect(sound).toContain(from);
  const spoilt = sound.replace(from, to);
  const lines = spoilt.split('\n');
  const { problems } = checkRead([parsePack(spoilt, 'pack.yaml')]);
  return problems.map(({ line, column, text }) => ({ at: lines[line - 1]?.slice(column - 1) ?? '', words: text.en }));
}

test('a sound pack has no problem and compiles', () => {
  const { sources, problems } = checkRead([parsePack(sound, 'pack.yaml')]);
  expect(problems).toEqual([]);
  const model = compileModel(sources ?? []);
  expect([...model.types.keys()]).toEqual(['device', 'loan']);
  expect(model.types.get('loan')?.lifecycle?.transitions.get('lend')?.requires).toEqual(['due_on']);
});

test('the example of the guide is a sound pack', async () => {
  const guide = await readFile(join(projectRoot, 'src/model/README.md'), 'utf8');
  const example = /```yaml\n(.*?)```/s.exec(guide)?.[1] ?? '';
  expect(checkRead([parsePack(example, 'README.md')]).problems).toEqual([]);
});

test('the system packs are sound', async () => {
  const packs = await loadPacks([join(projectRoot, 'src/repository'), join(projectRoot, 'src/compliance')]);
  expect(packs.map((pack) => pack.pack)).toEqual(['architecture', 'compliance']);
});

describe('each mistake is told with its place and what to do', () => {
  test.each([
    ['label: { fr: Prêté, en: Lent }', 'label: { fr: Prêté }', 'label', 'The text in English is missing: add “en: …”.'],
    ['to: device', 'to: devise', 'devise', 'No type is called “devise”. Did you mean “device”?'],
    ['type: money', 'type: mony', 'mony', 'Unknown attribute type “mony”. Did you mean “money”?'],
    [
      'type: money',
      'type: rollup',
      'rollup',
      'Give the type of the result, and “rollup: …” beside it: “type: money, rollup: …”.',
    ],
    [
      'type: money',
      'type: sequence, pattern: "F-{seq}", at: issue',
      'issue',
      'No transition of this type is called “issue”.',
    ],
    [
      '    rights: { read: [anyone] }',
      '    relations:\n      lent_by: { to: lona, inverse: lends }\n    rights: { read: [anyone] }',
      'lona',
      'No type is called “lona”. Did you mean “loan”?',
    ],
    [
      '    rights: { read: [anyone] }',
      '    relations:\n      lent_by: { to: loan, inverse: due_on }\n    rights: { read: [anyone] }',
      'due_on',
      '“due_on” is already an attribute or a relation of “loan”: choose another name.',
    ],
    [
      '    rights: { read: [anyone] }',
      '    relations:\n      lent_by: { to: loan, inverse: lends, attributes: { who: { type: email, category: contact } } }\n    rights: { read: [anyone] }',
      'category',
      '“category” isn’t possible for an attribute of a link.',
    ],
    [
      '    rights: { read: [anyone] }',
      '    relations:\n      lent_by: { to: loan, inverse: lends, impact: forward }\n    rights: { read: [anyone] }',
      'impact',
      '“impact” comes with a later version of the model engine: remove it for now.',
    ],
    [
      '    rights: { read: [anyone] }',
      '    constraints:\n      both: { unique: [name, prize] }\n    rights: { read: [anyone] }',
      'prize',
      'No attribute is called “prize”. Did you mean “price”?',
    ],
    [
      '    rights: { read: [anyone] }',
      '    constraints:\n      both: { if: "created_at < now()" }\n    rights: { read: [anyone] }',
      '"created_at',
      'Expression refused, character 1 (“created_at < now()”): a constraint stands on its own object alone, neither on others nor on the day: make it a guard or a quality rule.',
    ],
    [
      '    rights: { read: [anyone] }',
      '    constraints:\n      both: { unique: [name, price], emty: same }\n    rights: { read: [anyone] }',
      'emty',
      'Unknown key “emty”. Did you mean “empty”?',
    ],
    [
      'type: money',
      'type: quantity, units: [kg, kilo]',
      'kilo]',
      'Unknown unit “kilo”: a UCUM code is expected, such as kg, m3, km/h, Cel or {piece}.',
    ],
    [
      'type: money',
      'type: quantity, units: [kg, L]',
      'L]',
      '“L” doesn’t convert into “kg”: make two attributes of them.',
    ],
    [
      'type: money',
      'type: quantity, units: [km, nm]',
      'km,',
      '“km” is too far from the smallest unit to stay exact: lower “scale” or shorten the list.',
    ],
    [
      'type: money',
      'type: integer, rollup: { count: true, of: loan.devise }',
      'loan.devise',
      '“loan.devise” is neither a “children” attribute of this type, nor a “type.reference” to it.',
    ],
    ['type: money', 'type: money, rollup: { count: true, of: loan.device }', 'rollup', 'A count is an “integer”.'],
    [
      'type: money',
      'type: date, rollup: { sum: due_on, of: loan.device }',
      'due_on',
      '“due_on” (date) doesn’t give an attribute of this type: it takes the same, with the same decimals.',
    ],
    [
      'type: money',
      'type: date, rollup: { max: due_no, of: loan.device }',
      'due_no',
      'No attribute is called “due_no”. Did you mean “due_on”?',
    ],
    [
      'type: money',
      'type: integer, rollup: { count: true, max: due_on, of: loan.device }',
      'rollup',
      'Give one function and only one: count: true, sum, min or max.',
    ],
    [
      'type: money',
      'type: integer, rollup: { count: true, of: loan.device, when: "due_on < today()" }',
      '"due_on',
      'Expression refused, character 1 (“due_on < today()”): a total stands on the objects it counts alone, neither on others nor on the day.',
    ],
    ['type: money', 'type: children, of: lown', 'lown', 'No type is called “lown”. Did you mean “loan”?'],
    [
      'type: money',
      'type: children, of: device',
      'device',
      'Say by which reference “device” belongs to “device”: “by: …” (references: –).',
    ],
    [
      'required: true }\n      price',
      'requird: true }\n      price',
      'requird',
      'Unknown key “requird”. Did you mean “required”?',
    ],
    ['requires: [due_on]', 'requires: [due_no]', 'due_no', 'No attribute is called “due_no”. Did you mean “due_on”?'],
    ['roles: [admin]', 'roles: [admon]', 'admon', 'Unknown value “admon”. Did you mean “admin”?'],
    [
      'roles: [admin]',
      'roles: [admin], guard: "due_no > today()"',
      '"due_no',
      'Expression refused, character 1 (“due_no”): no attribute is called “due_no”. Did you mean “due_on”?',
    ],
    [
      'roles: [admin]',
      'roles: [admin], guard: { if: "device.price > 5", why: { fr: cher, en: dear } }',
      '"device',
      'Expression refused, character 16 (“5”): an amount is written money("12.50", "EUR").',
    ],
    [
      'create: [admin]',
      'create: { roles: [admin], when: "state == \'lost\'" }',
      '"state',
      "Expression refused, character 10 (“'lost'”): no value is called “lost”. Known: draft, lent.",
    ],
    [
      'create: [admin]',
      'create: { roles: [admon], when: "true" }',
      'admon',
      'Unknown value “admon”. Did you mean “admin”?',
    ],
    ['create: [admin]', 'create: { roles: [admin], if: "true" }', 'if', 'Unknown key “if”. Known: roles, when.'],
    [
      'type: money',
      'type: money, computed: "prce * 2"',
      '"prce',
      'Expression refused, character 1 (“prce”): no attribute is called “prce”. Did you mean “price”?',
    ],
    [
      'type: money',
      'type: money, computed: "price * 2"',
      '"price',
      'Expression refused, character 1 (“price * 2”): this calculation depends on itself.',
    ],
    [
      'type: money',
      'type: money, computed: "1"',
      '"1"',
      'Expression refused, character 1 (“1”): an amount is written money("12.50", "EUR").',
    ],
    [
      'type: date',
      'type: date, computed: "device.number"',
      '"device',
      'Expression refused, character 1 (“device.number”): “device.number” (a text) does not fit this attribute.',
    ],
    [
      'type: date',
      'type: date, required: true, computed: "today()"',
      'required',
      'What is calculated isn’t filled: remove “required”.',
    ],
    [
      'type: date',
      'type: date, indexed: true, computed: "today()"',
      'indexed',
      'This calculation stands on other objects or on the day: it is made when read, and can’t be “indexed”.',
    ],
    ['type: date', 'type: json, computed: "today()"', 'computed', 'An attribute of this type can’t be calculated.'],
    [
      'roles: [admin]',
      'roles: [admin], effects: [{ set: { due_no: "today()" } }]',
      '"today',
      'Expression refused, character 1 (“”): no attribute is called “due_no”.',
    ],
    [
      'roles: [admin]',
      'roles: [admin], effects: [{ update: { device: { price: "due_on" } } }]',
      '"due_on',
      'Expression refused, character 1 (“due_on”): “due_on” (a date) does not fit this attribute.',
    ],
    [
      'roles: [admin]',
      'roles: [admin], effects: [{ call: { url: x } }]',
      'call',
      '“call” comes with a later version of the model engine: remove it for now.',
    ],
    [
      'roles: [admin]',
      'roles: [admin], effects: [{ notify: { role: admin, template: lent } }]',
      'lent }',
      'No template (“templates”) is called “lent”.',
    ],
    [
      'roles: [admin]',
      'roles: [admin], effects: [{ notify: { template: lent } }]',
      'notify',
      'Say whom to tell: “role: …”, “user: …”, or both.',
    ],
    [
      'roles: [admin]',
      'roles: [admin], effects: [{ notify: { rol: admin, template: lent } }]',
      'rol',
      'Unknown key “rol”. Did you mean “role”?',
    ],
    [
      'initial: draft',
      'initial: draft\n      scheduled: { forget: { do: lent, after: P30D } }',
      'lent, after',
      'No transition is called “lent”. Did you mean “lend”?',
    ],
    [
      'initial: draft',
      'initial: draft\n      scheduled: { forget: { do: lend } }',
      'forget',
      'Say when, in one way: “on: a date”, or “after: P30D” in the state it leaves.',
    ],
    [
      'initial: draft',
      'initial: draft\n      reminders: { eve: { on: due_on, days: -1, role: admin, template: eve } }',
      'due_on, days',
      '“due_on” must be a “date” attribute of this type, with “indexed: true”.',
    ],
    [
      'roles: [admin]',
      'roles: [admin], protocol: wear',
      'protocol',
      '“protocol” comes with a later version of the model engine: remove it for now.',
    ],
    [
      'roles: [admin]',
      'roles: [admin], checklist: { Clean: { fr: Propre, en: Clean } }',
      'Clean: {',
      '“Clean” isn’t a name: lower-case letters, digits and _, beginning with a letter, at most 40.',
    ],
    [
      'roles: [admin]',
      'roles: [admin], checklist: { clean: { fr: Propre } }',
      'clean: { fr',
      'The text in English is missing: add “en: …”.',
    ],
    ['from: draft', 'from: drafts', 'drafts', 'No state is called “drafts”. Did you mean “draft”?'],
    ['from: draft', 'from: lent', 'lent: {', 'No transition leads to “lent” from “draft”.'],
    ['from: draft', 'from: lent', 'draft: {', 'Nothing leaves “draft”: add a transition, or “final: true”.'],
    ['from: draft', 'from: lent', 'lent, to', '“lent” is a final state: nothing leaves it.'],
    ['initial: draft', 'initial: start', 'start', 'No state is called “start”. Known: draft, lent.'],
    ['version: 1.0.0', 'version: one', 'one', '“one” isn’t a version: three numbers, such as 1.0.0.'],
    ['price:', 'state:', 'state', '“state” is reserved: choose another name.'],
    [
      'price:',
      'Price:',
      'Price',
      '“Price” isn’t a name: lower-case letters, digits and _, beginning with a letter, at most 40.',
    ],
    ['price:', 'name:', 'name: { type: money', 'This name is already used in the same place: rename one of the two.'],
    ['"{number}"', '"{numbr}"', '"{numbr}"', 'No attribute is called “numbr”. Did you mean “number”?'],
    [
      '"{number}"',
      '"{device.name}"',
      '"{device',
      '“{device.name}” comes with a later version of the model engine: remove it for now.',
    ],
    ['type: money', 'type: text, pattern: "["', '"["', 'This pattern isn’t a valid regular expression.'],
    ['type: money', 'type: integer, min: 5, max: 1', '5', 'The minimum is above the maximum.'],
    [
      'type: money',
      'type: decimal, scale: 1, default: "1.25"',
      '"1.25"',
      'Default value refused. At most 1 decimals: values are never rounded, give it exactly.',
    ],
    [
      'type: date }',
      'type: date',
      'lifecycle',
      'Malformed YAML: Flow map in block collection must be sufficiently indented and end with a }.',
    ],
    ['label: { fr: Prêt, en: Loan }', 'label: Loan', 'Loan', '{ fr: …, en: … } is expected here.'],
    ['    rights: { read: [anyone] }\n', '', 'device', '“rights” is missing.'],
    ['version:', 'requires: [cor]\nversion:', 'cor', 'The pack “cor” is not there. Known: lending.'],
  ])('%s → %s', (from, to, at, words) => {
    const all = told(from, to);
    const found = all.find((one) => one.words === words);
    expect(found?.at.slice(0, at.length), JSON.stringify(all, null, 1)).toBe(at);
  });
});

test('all mistakes of a file are told at once, in order of place', () => {
  const spoilt = sound
    .replace('to: device', 'to: nothing')
    .replace('type: money', 'type: mony')
    .replace('initial: draft', 'initial: start')
    .replace('en: Lending', 'eng: Lending');
  const { problems } = checkRead([parsePack(spoilt, 'pack.yaml')]);
  expect(problems.map((problem) => problem.code)).toEqual([
    'pack.missing_language',
    'pack.unknown_key',
    'pack.unknown_type',
    'pack.unknown_target',
    'pack.unknown_state',
  ]);
});

test('two packs with the same type are refused, naming the other file', () => {
  const other = sound.replace('pack: lending', 'pack: borrowing');
  const { problems } = checkRead([parsePack(sound, 'a/pack.yaml'), parsePack(other, 'b/pack.yaml')]);
  expect(problems.map((problem) => problemLine(problem, 'fr'))).toContain(
    'b/pack.yaml:5:3: Le type « device » est déjà défini par a/pack.yaml.',
  );
});

test('a reference to another pack’s type asks for that pack in requires', () => {
  const other = `pack: other\nversion: 1.0.0\nlabel: { fr: A, en: A }\ntypes:\n  thing:\n    label: { fr: A, en: A }\n    attributes:\n      device: { type: reference, to: device }\n    rights: {}\n`;
  const read = (text: string) => checkRead([parsePack(sound, 'a.yaml'), parsePack(text, 'b.yaml')]).problems;
  expect(read(other).map((problem) => problem.code)).toEqual(['pack.not_required']);
  expect(read(other.replace('label', 'requires: [lending]\nlabel'))).toEqual([]);
});

test('files that are not packs are refused, not crashed on', async () => {
  expect((await checkPacks(['/nowhere/at/all'])).problems[0]?.code).toBe('pack.missing_file');
  for (const text of [
    '',
    'just words',
    '- a\n- b',
    '42',
    '%YAML 9',
    'a: &a [*a]',
    '\u0000',
    'pack: [',
    'types: { a: null }',
  ]) {
    expect(checkRead([parsePack(text, 'pack.yaml')]).sources, text).toBeNull();
  }
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`;
  expect(checkRead([parsePack(bomb, 'pack.yaml')]).sources).toBeNull();
});

test('a pack is checked beside the system packs: it may refer to their types, not take their names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'socle-pack-'));
  const write = (text: string) => writeFile(join(folder, 'pack.yaml'), text);
  await write(sound.replace('version', 'requires: [architecture]\nversion').replace('to: device', 'to: application'));
  expect((await checkPack(folder)).problems).toEqual([]);
  await write(sound.replaceAll('device', 'application'));
  expect((await checkPack(folder)).problems.map((problem) => problem.code)).toContain('pack.duplicate_name');
  await rm(folder, { recursive: true });
});

describe('a view is checked with the rest', () => {
  const withViews = (views: string): string => `${sound}\nviews:\n  ${views}\n`;

  test.each([
    ['v: { kind: boards, of: loan }', 'boards', 'Unknown kind of view “boards”. Did you mean “board”?'],
    ['v: { kind: board, of: lone, lanes: state }', 'lone', 'No type is called “lone”. Known: device, loan.'],
    ['v: { kind: board, of: loan, lane: state }', 'lane:', 'Unknown key “lane”. Did you mean “lanes”?'],
    [
      'v: { kind: diagram, of: loan }',
      'diagram',
      '“kind: diagram” comes with a later version of the model engine: remove it for now.',
    ],
    [
      'v: { kind: table, of: loan, columns: [numbre] }',
      'numbre',
      '“numbre” doesn’t exist, or can’t stand here. Did you mean “number”?',
    ],
    [
      'v: { kind: chart, of: loan, by: { attribute: state, per: month } }',
      'month',
      '“state” isn’t a date: remove “per”.',
    ],
  ])('%s', async (view, place, text) => {
    const source = withViews(view);
    const { problems } = checkRead([parsePack(source, 'pack.yaml')]);
    const lines = source.split('\n');
    const line = lines.findIndex((one) => one.includes(place) && one.includes('kind:'));
    expect(problems.map((one) => [one.line, one.text.en])).toContainEqual([line + 1, text]);
  });

  test('and its filter is an expression of its type, refused at its line', () => {
    const source = withViews('v: { kind: table, of: loan, filter: "borowed > 3" }');
    const { problems } = checkRead([parsePack(source, 'pack.yaml')]);
    expect(problems[0]?.text.en).toContain('Expression refused, character 1 (“borowed”)');
    expect(problems[0]?.line).toBe(source.split('\n').findIndex((one) => one.includes('borowed')) + 1);
  });
});
