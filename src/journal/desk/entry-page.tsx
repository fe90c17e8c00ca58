import type { Text } from '../../kernel/index.ts';
import { CodeBlock, DefinitionList, formatNumber, reader, Say, Section, When } from '../../ui/index.ts';
import type { Head } from '../head.ts';
import type { Hash } from '../merkle.ts';
import type { StoredEntry } from '../proof.ts';
import { Facts, type FactWords } from './facts.tsx';
import { actorWords, words } from './words.ts';

export interface EntryPageProps {
  readonly entry: StoredEntry;
  /** Its hash in the tree. */
  readonly hash: Hash;
  /** The checkpoint it is proven under, and the hashes that lead from it to that root. */
  readonly head: Head;
  readonly path: readonly Hash[];
  readonly what: Text;
  readonly factWords: readonly FactWords[];
}

/** One entry: what it says, and why it can be believed. */
export function EntryPage(props: EntryPageProps) {
  const { body, bytes } = props.entry;
  return (
    <>
      <Section id="said" title={words.said}>
        <DefinitionList
          items={[
            { term: words.what, value: <Say text={props.what} /> },
            { term: words.at, value: <When at={body.at} show="moment" /> },
            { term: words.subject, value: <code>{body.subject}</code> },
            { term: words.by, value: <Say text={actorWords(body.actor)} /> },
            { term: words.id, value: <code>{body.id}</code> },
          ]}
        />
        <Facts rooms={props.factWords} data={body.data} />
        <Pairs id="commitments" title={words.commitments} map={body.commitments} />
        <Pairs id="digests" title={words.digests} map={body.digests} />
      </Section>
      <Section id="proven" title={words.proven} lead={words.provenLead}>
        <DefinitionList
          items={[
            { term: words.hash, value: <code>{props.hash.toString('base64')}</code> },
            { term: words.path, value: <Say text={words.pathLength(props.path.length)} /> },
            { term: words.root, value: <code>{props.head.root.toString('base64')}</code> },
            { term: words.entries, value: formatNumber(props.head.size, reader()) },
          ]}
        />
        <CodeBlock id="body" label={words.body} code={bytes.toString('utf8')} />
      </Section>
    </>
  );
}

function Pairs(props: { readonly id: string; readonly title: Text; readonly map: Readonly<Record<string, unknown>> }) {
  if (Object.keys(props.map).length === 0) return null;
  return <CodeBlock id={props.id} label={props.title} code={JSON.stringify(props.map, null, 2)} />;
}
