import type { Text } from '../../kernel/index.ts';
import {
  ButtonForm,
  CodeBlock,
  type Column,
  DefinitionList,
  formatNumber,
  LinkButton,
  Notice,
  Pager,
  reader,
  Section,
  Table,
  When,
} from '../../ui/index.ts';
import type { EntryBody } from '../entry.ts';
import type { Head } from '../head.ts';
import type { JournalKey } from '../key.ts';
import type { JournalReport } from '../verify/verify.ts';
import { type FactWords, factsLine } from './facts.tsx';
import { actorWords, keyWords, words } from './words.ts';

export interface JournalPageProps {
  readonly entries: readonly EntryBody[];
  readonly head: Head | null;
  readonly publicKey: JournalKey;
  readonly mayRotate: boolean;
  readonly report: JournalReport | null;
  readonly olderHref: string | undefined;
  readonly newestHref: string | undefined;
  /** What a kind of entry means, in words. */
  readonly kindWords: (kind: string) => Text;
  readonly factWords: readonly FactWords[];
}

export function JournalPage(props: JournalPageProps) {
  return (
    <>
      {props.report === null ? null : <Verdict report={props.report} />}
      <EntryTable {...props} />
      {props.head === null ? null : (
        <HeadSection head={props.head} keyText={props.publicKey} mayRotate={props.mayRotate} />
      )}
    </>
  );
}

function Verdict(props: { readonly report: JournalReport }) {
  const { report } = props;
  return (
    <Notice
      tone={report.isWhole ? 'good' : 'bad'}
      title={report.isWhole ? words.sound : words.unsound}
      detail={report.text}
    />
  );
}

function EntryTable(props: JournalPageProps) {
  const { say } = reader();
  const columns: readonly Column<EntryBody>[] = [
    { id: 'number', title: words.number, kind: 'fixed', cell: (entry) => entry.number },
    { id: 'at', title: words.at, kind: 'fixed', cell: (entry) => <When at={new Date(entry.at)} /> },
    { id: 'what', title: words.what, cell: (entry) => say(props.kindWords(entry.kind)) },
    { id: 'subject', title: words.subject, kind: 'fixed', cell: (entry) => entry.subject.slice(-8) },
    { id: 'by', title: words.by, cell: (entry) => say(actorWords(entry.actor)) },
    { id: 'facts', title: words.facts, cell: (entry) => factsLine(props.factWords, entry) },
  ];
  return (
    <>
      <Table
        id="entries"
        caption={words.entries}
        columns={columns}
        rows={props.entries}
        rowHref={(entry) => `/journal/entries/${entry.number}`}
        narrow="cards"
        empty={{ title: words.none, hint: words.noneHint }}
      />
      <Pager
        nextHref={props.olderHref}
        firstHref={props.newestHref}
        count={props.head === null ? undefined : words.count(props.head.size)}
      />
    </>
  );
}

function HeadSection(props: { readonly head: Head; readonly keyText: JournalKey; readonly mayRotate: boolean }) {
  const { head } = props;
  return (
    <Section
      id="checkpoint"
      title={words.head}
      lead={words.headLead}
      actions={
        <>
          <LinkButton href="/journal/checkpoint" download="checkpoint.txt" icon="download" text={words.download} />
          {props.mayRotate ? <LinkButton href="/journal/key" text={keyWords.title} /> : null}
        </>
      }
    >
      <DefinitionList
        items={[
          { term: words.entries, value: formatNumber(head.size, reader()) },
          { term: words.epoch, value: head.epoch },
          { term: words.fingerprint, value: <code>{props.keyText.fingerprint}</code> },
        ]}
      />
      <CodeBlock id="public-key" label={words.key} code={props.keyText.text} />
    </Section>
  );
}

export function VerifyButton() {
  return <ButtonForm action="/journal/verify" kind="main" icon="check" text={words.verify} />;
}
