import { counted, publicId, type Text } from '../../kernel/index.ts';
import { Badge, type Column, reader, Section, Table } from '../../ui/index.ts';
import type { PlannedApplication } from './planned.ts';

export type { PlannedApplication } from './planned.ts';

/** The frozen plan, an application a line: what will be blanked, what to know first. Its details are the plan viewer's. */
export function PlanSection(props: { readonly plan: readonly PlannedApplication[] }) {
  const { say } = reader();
  const columns: readonly Column<PlannedApplication>[] = [
    { id: 'application', title: words.application, cell: (line) => line.name },
    { id: 'tables', title: words.tables, kind: 'number', cell: (line) => line.counts?.tables ?? '–' },
    { id: 'blanked', title: words.blanked, kind: 'number', cell: (line) => line.counts?.blanked ?? '–' },
    { id: 'deleted', title: words.deleted, kind: 'number', cell: (line) => line.counts?.deleted ?? '–' },
    {
      id: 'know',
      title: words.know,
      cell: (line) =>
        line.problems.length > 0 ? (
          <>
            <Badge tone="bad" text={words.blocked} /> {say(line.problems[0] ?? words.blocked)}
          </>
        ) : (
          say(line.counts === null ? words.byItself : counted(line.notices.length, words.remark, words.remarks))
        ),
    },
  ];
  return (
    <Section id="plan" title={words.title} lead={words.lead}>
      <Table
        id="plan-table"
        caption={words.title}
        columns={columns}
        rows={props.plan}
        rowHref={(line) => `/applications/${publicId('app', line.id)}${line.counts === null ? '' : '/plan'}`}
        narrow="cards"
        empty={{ title: words.none, hint: words.noneHint }}
      />
    </Section>
  );
}

const words = {
  title: { fr: 'Plan d’effacement', en: 'Erasure plan' },
  lead: {
    fr: 'Figé avec la demande. Les clés, numéros, montants et dates restent ; les textes et les données personnelles sont vidés. Socle passe en dernier.',
    en: 'Frozen with the request. Keys, numbers, amounts and dates stay; texts and personal data are blanked. Socle comes last.',
  },
  application: { fr: 'Application', en: 'Application' },
  tables: { fr: 'Tables', en: 'Tables' },
  blanked: { fr: 'Champs vidés', en: 'Fields blanked' },
  deleted: { fr: 'Lignes supprimées dans', en: 'Rows deleted in' },
  know: { fr: 'À savoir', en: 'To know' },
  remark: { fr: 'remarque', en: 'remark' },
  remarks: { fr: 'remarques', en: 'remarks' },
  byItself: { fr: 'Reçoit l’ordre et efface', en: 'Gets the order and erases' },
  blocked: { fr: 'Bloqué', en: 'Blocked' },
  none: { fr: 'Aucune application raccordée', en: 'No application connected' },
  noneHint: {
    fr: 'Seul Socle effacera ce qu’il tient. Raccordez les applications qui détiennent des données personnelles.',
    en: 'Socle alone will erase what it holds. Connect the applications that hold personal data.',
  },
} as const satisfies Readonly<Record<string, Text>>;
