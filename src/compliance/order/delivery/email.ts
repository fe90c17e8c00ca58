import { Refusal } from '../../../kernel/index.ts';
import type { Engine } from '../../engine.ts';
import { contactsOf } from '../../task/contacts.ts';
import { openTask } from '../../task/open.ts';
import type { DeliveryChannel } from './channel.ts';

/** An order by e-mail: a task for the people of the application. The task and its messages exist if and only if this is recorded. */
export function emailChannel(engine: Engine): DeliveryChannel {
  return {
    // People have their own reminders.
    mayAskAgain: false,
    deliver: async ({ scope, order, application }) => {
      try {
        const contacts = await contactsOf(engine, scope, application);
        return { kind: 'handed_over', within: (writing) => openTask(engine, writing, order, contacts) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { kind: 'rejected', problem: error };
      }
    },
  };
}
