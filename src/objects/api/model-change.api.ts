import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type ApiApp, created, type Slice } from '../../http/index.ts';
import { record } from '../../journal/index.ts';
import { isUuid, publicId, Refusal } from '../../kernel/index.ts';
import type { LiveModel } from '../../model/index.ts';
import { write } from '../../store/index.ts';

const change = z.strictObject({
  files: z
    .array(z.strictObject({ file: z.string().max(500), text: z.string().max(2_000_000) }))
    .max(50)
    .default([])
    .describe('what each pack.yaml says; a pack replaces the one of its name'),
  without: z.array(z.string().max(40)).max(50).default([]).describe('names of packs to take away'),
});

/** Changing the model while it runs: a change is proposed and shown with its consequences, then applied, once. */
export function modelChangeApi(live: LiveModel): Slice {
  return {
    name: 'model-change',
    api(app) {
      mountProposals(app, live);
    },
  };
}

function mountProposals(app: ApiApp, live: LiveModel): void {
  const allow = may('model.change');
  app.post(
    '/model/proposals',
    { summary: 'What a change of the model would do, in words and numbers; changes nothing', body: change, allow },
    async (call) => {
      const proposal = await live.propose(call.body, call.cause);
      return created(`/api/v1/model/proposals/${proposal.id}`, proposal);
    },
  );
  app.post(
    '/model/proposals/:id/apply',
    { summary: 'Applies a proposed change: tables, pages and API follow at once', allow },
    async (call) => {
      const { id } = call.params;
      if (!isUuid(id)) throw noProposal();
      const model = await live.apply(id, call.cause);
      await write(call.who.scope, call.cause, async (writing) => {
        const data = { fingerprint: model.fingerprint };
        await record(writing, { kind: 'model.changed', subject: publicId('mod', id), data });
      });
      return { fingerprint: model.fingerprint, packs: model.packs };
    },
  );
}

function noProposal(): Refusal {
  return new Refusal('model.no_proposal', 404, {
    fr: 'Cette proposition n’existe pas : refaites-la.',
    en: 'There is no such proposal: make it again.',
  });
}
