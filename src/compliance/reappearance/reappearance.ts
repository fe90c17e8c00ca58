import { postMessage } from '../../access/index.ts';
import { record } from '../../journal/index.ts';
import { type Cause, type Id, publicId, type Text } from '../../kernel/index.ts';
import { hintDue, type Scope, type Writing, write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { normaliseValue } from '../person/kinds.ts';
import { mayRecognise, recogniseForgotten } from '../tombstone/tombstone.ts';
import { type Held, hearClaims } from './claims.ts';

export interface Asked {
  readonly kind: string;
  readonly value: string;
  /** Since when the application holds it; null: it doesn't yet, or doesn't know. */
  readonly heldSince: Date | null;
}

export interface Checked {
  /** Places, in the list asked, of identifiers that belong to a forgotten person. */
  readonly forgotten: readonly number[];
  /** Places, among the others, of those whom this application has erased, and whom Socle still knows until all is over. */
  readonly erased: readonly number[];
  /** Places of values that can't be of their kind, or by which nobody can be recognised: a name alone. */
  readonly unusable: readonly number[];
  /** Orders that the application had said done, and that go on again. */
  readonly reopened: number;
}

/**
 * An application asks, before an import or a mailing, which of these identifiers belong to forgotten persons. Those are counted and
 * raised to its owner. What the application says it already held when it answered *executed* contradicts it: Socle can't
 * look into it, but it has just said so itself.
 */
export async function checkSuppressions(
  engine: Engine,
  scope: Scope,
  cause: Cause,
  application: Id<'application'>,
  asked: readonly Asked[],
): Promise<Checked> {
  const held: Held[] = [];
  const unusable: number[] = [];
  asked.forEach(({ kind, value, heldSince }, place) => {
    const normal = normaliseValue(kind, value);
    if (normal === null || !mayRecognise({ kind, value: normal })) unusable.push(place);
    else held.push({ place, identity: { kind, value: normal }, since: heldSince });
  });
  // Before the transaction: a second connection, asked for while the first is held, starves the pool under load.
  const owner = await engine.applications.owner(scope, application);
  return write(scope, cause, async (writing) => {
    const identities = held.map(({ identity }) => identity);
    const recognised = new Set(await recogniseForgotten(writing.tx, scope, identities));
    const forgotten = held.filter((_, at) => recognised.has(at)).map(({ place }) => place);
    const heard = await hearClaims(writing, application, held, forgotten.length > 0);
    const erased = heard.erased.filter((place) => !forgotten.includes(place));
    const count = forgotten.length + erased.length;
    await record(writing, {
      kind: 'suppression.checked',
      subject: publicId('app', application),
      data: { asked: asked.length, recognised: count, reopened: heard.reopened },
    });
    if (count > 0 && owner?.email != null) await tell(engine, writing, application, owner.email, count);
    await hintDue(writing.tx);
    return { forgotten, erased, unusable, reopened: heard.reopened };
  });
}

/** How many, and where to look: never who. */
async function tell(
  engine: Engine,
  writing: Writing,
  application: Id<'application'>,
  to: string,
  count: number,
): Promise<void> {
  const page = `${engine.publicUrl}/applications/${publicId('app', application)}/channel`;
  const title: Text = {
    fr: 'Des personnes effacées réapparaissent dans votre application',
    en: 'Erased persons reappear in your application',
  };
  const text: Text = {
    fr: `Bonjour,\n\nParmi les identifiants que votre application vient de soumettre, ${count} appartiennent à des personnes effacées : ne les importez pas et ne leur écrivez pas. S’ils viennent d’une sauvegarde, déclarez la restauration ; s’ils viennent d’une autre source, retirez-les de cette source.\n\nVotre application : ${page}`,
    en: `Hello,\n\nAmong the identifiers that your application has just submitted, ${count} belong to erased persons: don’t import them, don’t write to them. If they come from a backup, declare the restoration; if they come from another source, remove them from it.\n\nYour application: ${page}`,
  };
  await postMessage(writing, {
    kind: 'suppression.recognised',
    subject: publicId('app', application),
    to,
    title: title.fr,
    text: text.fr,
  });
}
