import { dayText, frenchZone, type Language, type Text } from '../../kernel/index.ts';
import { ink, mm, Paper } from './paper/paper.ts';
import type { EvidenceReport, ReportedOrder } from './report.ts';

/**
 * The report of an evidence file, for people: what was asked, by when the answer was due and why, what was planned,
 * what each application did, what proves it, how to check it without us. The same report gives the same bytes.
 */
export function evidenceReportPdf(report: EvidenceReport, zone: string = frenchZone): Promise<Buffer> {
  const { language, request } = report;
  const title = `${words.title[language]} ${request.number}`;
  const paper = new Paper({
    language,
    title,
    author: report.organisation,
    at: report.madeAt,
    foot: `${report.organisation} – ${title}`,
  });
  const pen: Pen = { paper, language, zone };
  paper.paragraph(report.organisation, { size: 9, colour: ink.soft, after: 2 });
  paper.heading(title);
  paper.paragraph(`${words.intro[language]} ${words.made(instantText(report.madeAt, zone, language))[language]}`, {
    size: 9.5,
    after: 4,
  });
  writeRequest(pen, report);
  writeClock(pen, report);
  writePlan(pen, report);
  writeHolds(pen, report);
  writeOrders(pen, report);
  writeProofs(pen, report);
  writeVerification(pen, report);
  return paper.finish();
}

/** Nine groups of eight digits on one line. */
const digestStyle = { weight: 'code', size: 7.6 } as const;

interface Pen {
  readonly paper: Paper;
  readonly language: Language;
  readonly zone: string;
}

function writeRequest({ paper, language }: Pen, { request }: EvidenceReport): void {
  const say = (term: Text, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') paper.row(term[language], value);
  };
  paper.section(words.request[language]);
  say(words.number, `${request.number} (${request.id})`);
  say(words.right, request.right[language]);
  say(words.controller, request.controller);
  say(words.received, `${dayText(request.receivedOn)[language]}, ${request.intake[language]}`);
  say(words.identifiers, request.identifiers.map((kind) => kind[language]).join(', '));
  say(words.identity, request.identityEstablishedBy?.[language]);
  say(words.answered, request.answeredOn === null ? null : dayText(request.answeredOn)[language]);
  say(words.closed, request.closedOn === null ? null : dayText(request.closedOn)[language]);
  say(words.state, request.state[language]);
  say(words.refusal, request.refusal?.[language]);
  if (request.personCommitment !== null) {
    paper.row(words.commitment[language], grouped(request.personCommitment), digestStyle);
    paper.paragraph(words.commitmentNote[language], { size: 8.5, colour: ink.soft, indent: mm(46) });
  }
}

function writeClock({ paper, language }: Pen, { clock }: EvidenceReport): void {
  paper.section(words.clock[language]);
  paper.row(words.state[language], clock.state[language]);
  if (clock.deadline !== null) paper.row(words.deadline[language], dayText(clock.deadline)[language], { after: 5 });
  for (const step of clock.steps) {
    const source = step.source === null ? '' : ` (${step.source[language]})`;
    paper.item(`${step.text[language].replace(/\.$/, '')}${source}.`, { size: 9 });
  }
}

function writePlan(pen: Pen, { plan }: EvidenceReport): void {
  const { paper, language, zone } = pen;
  paper.section(words.plan[language]);
  if (plan === null) {
    paper.paragraph(words.noPlan[language], { size: 9.5 });
    return;
  }
  paper.row(words.frozen[language], instantText(plan.frozenAt, zone, language));
  paper.row(words.digest[language], grouped(plan.digest), { ...digestStyle, after: 5 });
  for (const application of plan.applications) {
    paper.row(application.name, application.summary[language], { after: 2 });
    for (const { what, why } of application.kept) {
      paper.item(`${words.kept(what)[language]}${why[language]}`, { size: 8.8, indent: mm(46), after: 2 });
    }
  }
}

/** Why some orders wait or waited, and what for. Nothing when there was no hold. */
function writeHolds({ paper, language }: Pen, { holds }: EvidenceReport): void {
  if (holds.length === 0) return;
  paper.section(words.holds[language]);
  for (const hold of holds) paper.item(hold[language], { size: 9.5 });
}

function writeOrders(pen: Pen, { orders }: EvidenceReport): void {
  const { paper, language } = pen;
  paper.section(words.outcomes[language], mm(60));
  if (orders.length === 0) paper.paragraph(words.noOrder[language], { size: 9.5 });
  orders.forEach((order, at) => {
    paper.keep(mm(42));
    if (at > 0) paper.rule();
    writeOrder(pen, order);
  });
}

