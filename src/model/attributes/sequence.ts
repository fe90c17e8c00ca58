import { type AttributeType, faulty, textStorage } from './attribute-type.ts';

/** A number without gap, in the order of time, that the database allots when a document is issued. Nobody gives it. */
export const sequenceType: AttributeType = {
  ...textStorage,
  kind: 'sequence',
  parse: () =>
    faulty(
      'allotted',
      'Ce numéro s’attribue de lui-même à l’émission : ne le donnez pas.',
      'This number is allotted when it is issued: don’t give it.',
    ),
  control: { kind: 'line', inputType: 'text' },
  jsonSchema: { type: 'string', readOnly: true },
};
