import { deliverWebhook } from '../../../channels/index.ts';
import { publicId } from '../../../kernel/index.ts';
import { signersOf } from '../../application/signing.ts';
import type { Engine } from '../../engine.ts';
import type { DeliveryChannel } from './channel.ts';

/** An order by webhook: posted to the address of the application's connection, signed with its secrets. */
export function webhookChannel(engine: Engine): DeliveryChannel {
  return {
    mayAskAgain: true,
    deliver: async ({ scope, order, application, body }) => {
      const [url, signers] = await Promise.all([
        engine.applications.address(scope, application),
        signersOf(scope, application),
      ]);
      const message = { id: publicId('ord', order.id), body, contentType: 'application/cloudevents+json' };
      return deliverWebhook({ caller: engine.caller, url, signers }, message, scope.clock.now());
    },
  };
}
