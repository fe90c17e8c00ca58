import { addDays, type Day, Refusal } from '../../kernel/index.ts';

/** A date of receipt further back than this needs a note that says why: the legal month is then almost over. */
export const oldestWithoutNoteDays = 31;
const oldestDays = 366;

/** The day the organisation received the request: entered by people, so bounded (compliance.md, "Intake"). */
export function expectReceivedOn(receivedOn: Day, today: Day, note: string | null): void {
  if (receivedOn > today) {
    throw refused('request.received_in_future', {
      fr: 'La date de réception est dans le futur. Le délai part du jour où l’organisation a reçu la demande.',
      en: 'The date of receipt is in the future. The period runs from the day the organisation received the request.',
    });
  }
  if (receivedOn < addDays(today, -oldestDays)) {
    throw refused('request.received_too_long_ago', {
      fr: 'La date de réception remonte à plus d’un an. Vérifiez l’année.',
      en: 'The date of receipt is more than a year ago. Check the year.',
    });
  }
  if (receivedOn < addDays(today, -oldestWithoutNoteDays) && (note ?? '').trim() === '') {
    throw refused('request.received_needs_note', {
      fr: `Une demande reçue il y a plus de ${oldestWithoutNoteDays} jours demande une note qui dit pourquoi elle est enregistrée si tard.`,
      en: `A request received more than ${oldestWithoutNoteDays} days ago needs a note that says why it is recorded so late.`,
    });
  }
}

function refused(code: string, text: { fr: string; en: string }): Refusal {
  return new Refusal(code, 422, text, [{ pointer: '/received', code, text }]);
}