function writeOrder({ paper, language, zone }: Pen, order: ReportedOrder): void {
  paper.write('H3', `${order.application} – ${order.outcome[language]}`, { size: 10.5, weight: 'bold', after: 4 });
  const generation = words.generation(order.generation)[language];
  paper.row(words.order[language], `${order.action[language]}, ${generation} (${order.id})`);
  const moments = [
    [words.sent, order.sentAt],
    [words.reported, order.answeredAt],
    [words.verified, order.verifiedAt],
  ] as const;
  for (const [term, instant] of moments) {
    if (instant !== null) paper.row(term[language], instantText(instant, zone, language));
  }
  const counts = order.counts.map(({ what, count }) => `${what[language]} : ${count}`).join(' ; ');
  if (counts !== '')
    paper.row(words.counts[language], language === 'fr' ? counts : counts.replaceAll(/ ([:;])/g, '$1'));
  if (order.proof !== null) paper.row(words.proof[language], order.proof[language]);
  paper.row(words.signature[language], order.signature[language]);
  paper.row(words.digest[language], grouped(order.digest), { ...digestStyle, after: 6 });
}

function writeProofs({ paper, language, zone }: Pen, { proofs }: EvidenceReport): void {
  paper.section(words.proofs[language]);
  paper.paragraph(words.proofsNote[language], { size: 9.5 });
  for (const entry of proofs.entries) {
    paper.row(
      words.entry(entry.number)[language],
      `${entry.kind[language]}, ${instantText(entry.at, zone, language)}`,
      { after: 0.5 },
    );
    paper.row('', grouped(entry.leaf), { ...digestStyle, colour: ink.soft, after: 4 });
  }
  const { checkpoint } = proofs;
  if (checkpoint === null) paper.paragraph(words.noCheckpoint[language], { size: 9.5 });
  else {
    paper.row(words.checkpoint[language], words.signedFor(checkpoint.origin, checkpoint.size)[language]);
    paper.row(words.root[language], grouped(checkpoint.root), digestStyle);
    paper.row(words.key[language], grouped(checkpoint.keyFingerprint), digestStyle);
  }
  for (const timestamp of proofs.timestamps) paper.row(words.timestamp[language], timestamp[language]);
}

function writeVerification({ paper, language }: Pen, { verification }: EvidenceReport): void {
  paper.section(words.verification[language]);
  paper.paragraph(words.verificationNote[language], { size: 9.5, after: 5 });
  paper.write('Code', verification.command, { size: 8.8, weight: 'code', indent: 8 });
  paper.paragraph(words.keyNote[language], { size: 9.5 });
  if (verification.limits.length === 0) return;
  paper.paragraph(words.limits[language], { size: 9.5, after: 3 });
  for (const limit of verification.limits) paper.item(limit[language], { size: 9.2 });
}

/** Hexadecimal digits by eight, so that two people can compare them aloud. */
function grouped(digest: string): string {
  return /^[0-9a-f]{17,}$/i.test(digest) ? digest.replaceAll(/(.{8})(?=.)/g, '$1 ') : digest;
}

function instantText(instant: Date, zone: string, language: Language): string {
  const text = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: zone,
    dateStyle: 'long',
    timeStyle: 'medium',
  }).format(instant);
  return `${text} (${offsetOf(instant, zone)})`;
}

/** `UTC+1`: a date in evidence says in which time it is written. */
function offsetOf(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(instant);
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC').replace('GMT', 'UTC');
}

