import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { day, languages } from '../../kernel/index.ts';
import { refusalGround, refusalGroundCodes } from './grounds.ts';
import {
  checkTemplate,
  defaultTemplate,
  evidenceReportPdf,
  letterKinds,
  letterPdf,
  letterText,
  renderLetter,
} from './index.ts';
import type { LetterContent, LetterFacts } from './letter.ts';
import { printable, typeset } from './paper/characters.ts';
import { sampleReport } from './sample-report.ts';
import { sampleContents, sampleFacts } from './samples.ts';

const english: LetterFacts = { ...sampleFacts, language: 'en' };

function contentOf<Kind extends LetterContent['kind']>(kind: Kind): Extract<LetterContent, { kind: Kind }> {
  const found = sampleContents.find(
    (content): content is Extract<LetterContent, { kind: Kind }> => content.kind === kind,
  );
  if (found === undefined) throw new Error(`no sample of ${kind}`);
  return found;
}

const textOf = (content: LetterContent, facts: LetterFacts = sampleFacts): string =>
  letterText(renderLetter(content, facts));

describe('the shipped templates', () => {
  test.each(letterKinds)('%s holds what the law requires, in both languages', (kind) => {
    for (const language of languages) expect(checkTemplate(kind, defaultTemplate(kind, language))).toEqual([]);
  });

  test('leave no placeholder behind', () => {
    for (const content of sampleContents) {
      for (const facts of [sampleFacts, english]) {
        const letter = renderLetter(content, facts);
        expect(letter.subject).toContain('DR-2026-00012');
        expect(letterText(letter)).not.toMatch(/[{}]|undefined|null/);
      }
    }
  });
});

describe('an acknowledgement', () => {
  test('says when the request was received and by when it is answered', () => {
    expect(textOf(contentOf('acknowledgement'))).toContain('au plus tard le 10 décembre 2026');
    expect(textOf(contentOf('acknowledgement'), english)).toContain('by 10 December 2026 at the latest');
  });

  test('leaves out the status page where there is none', () => {
    expect(textOf(contentOf('acknowledgement'), { ...sampleFacts, statusPage: null })).not.toContain(
      'suivre l’avancement',
    );
  });
});

describe('an answer', () => {
  test('when partial, says what is done, what is kept until when and why, and what is pending', () => {
    const text = textOf(contentOf('partial_answer'));
    expect(text).toContain('– Boutique en ligne (22 novembre 2026) : identité, coordonnées');
    expect(text).toContain('La loi nous oblige à conserver ces données (RGPD, art. 17, § 3, b).');
    expect(text).toContain('jusqu’au 31 décembre 2036, puis effacées.');
    expect(text).toContain(
      '– Centre d’appels : l’application n’a pas encore rendu compte de l’exécution (réponse attendue le 5 décembre 2026).',
    );
  });

  test('leaves out what there is none of, with its heading', () => {
    const text = textOf({ ...contentOf('partial_answer'), pending: [], told: [] });
    expect(text).not.toContain('Ce qui reste en cours');
    expect(text).not.toContain('article 19');
  });

  test('only says that absence was checked where it was', () => {
    const [first] = contentOf('complete_answer').done;
    if (first === undefined) throw new Error('a sample is missing');
    expect(textOf({ kind: 'complete_answer', done: [{ ...first, isVerified: false }] })).not.toContain(
      'Nous avons vérifié',
    );
  });

  test('of not found never says that something was erased', () => {
    const text = textOf(contentOf('not_found'));
    expect(text).toContain('Aucune donnée vous concernant n’y a été trouvée. Nous n’avons donc rien eu à effacer.');
    expect(text).not.toMatch(/(a été|ont été) effacé/);
  });

  test.each(['partial_answer', 'not_found', 'refusal'] as const)(
    '%s gives the complaint to the CNIL and the judicial remedy',
    (kind) => {
      for (const facts of [sampleFacts, english]) {
        const text = textOf(contentOf(kind), facts);
        expect(text).toContain('3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07');
        expect(text).toMatch(/RGPD, art\. 79|GDPR, art\. 79/);
      }
    },
  );
});

describe('grounds of refusal', () => {
  test('each has its label, its sentence and its source in both languages', () => {
    expect(refusalGroundCodes).toHaveLength(11);
    for (const code of refusalGroundCodes) {
      const { label, sentence, source } = refusalGround(code);
      for (const text of [label, sentence, source])
        expect([text.fr, text.en].every((word) => word.length > 3)).toBe(true);
      expect(sentence.fr.endsWith('.') && sentence.en.endsWith('.')).toBe(true);
    }
  });

  test('are told with the reason that someone wrote', () => {
    expect(textOf(contentOf('refusal'))).toContain(
      '(RGPD, art. 17, § 3, e). Un litige relatif à votre commande 2025-0000007 est en cours devant le tribunal judiciaire de Nantes.',
    );
  });
});

