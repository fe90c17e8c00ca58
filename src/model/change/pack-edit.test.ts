import { expect, test } from 'vitest';
import { emptyPack, nameFrom, nextVersion, PackEdit } from './pack-edit.ts';

const text = `# What is lent.
pack: lending
version: 1.0.0
label: { fr: Prêt, en: Lending }
types:
  device:
    label: { fr: Appareil, en: Device }
    attributes:
      name: { type: text, required: true } # as people call it
      serial: { type: text }
    rights: { read: [ anyone ] }
`;

test('an attribute is added, changed and taken away, and the rest stays as it was written', () => {
  const edit = new PackEdit(text);
  const attributes = ['types', 'device', 'attributes'];
  edit.put([...attributes, 'price'], { type: 'money', label: { fr: 'Prix', en: 'Price' } });
  edit.put([...attributes, 'name'], { indexed: true, required: null });
  edit.take([...attributes, 'serial']);
  expect(edit.text()).toBe(
    text
      .replace('{ type: text, required: true }', '{ type: text, indexed: true }')
      .replace(
        '      serial: { type: text }\n',
        '      price:\n        type: money\n        label: { fr: Prix, en: Price }\n',
      ),
  );
});

test('a key is renamed where it stands', () => {
  const edit = new PackEdit(text);
  edit.rename(['types', 'device', 'attributes'], 'name', 'title');
  expect(edit.text()).toBe(text.replace('      name:', '      title:'));
});

test('a pack begins empty, and names come from labels', () => {
  expect(emptyPack('lending', { fr: 'Prêt', en: 'Lending' })).toBe(
    'pack: lending\nversion: 0.1.0\nlabel: { fr: Prêt, en: Lending }\ntypes: {}\n',
  );
  expect(['Serial number', 'N° de série', 'Été 2026', '12 mois', '—'].map(nameFrom)).toEqual([
    'serial_number',
    'n_de_serie',
    'ete_2026',
    'mois',
    '',
  ]);
  expect(nextVersion('1.4.2')).toBe('1.5.0');
});