const words = {
  title: { fr: 'Dossier de preuve de la demande', en: 'Evidence of request' },
  intro: {
    fr: 'Ce rapport résume le dossier auquel il est joint : il se lit seul, mais ce sont les fichiers du dossier qui prouvent. Il ne contient aucune donnée de la personne concernée.',
    en: 'This report sums up the file that it comes with: it can be read alone, but the files are the proof. It holds no data of the data subject.',
  },
  made: (at: string): Text => ({ fr: `Établi le ${at}.`, en: `Made on ${at}.` }),
  request: { fr: 'La demande', en: 'The request' },
  number: { fr: 'Numéro', en: 'Number' },
  right: { fr: 'Droit exercé', en: 'Right exercised' },
  controller: { fr: 'Responsable de traitement', en: 'Controller' },
  received: { fr: 'Reçue le', en: 'Received on' },
  identifiers: { fr: 'Recherchée par', en: 'Searched with' },
  identity: { fr: 'Identité établie par', en: 'Identity established by' },
  answered: { fr: 'Réponse envoyée le', en: 'Answered on' },
  closed: { fr: 'Close le', en: 'Closed on' },
  state: { fr: 'État', en: 'State' },
  refusal: { fr: 'Motif du refus', en: 'Ground of refusal' },
  commitment: { fr: 'Engagement', en: 'Commitment' },
  commitmentNote: {
    fr: 'Empreinte de l’identité de la personne, que seul son récépissé permet d’ouvrir : elle seule peut prouver que ce dossier la concerne.',
    en: 'A fingerprint of the person’s identity, which only their receipt can open: they alone can prove that this file is about them.',
  },
  clock: { fr: 'Le délai légal', en: 'The legal time' },
  deadline: { fr: 'Échéance', en: 'Deadline' },
  plan: { fr: 'Le plan d’effacement', en: 'The erasure plan' },
  noPlan: { fr: 'Aucun plan n’a été arrêté.', en: 'No plan was frozen.' },
  frozen: { fr: 'Arrêté le', en: 'Frozen on' },
  digest: { fr: 'Empreinte SHA-256', en: 'SHA-256 digest' },
  kept: (what: string): Text => ({ fr: `Conservé : ${what} – `, en: `Kept: ${what} – ` }),
  holds: { fr: 'Les gels', en: 'Holds' },
  outcomes: { fr: 'Ce qu’a fait chaque application', en: 'What each application did' },
  noOrder: { fr: 'Aucun ordre n’a été envoyé.', en: 'No order was sent.' },
  order: { fr: 'Ordre', en: 'Order' },
  generation: (number: number): Text =>
    number === 1
      ? { fr: 'premier envoi', en: 'first sending' }
      : { fr: `envoi n° ${number}`, en: `sending no. ${number}` },
  sent: { fr: 'Envoyé le', en: 'Sent on' },
  reported: { fr: 'Compte rendu reçu le', en: 'Outcome received on' },
  verified: { fr: 'Vérifié par Socle le', en: 'Checked by Socle on' },
  counts: { fr: 'Lignes modifiées', en: 'Rows changed' },
  proof: { fr: 'Preuve d’absence', en: 'Proof of absence' },
  signature: { fr: 'Signature', en: 'Signature' },
  proofs: { fr: 'Les inscriptions au journal', en: 'The journal entries' },
  proofsNote: {
    fr: 'Chaque décision est inscrite dans un journal dont aucune ligne ne peut être changée, ôtée ou déplacée sans que cela se voie. Le point de contrôle, signé, engage tout ce qui le précède.',
    en: 'Each decision is entered in a journal of which no line can be changed, removed or moved without it showing. The signed checkpoint vouches for everything before it.',
  },
  entry: (number: number): Text => ({ fr: `Inscription n° ${number}`, en: `Entry no. ${number}` }),
  noCheckpoint: {
    fr: 'Aucun point de contrôle ne couvre encore ces inscriptions : exportez de nouveau le dossier dans un instant.',
    en: 'No checkpoint covers these entries yet: export the file again in a moment.',
  },
  checkpoint: { fr: 'Point de contrôle', en: 'Checkpoint' },
  signedFor: (origin: string, size: number): Text => ({
    fr: `${origin}, ${size} inscriptions`,
    en: `${origin}, ${size} entries`,
  }),
  root: { fr: 'Racine', en: 'Root' },
  key: { fr: 'Empreinte de la clé', en: 'Key fingerprint' },
  timestamp: { fr: 'Horodatage', en: 'Time-stamp' },
  verification: { fr: 'Vérifier sans nous', en: 'Check it without us' },
  verificationNote: {
    fr: 'Le vérificateur joint au dossier n’a besoin ni du réseau, ni de Socle. Avec Node.js 20 ou plus récent, dans le dossier où il se trouve :',
    en: 'The verifier that comes with the file needs neither a network nor Socle. With Node.js 20 or later, in its folder:',
  },
  keyNote: {
    fr: 'Obtenez la clé publique par une autre voie que ce dossier, et comparez-en l’empreinte : une clé trouvée dans le dossier ne prouve pas qui l’a fait.',
    en: 'Get the public key by another way than this file, and compare its fingerprint: a key found in the file doesn’t prove who made it.',
  },
  limits: { fr: 'Ce que ce dossier ne prouve pas :', en: 'What this file does not prove:' },
} as const;
