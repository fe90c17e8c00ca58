import { z } from 'zod';
import type { Slice } from '../../http/index.ts';
import { type Clock, Refusal } from '../../kernel/index.ts';
import type { Engine } from '../engine.ts';
import { checkSuppressions } from './reappearance.ts';

const mostAsked = 1_000;
const body = z.strictObject({
  identities: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
        value: z.string().min(1).max(320),
        heldSince: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
      }),
    )
    .min(1)
    .max(mostAsked),
});

/** Before an import or a mailing, an application asks which identifiers belong to forgotten persons (connect.md). */
export function reappearanceSlice(engine: Engine): Slice {
  const pace = new CheckPace(engine.store.clock);
  return {
    name: 'reappearance',
    api(app) {
      app.post(
        '/suppressions/check',
        {
          summary:
            'Which of these identifiers belong to forgotten persons; `heldSince`: since when the caller holds it',
          body,
          isForApplications: true,
          allow: (who) => {
            if (who.actor.kind !== 'application') throw onlyApplications();
          },
        },
        async (call) => {
          const { actor, scope } = call.who;
          if (actor.kind !== 'application') throw onlyApplications();
          pace.expect(actor.id);
          const asked = call.body.identities.map(({ kind, value, heldSince }) => ({
            kind,
            value,
            heldSince: heldSince === undefined ? null : new Date(heldSince),
          }));
          const checked = await checkSuppressions(engine, scope, call.cause, actor.id, asked);
          return {
            recognised: [
              ...checked.forgotten.map((place) => ({ place, reason: 'forgotten' })),
              ...checked.erased.map((place) => ({ place, reason: 'erased' })),
            ].sort((one, other) => one.place - other.place),
            unusable: [...checked.unusable],
            reopened: checked.reopened,
          };
        },
      );
    },
  };
}

const hourMs = 3_600_000;
const mostAnHour = 200;

/** Whoever guesses addresses by the million learns slowly who was forgotten. In memory: a restart forgives an hour. */
class CheckPace {
  readonly #times = new Map<string, number[]>();

  constructor(private readonly clock: Clock) {}

  expect(application: string): void {
    const now = this.clock.now().getTime();
    const recent = (this.#times.get(application) ?? []).filter((at) => at > now - hourMs);
    if (recent.length >= mostAnHour) throw tooMany();
    this.#times.set(application, [...recent, now]);
  }
}

function tooMany(): Refusal {
  return new Refusal('suppression.too_many', 429, {
    fr: `Cette application a déjà posé ${mostAnHour} questions en une heure, de ${mostAsked} identifiants chacune au plus. Reprenez dans une heure.`,
    en: `This application has already asked ${mostAnHour} times within an hour, ${mostAsked} identifiers each at most. Go on in an hour.`,
  });
}

function onlyApplications(): Refusal {
  return new Refusal('suppression.only_applications', 403, {
    fr: 'Seule une application pose cette question, par sa propre clé, pour les personnes qu’elle s’apprête à importer ou à contacter.',
    en: 'Only an application asks this, by its own key, of persons whom it is about to import or to contact.',
  });
}
