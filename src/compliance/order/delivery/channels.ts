import type { Channel } from '../../application/directory.ts';
import type { Engine } from '../../engine.ts';
import type { DeliveryChannel } from './channel.ts';
import { emailChannel } from './email.ts';
import { fileChannel } from './file.ts';
import { webhookChannel } from './webhook.ts';

/**
 * How the orders of a channel reach their application: Socle executes them itself, hands them over, or waits for the
 * application to fetch them.
 */
export type Way =
  | { readonly kind: 'executed' }
  | { readonly kind: 'delivered'; readonly by: DeliveryChannel }
  | { readonly kind: 'fetched' };

/** A new channel is one line here. */
export function wayOf(engine: Engine, channel: Channel | 'socle'): Way {
  switch (channel) {
    case 'sql':
    case 'socle':
      return { kind: 'executed' };
    case 'webhook':
      return { kind: 'delivered', by: webhookChannel(engine) };
    case 'pull':
      return { kind: 'fetched' };
    case 'email':
      return { kind: 'delivered', by: emailChannel(engine) };
    case 'file':
      return { kind: 'delivered', by: fileChannel(engine) };
  }
}
