import type { FactWords } from '../journal/index.ts';
import type { Text } from '../kernel/index.ts';
import type { Model } from '../model/index.ts';

/** What this room's journal entries are called. */
export const objectsJournalWords: Readonly<Record<string, Text>> = {
  'object.created': { fr: 'Objet créé', en: 'Object created' },
  'object.changed': { fr: 'Objet modifié', en: 'Object changed' },
  'object.moved': { fr: 'Changement d’état d’un objet', en: 'Object moved along its life cycle' },
  'model.changed': { fr: 'Modèle changé', en: 'Model changed' },
  'object.linked': { fr: 'Objets liés', en: 'Objects linked' },
  'object.unlinked': { fr: 'Lien entre objets retiré', en: 'Link between objects removed' },
  'object.attached': { fr: 'Pièces jointes ajoutées', en: 'Attachments added' },
  'object.detached': { fr: 'Pièce jointe retirée', en: 'Attachment removed' },
  'object.decided': { fr: 'Décision notée sur un objet', en: 'Decision noted on an object' },
  'file.quarantined': {
    fr: 'Fichier refusé par la recherche de logiciels malveillants',
    en: 'File refused by the malware scan',
  },
  'objects.imported': { fr: 'Objets importés', en: 'Objects imported' },
  'objects.import_undone': { fr: 'Import annulé', en: 'Import undone' },
  'object.deleted': { fr: 'Objet supprimé', en: 'Object deleted' },
};

/** How their facts are read: the model has the words of types, attributes, states and transitions. */
export function objectsFactWords(model: () => Model): FactWords {
  return {
    names: {
      type: { fr: 'Type', en: 'Type' },
      number: { fr: 'Numéro', en: 'Number' },
      version: { fr: 'Version', en: 'Version' },
      relation: { fr: 'Relation', en: 'Relation' },
      other: { fr: 'L’autre objet', en: 'The other object' },
      attributes: { fr: 'Attributs modifiés', en: 'Attributes changed' },
      files: { fr: 'Fichiers', en: 'Files' },
      on: { fr: 'Du', en: 'On' },
      found: { fr: 'Trouvé', en: 'Found' },
      transition: { fr: 'Transition', en: 'Transition' },
      from: { fr: 'De l’état', en: 'From state' },
      to: { fr: 'À l’état', en: 'To state' },
      state: { fr: 'État', en: 'State' },
      created: { fr: 'Créés', en: 'Created' },
      updated: { fr: 'Modifiés', en: 'Changed' },
      count: { fr: 'Nombre', en: 'Count' },
      fingerprint: { fr: 'Empreinte du modèle', en: 'Fingerprint of the model' },
    },
    value(name, code, data) {
      const type = typeof data.type === 'string' ? model().types.get(data.type) : undefined;
      if (type === undefined) return null;
      if (name === 'type') return type.label;
      if (name === 'attributes') return type.attributes.get(code)?.label ?? null;
      if (name === 'relation') return type.relations.get(code)?.label ?? null;
      if (name === 'transition') return type.lifecycle?.transitions.get(code)?.label ?? null;
      return ['from', 'to', 'state'].includes(name) ? (type.lifecycle?.states.get(code)?.label ?? null) : null;
    },
  };
}