describe('an edited template', () => {
  const codes = (subject: string, body: string): readonly string[] =>
    checkTemplate('refusal', { subject, body }).map((problem) => problem.code);
  const good = '{greeting}\n\n{grounds}\n\n{remedies}';

  test('is accepted with its own words', () => {
    expect(codes('Demande {request_number}', good)).toEqual([]);
  });

  test('is refused without the remedies, an unknown placeholder, one that has no value here, or a lone brace', () => {
    expect(codes('Demande {request_number}', '{greeting}\n\n{grounds}')).toEqual(['template.missing']);
    expect(codes('Demande {request_number}', `${good} {nom}`)).toEqual(['template.unknown']);
    expect(codes('Demande {request_number}', `${good} {done}`)).toEqual(['template.not_here']);
    expect(codes('Demande {request_number}', `${good} {`)).toEqual(['template.brace']);
    expect(codes('', `${good} {request_number}`)).toEqual(['template.empty']);
  });

  test('says what to do, with the article', () => {
    const [problem] = checkTemplate('refusal', { subject: '{request_number}', body: '{grounds}' });
    expect(problem?.text.fr).toBe(
      'Il manque {remedies} : un refus donne ses motifs et les voies de recours (RGPD, art. 12, § 4).',
    );
  });

  test('can’t be used to write a letter as long as it is wrong', () => {
    expect(() => renderLetter(contentOf('refusal'), sampleFacts, { subject: 'x', body: 'y' })).toThrow(
      /letter.template/,
    );
  });

  test('that passes over a retired application isn’t used for a request that has one', () => {
    const content = { kind: 'not_found', identifiers: [], searched: ['Boutique'], retired: ['Parrainage'] } as const;
    const template = { subject: '{request_number}', body: 'Cherché : {searched}\n\n{remedies}' };
    expect(letterText(renderLetter(content, sampleFacts, template))).toContain('– Parrainage');
    const own = { ...template, body: `${template.body}\n\nArrêtées : {retired}` };
    expect(letterText(renderLetter(content, sampleFacts, own))).toContain('Arrêtées : – Parrainage');
    const without = letterText(renderLetter({ ...content, retired: [] }, sampleFacts, template));
    expect(without).toContain('Cherché : – Boutique');
    expect(without).not.toContain('attester');
  });

  test('never reads a value as a placeholder', () => {
    const letter = renderLetter(
      { kind: 'refusal', grounds: [{ code: 'legal_claims', explanation: 'Voir {remedies} {request_number}' }] },
      sampleFacts,
    );
    expect(letterText(letter)).toContain('Voir {remedies} {request_number}.');
  });
});

describe('the paper', () => {
  test('keeps French letters and signs, and spaces that may not end a line', () => {
    expect(printable('Œuvre « ça » – l’été à 5 €')).toBe('Œuvre « ça » – l’été à 5 €');
    expect(printable('Łukasz Żółć, Ελένη, Софья, 1\u202f000')).toBe('Łukasz Żółć, Ελένη, Софья, 1\u00a0000');
    expect(printable('e\u0301t\u00e9 子')).toBe('été ?');
    expect(typeset('Objet : n° 5 le 5 décembre', 'fr')).toBe('Objet\u00a0: n°\u00a05 le 5\u00a0décembre');
    expect(typeset('on 5 December: yes', 'en')).toBe('on 5 December: yes');
  });

  test.each(letterKinds)(
    '%s is an A4 file with its language and title, tagged, the same bytes each time',
    async (kind) => {
      for (const facts of [sampleFacts, english]) {
        const letter = renderLetter(contentOf(kind), facts);
        const bytes = await letterPdf(letter, facts);
        const source = bytes.toString('latin1');
        expect(source.startsWith('%PDF-1.7')).toBe(true);
        expect(source).toContain('/MediaBox [0 0 595.28 841.89]');
        expect(source).toContain(facts.language === 'fr' ? '/Lang (fr-FR)' : '/Lang (en-GB)');
        expect(source).toContain('/Marked true');
        expect(bytes.equals(await letterPdf(letter, facts))).toBe(true);
        // Every font is in the file: nothing is left to what the reader's machine has.
        expect(source).toMatch(/\/BaseFont \/[A-Z]{6}\+DejaVuSansCondensed/);
        expect(source).toContain('/FontFile2');
        expect(source).not.toMatch(/Helvetica|Courier/);
      }
    },
  );

  test('opens and closes each mark on the page where it stands, however long the letter', async () => {
    const reasons = Array.from(
      { length: 120 },
      (_, at) => `motif ${at + 1} ${'assez long pour tenir sur deux lignes de la lettre '.repeat(3)}`,
    );
    const letter = renderLetter({ ...contentOf('extension'), reasons }, sampleFacts);
    for (const page of pageStreams(await letterPdf(letter, sampleFacts))) {
      expect(page.match(/\bBDC\b|\bBMC\b/g)?.length).toBe(page.match(/\bEMC\b/g)?.length);
    }
  });
});

describe('the report of an evidence file', () => {
  test('is written in both languages, the same bytes each time', async () => {
    for (const language of languages) {
      const bytes = await evidenceReportPdf({ ...sampleReport, language });
      expect(bytes.length).toBeGreaterThan(8_000);
      expect(bytes.equals(await evidenceReportPdf({ ...sampleReport, language }))).toBe(true);
    }
  });

  test('stands with neither plan nor order nor checkpoint', async () => {
    const bytes = await evidenceReportPdf({
      ...sampleReport,
      plan: null,
      holds: [],
      orders: [],
      proofs: { entries: [], checkpoint: null, timestamps: [] },
      request: { ...sampleReport.request, closedOn: day('2026-11-23'), personCommitment: null },
    });
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

/** The drawing instructions of each page. */
function pageStreams(pdf: Buffer): readonly string[] {
  const streams: string[] = [];
  let at = pdf.indexOf('stream\n');
  while (at >= 0) {
    const end = pdf.indexOf('\nendstream', at);
    try {
      const text = inflateSync(pdf.subarray(at + 7, end)).toString('latin1');
      if (text.includes(' Tf')) streams.push(text);
    } catch {
      // Not a compressed stream: no page.
    }
    at = pdf.indexOf('stream\n', end + 12);
  }
  expect(streams.length).toBeGreaterThan(0);
  return streams;
}
