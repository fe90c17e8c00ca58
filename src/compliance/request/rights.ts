import { Refusal, type Text } from '../../kernel/index.ts';

/** The rights a person may exercise, and whether this version carries them out. */
const rights: Readonly<Record<string, { readonly label: Text; readonly isReady: boolean }>> = {
  erasure: { label: { fr: 'effacement', en: 'erasure' }, isReady: true },
  access: { label: { fr: 'accès', en: 'access' }, isReady: false },
  rectification: { label: { fr: 'rectification', en: 'rectification' }, isReady: false },
  restriction: { label: { fr: 'limitation', en: 'restriction' }, isReady: false },
  portability: { label: { fr: 'portabilité', en: 'portability' }, isReady: false },
  objection: { label: { fr: 'opposition', en: 'objection' }, isReady: false },
};

const rightNames = Object.keys(rights);

/** Erasure only, in this version. The others are named, so that nobody thinks that they don't exist. */
export function expectErasure(name: string): 'erasure' {
  const right = rights[name];
  if (right === undefined) {
    throw new Refusal('request.unknown_right', 422, {
      fr: `Ce droit est inconnu. Droits : ${rightNames.join(', ')}.`,
      en: `This right is unknown. Rights: ${rightNames.join(', ')}.`,
    });
  }
  if (!right.isReady) {
    throw new Refusal('request.right_not_ready', 422, {
      fr: `Le droit « ${right.label.fr} » sera pris en charge par la prochaine version (« tous les droits »). Cette version traite l’effacement ; répondez à cette demande par ailleurs, son délai court.`,
      en: `The right of ${right.label.en} comes with the next version (“every right”). This version handles erasure; answer this request by other means, its clock is running.`,
    });
  }
  return 'erasure';
}
