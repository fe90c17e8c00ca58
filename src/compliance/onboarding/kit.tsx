import { can } from '../../access/index.ts';
import { readDropAddress } from '../../channels/index.ts';
import type { Who } from '../../http/index.ts';
import { typeset } from '../../kernel/index.ts';
import type { ApplicationLine } from '../../repository/index.ts';
import { pathsOf } from '../../repository/index.ts';
import { ButtonForm, CodeBlock, reader, Section } from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { words } from './kit-words.ts';
import { sampleAnswer, sampleOrder, sampleOrderId } from './samples.ts';

/** What the guide of one application hands over; null for a channel whose team needs code rather than a letter. */
export type Kit =
  | { readonly kind: 'email'; readonly mayTry: boolean }
  | {
      readonly kind: 'file';
      readonly mayTry: boolean;
      readonly format: 'ndjson' | 'csv';
      /** Null for readers who don't connect applications. */
      readonly folder: string | null;
      readonly source: string;
    };

export async function kitOf(engine: Engine, who: Who, line: ApplicationLine): Promise<Kit | null> {
  const mayTry = can(who, 'applications.connect');
  if (line.channel === 'email') return { kind: 'email', mayTry };
  if (line.channel !== 'file') return null;
  const { folder, format } = readDropAddress(await engine.applications.address(who.scope, line.id));
  const source = `${engine.publicUrl}/orgs/${who.scope.org}`;
  return { kind: 'file', mayTry, format, folder: mayTry ? folder : null, source };
}

/** What to send to the people who will erase, ready to copy, and the button that tries it. */
export function KitSection(props: { readonly line: ApplicationLine; readonly kit: Kit }) {
  const { line, kit } = props;
  return (
    <Section
      id="kit"
      title={kit.kind === 'email' ? words.forColleague : words.forTeam}
      lead={kit.kind === 'email' ? words.colleagueLead : words.teamLead}
      actions={kit.mayTry ? <ButtonForm action={`${pathsOf(line).orders}/try`} text={words.tryIt} /> : null}
    >
      {kit.kind === 'email' ? <EmailKit line={line} /> : <FileKit line={line} kit={kit} />}
    </Section>
  );
}

function EmailKit(props: { readonly line: ApplicationLine }) {
  const { language } = reader();
  return (
    <CodeBlock
      isProse
      id="kit-letter"
      label={words.letter}
      code={typeset(words.colleague(props.line.name), language)}
    />
  );
}

function FileKit(props: { readonly line: ApplicationLine; readonly kit: Extract<Kit, { kind: 'file' }> }) {
  const { line, kit } = props;
  const { language, say } = reader();
  const order = sampleOrder({ name: line.name, identityKinds: line.limits.identityKinds }, kit.source, kit.format);
  const answer = sampleAnswer({ order: sampleOrderId, digest: order.digest }, kit.format);
  return (
    <>
      <CodeBlock
        isProse
        id="kit-letter"
        label={words.letter}
        code={typeset(words.team(line.name, kit.folder ?? say(words.ourFolder), kit.format), language)}
      />
      <CodeBlock id="kit-order" label={words.order(order.name)} code={order.content} />
      <CodeBlock id="kit-answer" label={words.answer(answer.name)} code={answer.content} />
    </>
  );
}
