import { isPersonal } from '../../channels/index.ts';
import { detect } from './detect.ts';
import type { LabelledTable } from './fixture.ts';
import { deduceIdentities } from './identities.ts';

/** What detection got right on labelled schemas. `strong` counts names, contact, address and birth only. */
export interface Figures {
  readonly fields: number;
  readonly precision: number;
  readonly recall: number;
  readonly strongRecall: number;
  /** Of what is rightly personal: the share with the very category. */
  readonly exact: number;
  readonly identityRecall: number;
  readonly identityPrecision: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
}

const strong: ReadonlySet<string> = new Set(['identity', 'contact', 'location', 'birth']);

export function measure(schemas: readonly (readonly LabelledTable[])[]): Figures {
  const judged = schemas.flatMap(judge);
  const counted = judged.filter((each) => !each.isDebatable);
  const found = counted.filter((each) => each.isPersonal && each.isProposed);
  const personal = counted.filter((each) => each.isPersonal);
  const strongOnes = personal.filter((each) => strong.has(each.label));
  const ways = judged.filter((each) => each.way !== null && !each.isWayDebatable);
  const rightWays = ways.filter((each) => each.way === each.proposedWay);
  const wrongWays = judged.filter((each) => each.proposedWay !== null && each.way === null && !each.isDebatable);
  return {
    fields: judged.length,
    precision: found.length / counted.filter((each) => each.isProposed).length,
    recall: found.length / personal.length,
    strongRecall: strongOnes.filter((each) => each.isProposed).length / strongOnes.length,
    exact: found.filter((each) => each.label === each.proposed).length / found.length,
    identityRecall: rightWays.length / ways.length,
    identityPrecision: rightWays.length / (rightWays.length + wrongWays.length),
    missed: personal.filter((each) => !each.isProposed).map((each) => each.name),
    wrong: counted.filter((each) => !each.isPersonal && each.isProposed).map((each) => each.name),
  };
}

function judge(tables: readonly LabelledTable[]) {
  const proposals = detect(tables.map((table) => table.shape));
  const ways = deduceIdentities(proposals);
  return tables.flatMap((table, index) =>
    (proposals[index]?.fields ?? []).map(({ field, category }) => {
      const label = table.labels.get(field.name);
      const way = ways.find((each) => each.table === table.shape.name && each.column === field.name);
      return {
        name: `${table.shape.name}.${field.name}`,
        label: label?.category ?? 'technical',
        proposed: category,
        isDebatable: label?.isDebatable ?? false,
        isPersonal: isPersonal(label?.category),
        isProposed: isPersonal(category),
        way: label?.identity?.kind ?? null,
        isWayDebatable: label?.identity?.isDebatable ?? false,
        proposedWay: way?.kind ?? null,
      };
    }),
  );
}

/** One line for a person to read. */
export function figuresText(name: string, figures: Figures): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return [
    `${name}: ${figures.fields} fields`,
    `precision ${percent(figures.precision)}, recall ${percent(figures.recall)}`,
    `names, contact, address and birth ${percent(figures.strongRecall)}`,
    `very category ${percent(figures.exact)}`,
    `identities: recall ${percent(figures.identityRecall)}, precision ${percent(figures.identityPrecision)}`,
  ].join(' · ');
}
