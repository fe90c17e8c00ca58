import { may } from '../../access/index.ts';
import { file, type Slice } from '../../http/index.ts';
import { Refusal } from '../../kernel/index.ts';
import type { Engine } from '../engine.ts';
import { personReceipt } from '../request/answer.ts';
import { requestFor } from '../request/perimeter.ts';
import { requestEvidence } from './evidence.ts';

/** The evidence file of a request, and the receipt that is for the person alone. */
export function evidenceSlice(engine: Engine): Slice {
  return {
    name: 'evidence',
    pages(app) {
      app.get('/requests/:id/evidence', { allow: may('requests.read') }, async (visit) => {
        const request = await requestFor(visit.who, visit.params.id);
        const made = await requestEvidence(engine, visit.who.scope, visit.who.cause(null), request.id, visit.language);
        return file(made.bytes, 'application/zip', made.fileName);
      });
    },
    api(app) {
      app.get(
        '/requests/:id/evidence',
        { summary: 'The evidence file of a request: a ZIP that verifies offline', allow: may('requests.read') },
        async (call) => {
          const request = await requestFor(call.who, call.params.id);
          const made = await requestEvidence(engine, call.who.scope, call.who.cause(null), request.id, call.language);
          return file(made.bytes, 'application/zip', made.fileName);
        },
      );
      app.get(
        '/requests/:id/receipt',
        {
          summary: 'The person’s receipt, which opens the commitment: to be handed to the person alone',
          allow: may('requests.handle'),
        },
        async (call) => {
          const request = await requestFor(call.who, call.params.id);
          const receipt = await personReceipt(call.who.scope, request);
          if (receipt === null) throw noReceipt();
          return file(receipt, 'application/json', `${request.number}-receipt.json`);
        },
      );
    },
  };
}

function noReceipt(): Refusal {
  return new Refusal('request.no_receipt', 404, {
    fr: 'Le reçu ne peut plus être établi : le secret de la personne a été détruit. Elle a reçu le sien avec la réponse.',
    en: 'The receipt can no longer be made: the person’s secret was destroyed. They got theirs with the answer.',
  });
}
