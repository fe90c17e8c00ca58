import { parseTitleTemplate, titleNames } from '../title-template.ts';
import { type Finding, finding, type Path, suggestion } from './pack-problem.ts';
import {
  type LifecycleSource,
  type NotifySource,
  ownAttributes,
  type PackSource,
  type TypeSource,
} from './pack-schema.ts';

/** Whom transitions and reminders tell, with what, and what Socle does by itself: once the pack is otherwise good. */
export function checkNotices(pack: PackSource): readonly Finding[] {
  return Object.entries(pack.types).flatMap(([name, type]) => {
    const { lifecycle } = type;
    if (lifecycle === undefined) return [];
    const here = ['types', name, 'lifecycle'];
    const told = Object.entries(lifecycle.transitions).flatMap(([transition, source]) =>
      source.effects.flatMap(({ notify }, at) =>
        notify === undefined
          ? []
          : checkNotice([...here, 'transitions', transition, 'effects', at, 'notify'], notify, type, pack),
      ),
    );
    const reminders = Object.entries(lifecycle.reminders).flatMap(([reminder, source]) => {
      const path = [...here, 'reminders', reminder];
      const unknown = (source.states ?? []).flatMap((state, at) =>
        lifecycle.states[state] === undefined
          ? [unknownName([...path, 'states', at], 'state', state, Object.keys(lifecycle.states))]
          : [],
      );
      return [...checkDay([...path, 'on'], source.on, type), ...unknown, ...checkNotice(path, source, type, pack)];
    });
    const scheduled = Object.entries(lifecycle.scheduled).flatMap(([step, source]) =>
      checkScheduled([...here, 'scheduled', step], source, type, lifecycle),
    );
    return [...told, ...reminders, ...scheduled];
  });
}

const alwaysKnown = ['number', 'title', 'state'];

function checkNotice(path: Path, notify: NotifySource, type: TypeSource, pack: PackSource): readonly Finding[] {
  const findings: Finding[] = [];
  if (notify.role === undefined && notify.user === undefined) {
    const fr = 'Dites qui prévenir : « role: … », « user: … », ou les deux.';
    findings.push(finding(path, 'key', 'notify_nobody', fr, 'Say whom to tell: “role: …”, “user: …”, or both.'));
  }
  const attributes = new Map(ownAttributes(type));
  const users = notify.user === undefined ? [] : [notify.user].flat();
  for (const [at, user] of users.entries()) {
    const kind = attributes.get(user)?.type;
    if (['created_by', 'updated_by'].includes(user) || kind === 'text' || kind === 'email') continue;
    const place = typeof notify.user === 'string' ? [...path, 'user'] : [...path, 'user', at];
    findings.push(
      finding(
        place,
        'value',
        'notify_user',
        `« ${user} » ne désigne personne : created_by, updated_by, ou un attribut texte ou e-mail de ce type.`,
        `“${user}” names nobody: created_by, updated_by, or a text or e-mail attribute of this type.`,
      ),
    );
  }
  const template = pack.templates[notify.template];
  const place = [...path, 'template'];
  if (template === undefined) {
    return [...findings, unknownName(place, 'template', notify.template, Object.keys(pack.templates))];
  }
  const known = [...alwaysKnown, ...attributes.keys()];
  const named = [template.title, template.body ?? template.title].flatMap(({ fr, en }) =>
    [fr, en].flatMap((text) => titleNames(parseTitleTemplate(text))),
  );
  for (const name of new Set(named)) {
    if (!known.includes(name)) findings.push(unknownName(place, 'placeholder', name, known));
  }
  return findings;
}

/** What is looked for by its day every minute needs an index. */
function checkDay(path: Path, name: string, type: TypeSource): readonly Finding[] {
  const attribute = new Map(ownAttributes(type)).get(name);
  if (attribute?.type === 'date' && attribute.indexed) return [];
  return [
    finding(
      path,
      'value',
      'not_a_day',
      `« ${name} » doit être un attribut « date » de ce type, avec « indexed: true ».`,
      `“${name}” must be a “date” attribute of this type, with “indexed: true”.`,
    ),
  ];
}

function checkScheduled(
  path: Path,
  source: LifecycleSource['scheduled'][string],
  type: TypeSource,
  lifecycle: LifecycleSource,
): readonly Finding[] {
  const findings: Finding[] = [];
  const transition = lifecycle.transitions[source.do];
  if (transition === undefined) {
    findings.push(unknownName([...path, 'do'], 'transition', source.do, Object.keys(lifecycle.transitions)));
  }
  if ((source.on === undefined) === (source.after === undefined)) {
    const fr = 'Dites quand, d’une seule façon : « on: une date », ou « after: P30D » dans l’état de départ.';
    findings.push(
      finding(
        path,
        'key',
        'scheduled_when',
        fr,
        'Say when, in one way: “on: a date”, or “after: P30D” in the state it leaves.',
      ),
    );
  }
  return source.on === undefined ? findings : [...findings, ...checkDay([...path, 'on'], source.on, type)];
}

const unknownWords = {
  state: ['Aucun état ne s’appelle', 'No state is called'],
  transition: ['Aucune transition ne s’appelle', 'No transition is called'],
  template: ['Aucun modèle de message (« templates ») ne s’appelle', 'No template (“templates”) is called'],
  placeholder: ['Ce modèle de message emploie un nom inconnu ici,', 'This template uses a name that is unknown here,'],
} as const;

function unknownName(path: Path, what: keyof typeof unknownWords, name: string, known: readonly string[]): Finding {
  const hint = suggestion(name, known);
  const [fr, en] = unknownWords[what];
  return finding(path, 'value', `unknown_${what}`, `${fr} « ${name} ».${hint.fr}`, `${en} “${name}”.${hint.en}`);
}
