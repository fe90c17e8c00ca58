import {
  type Declaration,
  declarationLines,
  declarationsFor,
  declarationText,
  type Sighting,
  sightingText,
} from '../../channels/index.ts';
import type { Text } from '../../kernel/index.ts';
import { Actions, ButtonForm, CodeBlock, LinkButton, Notice, reader, Section } from '../../ui/index.ts';
import type { ApplicationLine } from '../application/applications.ts';
import { pathsOf } from './frame.tsx';

interface UnlinkedProps {
  readonly line: ApplicationLine;
  readonly met: readonly Sighting[];
  /** Tables that were not looked through in time. */
  readonly notLooked?: readonly string[];
  readonly mayDeclare: boolean;
}

/** More places than that are told by their number: the first ones declared often settle the others. */
const mostShown = 12;

/** Where something of a person was met that nothing links to them: why it counts, the lines of the map, and a button. */
export function UnlinkedSection(props: UnlinkedProps) {
  const { say } = reader();
  const met = grouped(props.met);
  const { notLooked = [] } = props;
  if (met.length === 0 && notLooked.length === 0) return null;
  return (
    <Section id="unlinked" title={words.title} lead={words.lead}>
      {notLooked.length === 0 ? null : <Notice tone="warning" title={words.notLooked(notLooked.join(', '))} />}
      {met.slice(0, mostShown).map((sighting, place) => (
        <Place {...props} sighting={sighting} id={`unlinked-${place}`} />
      ))}
      {met.length > mostShown ? <p>{say(words.others(met.length - mostShown))}</p> : null}
      <Actions>
        <LinkButton href={pathsOf(props.line).connection} text={words.wholeMap} />
      </Actions>
    </Section>
  );
}

function Place(props: UnlinkedProps & { readonly sighting: Sighting; readonly id: string }) {
  const { sighting } = props;
  const { say } = reader();
  const declarations = declarationsFor(sighting);
  const hasJoin = declarations.some(({ what }) => what !== 'ignore');
  return (
    <section class="unlinked" aria-labelledby={`${props.id}-title`}>
      <h3 id={`${props.id}-title`}>
        <code>{sighting.where}</code>
      </h3>
      <p>{sentence(say(sightingText(sighting)))}</p>
      {hasJoin ? null : <p>{say(words.noJoin)}</p>}
      {declarations.map((declaration, place) => (
        <Declare {...props} declaration={declaration} id={`${props.id}-${place}`} />
      ))}
    </section>
  );
}

function Declare(props: UnlinkedProps & { readonly declaration: Declaration; readonly id: string }) {
  const { declaration } = props;
  return (
    <div class="declaration">
      <CodeBlock id={props.id} label={declarationText(declaration)} code={declarationLines(declaration).trimEnd()} />
      {props.mayDeclare ? (
        <ButtonForm
          action={pathsOf(props.line).declarations}
          fields={{ declaration: JSON.stringify(declaration) }}
          text={words.declare[declaration.what]}
          label={labelled(declaration)}
          {...(declaration.what === 'ignore' ? {} : { kind: 'main' as const })}
        />
      ) : null}
    </div>
  );
}

/** Several buttons of a page say the same: what each declares tells them apart. */
function labelled(declaration: Declaration): Text {
  const { fr, en } = words.declare[declaration.what];
  const what =
    declaration.what === 'join'
      ? `${declaration.from.join(', ')} → ${declaration.to.join(', ')}`
      : declaration.what === 'ignore'
        ? declaration.table
        : declaration.column;
  return { fr: `${fr} : ${what}`, en: `${en}: ${what}` };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The same place met by several orders, once: the rows of all, and every join that any of them tells. */
function grouped(met: readonly Sighting[]): readonly Sighting[] {
  const places = new Map<string, Sighting>();
  for (const sighting of met) {
    const key = `${sighting.by} ${sighting.where}`;
    const known = places.get(key);
    places.set(key, known === undefined ? sighting : together(known, sighting));
  }
  return [...places.values()];
}

function together(one: Sighting, other: Sighting): Sighting {
  const joins = [...(one.about?.joins ?? []), ...(other.about?.joins ?? [])];
  const distinct = [...new Map(joins.map((join) => [JSON.stringify(join), join])).values()];
  const about = one.about ?? other.about;
  return {
    ...one,
    rows: one.rows + other.rows,
    ...(about === undefined ? {} : { about: { ...about, joins: distinct } }),
  };
}

const words = {
  title: { fr: 'Ce que rien ne relie', en: 'What nothing links' },
  lead: {
    fr: 'Des lignes parlent peut-être de la personne, et ni le schéma ni les déclarations ne disent de qui elles sont. Dites-le une fois : la réponse vaut pour toutes les demandes, et entre au journal.',
    en: 'Rows may speak of the person, and neither the schema nor the map says whose they are. Say it once: the answer holds for every request, and goes into the journal.',
  },
  notLooked: (tables: string) => ({
    fr: `Faute de temps, ces tables n’ont pas été parcourues ici : ${tables}. Un ordre les parcourt.`,
    en: `For want of time these tables were not looked through here: ${tables}. An order looks through them.`,
  }),
  noJoin: {
    fr: 'Aucune colonne de ces lignes ne porte ce que tenaient les lignes de la personne. Demandez à l’équipe de l’application ce qui les relie et écrivez-le dans les déclarations ; sinon, effacez-les à la main, puis relancez.',
    en: 'No column of these rows holds what the person’s rows held. Ask the application’s team what ties them and write it in the map; else erase them by hand, then retry.',
  },
  declare: {
    join: { fr: 'Déclarer cette jointure', en: 'Declare this join' },
    identity: { fr: 'Déclarer cette colonne', en: 'Declare this column' },
    ignore: { fr: 'Ignorer cette table', en: 'Ignore this table' },
  },
  others: (count: number) => ({
    fr: `et ${count} autres endroits, une fois ceux-ci déclarés`,
    en: `and ${count} other places, once these are declared`,
  }),
  wholeMap: { fr: 'Modifier toutes les déclarations', en: 'Change the whole map' },
} as const;
