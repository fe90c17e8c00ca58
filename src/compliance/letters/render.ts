import { type Day, dayText, Refusal, type Text, unreachable } from '../../kernel/index.ts';
import { refusalGround } from './grounds.ts';
import type {
  Aftermath,
  Checked,
  Done,
  LetterContent,
  LetterFacts,
  Pending,
  Refused,
  RenderedLetter,
} from './letter.ts';
import {
  checkTemplate,
  defaultTemplate,
  fillTemplate,
  type LetterTemplate,
  type PlaceholderValues,
} from './template.ts';

/**
 * Writes a letter: a template (the shipped one when none is given) filled with the facts of the request.
 * Refuses a template that lacks what the law requires of this letter.
 */
export function renderLetter(content: LetterContent, facts: LetterFacts, template?: LetterTemplate): RenderedLetter {
  const chosen = tellsAll(content, template) ? template : defaultTemplate(content.kind, facts.language);
  const problems = checkTemplate(content.kind, chosen);
  if (problems.length > 0) {
    throw new Refusal(
      'letter.template',
      422,
      {
        fr: 'Ce modèle de lettre ne peut pas être utilisé tel quel.',
        en: 'This letter template can’t be used as it is.',
      },
      problems,
    );
  }
  const { subject, paragraphs } = fillTemplate(chosen, { ...commonValues(facts), ...ownValues(content, facts) });
  return { kind: content.kind, language: facts.language, subject, paragraphs, signature: signatureLines(facts) };
}

/** Words that pass over an application that was retired would tell the person that all is done: the shipped ones serve. */
function tellsAll(content: LetterContent, template: LetterTemplate | undefined): template is LetterTemplate {
  if (template === undefined) return false;
  const hasRetired = 'retired' in content && content.retired.length > 0;
  return !hasRetired || template.body.includes('{retired}');
}

function signatureLines({ language, sender }: LetterFacts): readonly string[] {
  const office: Text = { fr: 'Protection des données', en: 'Data protection' };
  const on: Text = { fr: `Pour ${sender.name}`, en: `For ${sender.name}` };
  return [on[language], ...(sender.officer.name === null ? [] : [sender.officer.name]), office[language]];
}

function commonValues(facts: LetterFacts): PlaceholderValues {
  const { language, sender, recipient } = facts;
  const { officer } = sender;
  const reach = [officer.name, officer.email, officer.phone, ...(officer.email === null ? sender.address : [])];
  const dear = recipient.name === null ? 'Dear Sir or Madam,' : `Dear ${recipient.name},`;
  return {
    greeting: language === 'fr' ? 'Madame, Monsieur,' : dear,
    request_number: facts.requestNumber,
    received_on: date(facts.receivedOn, facts),
    written_on: date(facts.writtenOn, facts),
    controller: sender.name,
    officer_contact: reach.filter((part) => part !== null).join(', ') || sender.name,
    status_page: facts.statusPage ?? '',
    remedies: items(remedies, facts),
  };
}

function ownValues(content: LetterContent, facts: LetterFacts): PlaceholderValues {
  switch (content.kind) {
    case 'acknowledgement':
      return { deadline: date(content.deadline, facts) };
    case 'identity_request':
      return { doubt: withoutFullStop(content.doubt), identity_needed: list(content.needed) };
    case 'extension':
      return {
        deadline: date(content.deadline, facts),
        new_deadline: date(content.newDeadline, facts),
        extension_reasons: list(content.reasons),
      };
    case 'complete_answer':
      return { done: items(content.done.map(doneText), facts), ...aftermathValues(content, facts) };
    case 'partial_answer':
      return {
        done: items(content.done.map(doneText), facts),
        refused: items(content.refused.map(refusedText), facts),
        pending: items(content.pending.map(pendingText), facts),
        retired: list(content.retired),
        ...aftermathValues(content, facts),
      };
    case 'not_found':
      return {
        identifiers: content.identifiers.map((kind) => kind[facts.language]).join(', '),
        searched: list(content.searched),
        retired: list(content.retired),
      };
    case 'refusal':
      return {
        grounds: items(
          content.grounds.map(({ code, explanation }) => groundText(code, explanation)),
          facts,
        ),
      };
    default:
      return unreachable(content);
  }
}

