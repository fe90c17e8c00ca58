import { type Day, dayText, fullDayText, type Text } from '../../kernel/index.ts';
import { endOf } from './confirmation.ts';

/** What the person reads of a confirmation: in the message, on the page behind its link, on the status page. */
export const words = {
  ask: {
    fr: 'Pour confirmer que cette adresse est bien la vôtre, ouvrez ce lien :',
    en: 'To confirm that this address is yours, open this link:',
  },
  consequence: (lastDay: Day): Text => {
    const [last, ends, forgotten] = told(lastDay);
    return {
      fr: `Sans confirmation de votre part jusqu’au ${last.fr} inclus, et si nous ne pouvons pas vous identifier autrement, nous ne pourrons pas donner suite à votre demande : elle sera close le ${ends.fr}, et ce que vous nous avez écrit sera effacé le ${forgotten.fr}. Vous pourrez en présenter une nouvelle à tout moment.`,
      en: `Without your confirmation by ${last.en}, that day included, and if we cannot identify you otherwise, we will not be able to act on your request: it will be closed on ${ends.en}, and what you wrote to us will be erased on ${forgotten.en}. You will be able to make a new one at any time.`,
    };
  },
  until: (lastDay: Day): Text => {
    const [last, ends, forgotten] = told(lastDay);
    return {
      fr: `Vous pouvez confirmer jusqu’au ${last.fr} inclus. Sinon, et si nous ne pouvons pas vous identifier autrement, la demande sera close le ${ends.fr} et ce que vous avez écrit, effacé le ${forgotten.fr}.`,
      en: `You can confirm until ${last.en}, that day included. Otherwise, and if we cannot identify you by other means, the request will be closed on ${ends.en}, and what you wrote erased on ${forgotten.en}.`,
    };
  },
  reminderTitle: (number: string): Text => ({
    fr: `Votre demande ${number} attend votre confirmation`,
    en: `Your request ${number} awaits your confirmation`,
  }),
  reminder: (receivedOn: Day): Text => ({
    fr: `Bonjour,\n\nNous avons reçu, le ${dayText(receivedOn).fr}, une demande d’effacement de données faite avec cette adresse. Elle est enregistrée et son délai court, mais rien ne nous dit encore que l’adresse est celle de la personne qui demande.`,
    en: `Hello,\n\nOn ${dayText(receivedOn).en} we received a request to erase data, made with this address. It is recorded and its time limit is running, but nothing tells us yet that the address is that of whoever asks.`,
  }),
  notYou: {
    fr: 'Vous n’avez rien demandé ? Ne faites rien : aucune donnée ne sera effacée, et la demande sera close à cette date.',
    en: 'You asked for nothing? Do nothing: no data will be erased, and the request will be closed on that date.',
  },
  status: { fr: 'Où en est la demande :', en: 'Where the request stands:' },
  refusal: (lastDay: Day, form: string): Text => {
    const [last, , forgotten] = told(lastDay);
    return {
      fr: `Vous n’avez pas confirmé, jusqu’au ${last.fr} inclus, que l’adresse e-mail donnée est la vôtre, malgré notre rappel. Aucune donnée n’a été effacée. Ce que vous nous avez écrit sera effacé le ${forgotten.fr}. Vous pouvez présenter une nouvelle demande à tout moment : ${form}`,
      en: `You did not confirm, by ${last.en} included, that the e-mail address given is yours, despite our reminder. No data were erased. What you wrote to us will be erased on ${forgotten.en}. You may make a new request at any time: ${form}`,
    };
  },
  ended: {
    fr: 'Demande close : l’adresse n’a pas été confirmée à temps.',
    en: 'Request closed: the address was not confirmed in time.',
  },
  endedDetail: {
    fr: 'Rien n’a été effacé dans nos applications, car rien ne disait qui demandait. Ce qui avait été écrit dans le formulaire est effacé. Votre droit reste entier : vous pouvez présenter une nouvelle demande.',
    en: 'Nothing was erased in our applications, since nothing told who asked. What had been written in the form is erased. Your right is whole: you may make a new request.',
  },
} as const;

function told(lastDay: Day): readonly [Text, Text, Text] {
  const { endsOn, forgottenOn } = endOf(lastDay);
  return [fullDayText(lastDay), fullDayText(endsOn), dayText(forgottenOn)];
}
