import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type ApiApp, created, noContent } from '../../http/index.ts';
import { isDay, type Language, publicId } from '../../kernel/index.ts';
import { readPerson } from '../person/person.ts';
import { holdGrounds, holdGroundText } from './grounds.ts';
import { heldCategories, holdOf } from './hold.pages.tsx';
import { type HoldView, placeHold, releaseHold } from './hold.ts';

const body = z.strictObject({
  ground: z.enum(holdGrounds),
  /** Absent: all. */
  categories: z.array(z.enum(heldCategories)).min(1).optional(),
  words: z.string().min(1).max(2000),
  endsOn: z.string().refine(isDay, 'a date such as 2026-11-22').optional(),
});

/** `told=yes`: the person knows that the restriction is lifted (GDPR art. 18(3)). */
const release = z.object({ told: z.enum(['yes', 'no']).default('no') });

/** Holds, for programs. */
export function holdApi(app: ApiApp): void {
  const allow = may('requests.decide');
  app.get(
    '/persons/:id/holds',
    { summary: 'The holds of a person, the latest first', allow: may('persons.read') },
    async (call) => {
      const view = await readPerson(call.who, call.params.id);
      return { items: view.holds.map((hold) => holdJson(hold, call.language)), next: null };
    },
  );
  app.post('/persons/:id/holds', { summary: 'Places a hold on a person’s data', body, allow }, async (call) => {
    const view = await readPerson(call.who, call.params.id);
    const { ground, categories, words, endsOn } = call.body;
    const id = await placeHold(call.who.scope, call.cause, view.id, {
      ground,
      categories: categories ?? null,
      words,
      endsOn: endsOn === undefined || !isDay(endsOn) ? null : endsOn,
    });
    const hold = holdOf(await readPerson(call.who, call.params.id), id);
    return created(`/api/v1/persons/${publicId('per', view.id)}/holds`, holdJson(hold, call.language));
  });
  app.delete(
    '/persons/:id/holds/:hold',
    { summary: 'Releases a hold: what waited goes on', query: release, allow },
    async (call) => {
      const view = await readPerson(call.who, call.params.id);
      const hold = holdOf(view, call.params.hold);
      await releaseHold(call.who.scope, call.cause, view.id, hold.id, call.query.told === 'yes');
      return noContent();
    },
  );
}

function holdJson(hold: HoldView, language: Language) {
  return {
    id: hold.id,
    ground: hold.ground,
    groundWords: holdGroundText(hold.ground)[language],
    categories: hold.categories ?? 'all',
    placedAt: hold.placedAt.toISOString(),
    placedBy: hold.placedBy,
    endsOn: hold.endsOn,
    endedAt: hold.endedAt?.toISOString() ?? null,
    endedHow: hold.endedHow,
  };
}
