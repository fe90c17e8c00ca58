import { detachedSignature, openDropFolder, readDropAddress, writeWhole } from '../../../channels/index.ts';
import { publicId, Refusal, systemCause } from '../../../kernel/index.ts';
import { write } from '../../../store/index.ts';
import { signersOf } from '../../application/signing.ts';
import { dropContent } from '../../drop/content.ts';
import { meanDrop, watchDrops } from '../../drop/kept.ts';
import type { Engine } from '../../engine.ts';
import type { DeliveryChannel } from './channel.ts';

/** An order as a file with its signature beside. That it will be there is written first: whatever happens, it is deleted one day. */
export function fileChannel(engine: Engine): DeliveryChannel {
  return {
    // The file is there until it is answered.
    mayAskAgain: false,
    deliver: async (parcel) => {
      const { scope, order, application } = parcel;
      try {
        const address = readDropAddress(await engine.applications.address(scope, application));
        const signers = await signersOf(scope, application);
        const { orders } = await openDropFolder(engine.dropFolders, address.folder);
        const name = `${publicId('ord', order.id)}.${address.format}`;
        await write(scope, systemCause('orders', order.id), (writing) =>
          meanDrop(writing, { order: order.id, application, folder: address.folder, name }),
        );
        const content = dropContent(parcel, address.format);
        // The signature first: whoever sees the order finds it.
        await writeWhole(orders, `${name}.sig`, Buffer.from(detachedSignature(content, signers)));
        await writeWhole(orders, name, content);
        return { kind: 'handed_over', within: (writing) => watchDrops(writing, application) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { kind: error.status === 503 ? 'unreached' : 'rejected', problem: error };
      }
    },
  };
}
