import { dayText, startOfDay, type Text } from '../../kernel/index.ts';
import type { LetterFacts, RenderedLetter } from './letter.ts';
import { ink, mm, Paper } from './paper/paper.ts';

const words = {
  officer: { fr: 'Protection des données', en: 'Data protection' },
  subject: { fr: 'Objet : ', en: 'Subject: ' },
  reference: { fr: 'Nos références : ', en: 'Our reference: ' },
} as const satisfies Readonly<Record<string, Text>>;

/** The letter on the controller's paper: A4, the recipient where a window envelope shows it. The same letter gives the same bytes. */
export function letterPdf(letter: RenderedLetter, facts: LetterFacts): Promise<Buffer> {
  const { language } = letter;
  const { sender } = facts;
  const legal = [sender.name, ...sender.address, sender.siren === null ? '' : `SIREN ${grouped(sender.siren)}`];
  const paper = new Paper({
    language,
    title: letter.subject,
    author: sender.name,
    at: startOfDay(facts.writtenOn),
    foot: legal.filter((part) => part !== '').join(' – '),
  });
  writeHead(paper, facts);
  paper.block([`${words.reference[language]}${facts.requestNumber}`], paper.left, paper.doc.y, paper.width, {
    size: 9,
    colour: ink.soft,
  });
  paper.gap(3);
  paper.write('H1', `${words.subject[language]}${letter.subject}`, { size: 10.5, weight: 'bold', after: 14 });
  letter.paragraphs.forEach((paragraph, at) => {
    // The end of a letter isn't left alone on a page: its last paragraph goes with the signature.
    const isLast = at === letter.paragraphs.length - 1;
    if (isLast) paper.keep(paper.heightOf(paragraph) + mm(28));
    writeParagraph(paper, paragraph);
  });
  paper.gap(14);
  paper.block(letter.signature, rightColumn, paper.doc.y, mm(82), { size: 10 });
  return paper.finish();
}

/** Where the window of a French envelope (DL, right) begins. */
const rightColumn = mm(110);

function writeHead(paper: Paper, facts: LetterFacts): void {
  const { sender, recipient, language } = facts;
  const top = paper.doc.page.margins.top;
  paper.block([sender.brand ?? sender.name], paper.left, top, mm(95), { size: 15, weight: 'bold', colour: ink.accent });
  const lines = [
    ...(sender.brand === null || sender.brand === sender.name ? [] : [sender.name]),
    ...sender.address,
    words.officer[language],
    ...[sender.officer.email, sender.officer.phone].filter((line) => line !== null),
  ];
  paper.gap(3);
  paper.block(lines, paper.left, paper.doc.y, mm(80), { size: 8.8, colour: ink.soft });
  const below = paper.doc.y;
  const to = [...(recipient.name === null ? [] : [recipient.name]), ...recipient.address];
  if (to.length > 0) paper.block(to, rightColumn, mm(52), mm(82), { size: 10.5 });
  const date = dayText(facts.writtenOn);
  const line = language === 'fr' ? `Le ${date.fr}` : date.en;
  const y = Math.max(below + mm(10), to.length > 0 ? paper.doc.y + mm(9) : 0, to.length > 0 ? mm(86) : 0);
  paper.block([line], rightColumn, y, mm(82), { size: 10 });
  paper.gap(mm(8));
}

/** Lines that begin with an en dash are items; the others are read together. */
function writeParagraph(paper: Paper, paragraph: string): void {
  let prose: string[] = [];
  const flush = (after: number): void => {
    if (prose.length > 0) paper.paragraph(prose.join('\n'), { after });
    prose = [];
  };
  for (const line of paragraph.split('\n')) {
    if (line.startsWith('– ')) {
      flush(3);
      paper.item(line.slice(2), { indent: 6 });
    } else prose.push(line);
  }
  const isList = prose.length === 0;
  flush(7);
  if (isList) paper.gap(4);
}

/** `000 000 018`. */
function grouped(siren: string): string {
  return siren.replaceAll(/(\d{3})(?=\d)/g, '$1\u00a0');
}
