import { deliverWebhook } from '../../../channels/index.ts';
import { once, publicId } from '../../../kernel/index.ts';
import type { Scope } from '../../../store/index.ts';
import { signersOf } from '../../application/signing.ts';
import type { Engine } from '../../engine.ts';
import type { DeliveryChannel } from './channel.ts';

/**
 * An order by webhook: posted to the address of the application's connection, signed with its secrets. Both are read once
 * for the orders that leave at the same time: a channel is made for each batch.
 */
export function webhookChannel(engine: Engine): DeliveryChannel {
  const target = once((scope: Scope) =>
    once((application: string) =>
      Promise.all([engine.applications.address(scope, application), signersOf(scope, application)]),
    ),
  );
  return {
    mayAskAgain: true,
    deliver: async ({ scope, order, application, body }) => {
      const [url, signers] = await target(scope)(application);
      const message = { id: publicId('ord', order.id), body, contentType: 'application/cloudevents+json' };
      return deliverWebhook({ caller: engine.caller, url, signers }, message, scope.clock.now());
    },
  };
}
