import { counted, dayOf, type Text } from '../../kernel/index.ts';
import { Day, formatSize, LinkButton, reader, Section } from '../../ui/index.ts';
import type { OrderView } from '../order/latest.ts';
import type { ProofView } from '../task/proof.ts';
import type { RequestView } from './view.ts';

/** What proves the request: its evidence file, and what contacts attached to their answers. Sent anew by each event. */
export function LiveProofs(props: { readonly view: RequestView; readonly mayHandle: boolean; readonly href: string }) {
  const { view, href } = props;
  if (view.orders.length === 0) return <div id="proofs" />;
  const title = view.proofs.length === 0 ? words.title : words.titleWith;
  return (
    <Section id="proofs" title={title} lead={view.proofs.length === 0 ? words.lead : words.leadWith}>
      <LinkButton href={`${href}/evidence`} icon="shield" text={words.evidence} download="" />
      {view.proofs.length === 0 ? null : (
        <ul>
          {view.proofs.map((proof) => (
            <Attachment proof={proof} view={view} mayOpen={props.mayHandle} href={href} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Attachment(props: {
  readonly proof: ProofView;
  readonly view: RequestView;
  readonly mayOpen: boolean;
  readonly href: string;
}) {
  const { proof, view, href } = props;
  const { say, language } = reader();
  const application = view.orders.find((order) => order.id === proof.order)?.application ?? '';
  const kind = proof.mediaType === 'application/pdf' ? 'PDF' : proof.mediaType.replace('image/', '').toUpperCase();
  const name = `${application} · ${kind}, ${formatSize(proof.sizeBytes, { language })}`;
  return (
    <li>
      {proof.isKept && props.mayOpen ? (
        <a href={`${href}/proofs/${proof.id}`} download="">
          {name}
        </a>
      ) : (
        name
      )}
      <br />
      <small>
        <Day on={dayOf(proof.at)} /> · {say(proof.isKept ? words.digest : words.destroyed)}{' '}
        <code>{proof.digest.slice(0, 12)}</code>
      </small>
    </li>
  );
}

/** Beside an application's answer: `2 pièces jointes`, which leads to them. */
export function attachmentsOf(view: RequestView, order: OrderView): Text | null {
  const count = view.proofs.filter((proof) => proof.order === order.id).length;
  if (count === 0) return null;
  return counted(count, { fr: 'pièce jointe', en: 'attachment' }, { fr: 'pièces jointes', en: 'attachments' });
}

const words = {
  title: { fr: 'Preuves', en: 'Proof' },
  titleWith: { fr: 'Preuves et pièces jointes', en: 'Proof and attachments' },
  lead: {
    fr: 'Ordres, réponses et inscriptions au journal, vérifiables par un tiers sans Socle. Ne nomme pas la personne.',
    en: 'Orders, answers and journal entries, which a third party can verify without Socle. It doesn’t name the person.',
  },
  leadWith: {
    fr: 'Le dossier se vérifie sans Socle et ne nomme pas la personne : il tient des pièces jointes leur seule empreinte. Elles sont détruites avec les données de la personne.',
    en: 'The file is verified without Socle and doesn’t name the person: of attachments it holds the digest alone. They are destroyed with the person’s data.',
  },
  evidence: { fr: 'Télécharger le dossier de preuve', en: 'Download the evidence file' },
  digest: { fr: 'empreinte', en: 'digest' },
  destroyed: { fr: 'pièce détruite, empreinte', en: 'destroyed, digest' },
} as const satisfies Readonly<Record<string, Text>>;