function aftermathValues(aftermath: Aftermath, facts: LetterFacts): PlaceholderValues {
  return {
    told: list(aftermath.told ?? []),
    backups_until: aftermath.backupsUntil ? date(aftermath.backupsUntil, facts) : '',
    file_kept: aftermath.fileKept?.[facts.language] ?? '',
  };
}

function doneText(done: Done): Text {
  const on = dayText(done.on);
  const except = (done.except ?? []).map(({ what, but }) => ({
    fr: `${what.fr}, sauf ${but.fr}`,
    en: `${what.en}, except ${but.en}`,
  }));
  const all = [...(done.what === null ? [] : [done.what]), ...except];
  const what = { fr: all.map((text) => text.fr).join(' ; '), en: all.map((text) => text.en).join('; ') };
  const checked = (done.checked ?? []).map(checkedText);
  const told = { fr: checked.map((text) => text.fr).join(''), en: checked.map((text) => text.en).join('') };
  return {
    fr: `${done.application} (${on.fr}) : ${what.fr}.${done.isVerified ? ' Nous avons vérifié que ces données n’y figurent plus.' : ''}${told.fr}`,
    en: `${done.application} (${on.en}): ${what.en}.${done.isVerified ? ' We checked that these data are no longer there.' : ''}${told.en}`,
  };
}

function checkedText({ by, on, finding }: Checked): Text {
  const day = dayText(on);
  return {
    fr: ` D’autres lignes y portent votre nom, ou un numéro qui ressemble au vôtre : vérifiées à la main par ${by.fr}, le ${day.fr}, ${finding.fr}.`,
    en: ` Other rows there bear your name, or a number like yours: checked by hand by ${by.en}, on ${day.en}, ${finding.en}.`,
  };
}

function refusedText(refused: Refused): Text {
  const ground = groundText(refused.ground, refused.explanation);
  const until = refused.until === null ? null : dayText(refused.until);
  return {
    fr: `${refused.application} : ${refused.what.fr}. ${ground.fr}${until === null ? '' : ` Elles y sont conservées jusqu’au ${until.fr}, puis effacées.`}`,
    en: `${refused.application}: ${refused.what.en}. ${ground.en}${until === null ? '' : ` They are kept there until ${until.en}, then erased.`}`,
  };
}

function pendingText(pending: Pending): Text {
  const on = pending.expectedOn === null ? null : dayText(pending.expectedOn);
  return {
    fr: `${pending.application} : ${withoutFullStop(pending.reason.fr)}${on === null ? '' : ` (réponse attendue le ${on.fr})`}.`,
    en: `${pending.application}: ${withoutFullStop(pending.reason.en)}${on === null ? '' : ` (answer expected on ${on.en})`}.`,
  };
}

/** The ground, what makes it hold here, and the article: `La loi nous oblige… : factures, C. com. L123-22 (RGPD, art. …).` */
function groundText(code: Refused['ground'], explanation: string | null): Text {
  const { sentence, source } = refusalGround(code);
  const own = explanation?.trim() ? ` ${sentenceOf(explanation)}` : '';
  return {
    fr: `${withoutFullStop(sentence.fr)} (${source.fr}).${own}`,
    en: `${withoutFullStop(sentence.en)} (${source.en}).${own}`,
  };
}

/** GDPR art. 12(4), 77 and 79. */
const remedies: readonly Text[] = [
  {
    fr: 'introduire une réclamation auprès de la Commission nationale de l’informatique et des libertés (CNIL), 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, ou en ligne sur www.cnil.fr (RGPD, art. 77) ;',
    en: 'lodge a complaint with the French supervisory authority: Commission nationale de l’informatique et des libertés (CNIL), 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, France, or online at www.cnil.fr (GDPR, art. 77);',
  },
  {
    fr: 'former un recours juridictionnel devant le tribunal compétent, notamment celui de votre résidence habituelle (RGPD, art. 79).',
    en: 'seek a judicial remedy before the competent court, in particular that of your habitual residence (GDPR, art. 79).',
  },
];

function items(texts: readonly Text[], facts: LetterFacts): string {
  return list(texts.map((text) => text[facts.language]));
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `– ${line.trim().replaceAll(/\s*\n\s*/g, ' ')}`).join('\n');
}

function date(on: Day, facts: LetterFacts): string {
  return dayText(on)[facts.language];
}

function withoutFullStop(sentence: string): string {
  return sentence.trim().replace(/[.\s]+$/, '');
}

function sentenceOf(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
