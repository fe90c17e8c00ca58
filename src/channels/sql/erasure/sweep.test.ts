import { describe, expect, test } from 'vitest';
import { testEngines } from '../../../../test/support/engines.ts';
import { seePerson } from '../index.ts';

const writings = [
  {
    identity: { kind: 'phone', value: '06 12 34 56 78' },
    same: [
      '0612345678',
      'call 06.12.34.56.78, after six',
      '+33 6 12 34 56 78',
      '+33 (0)6 12-34-56-78',
      '0033612345678',
      'tel:612345678/home',
      '17 06 (12) 34 56 78 17',
    ],
    other: ['061234567', '06 12 34 56 789', '06 12 34 56 87', '06 12 34 x 56 78', '6 1 2', 'nothing'],
  },
  {
    identity: { kind: 'phone', value: '+44 20 7946 0018' },
    same: ['+442079460018', 'on +44 (20) 7946 0018.'],
    other: ['020 7946 0018', '+44 20 7946 00181'],
  },
  {
    identity: { kind: 'iban', value: 'FR76 3000 6000 0112 3456 7890 189' },
    same: ['paid from fr7630006000011234567890189', 'FR76-3000-6000-0112-3456-7890-189'],
    other: ['FR76 3000 6000 0112 3456 7890 180', 'XFR7630006000011234567890189'],
  },
  {
    identity: { kind: 'customer_id', value: 'Cust-00123' },
    same: ['seen CUST-00123 in shop', 'cust-00123'],
    other: ['CUST-001234', 'CUST-0123', '00123'],
  },
];

describe.each(testEngines)('the sweep, on $name', ({ application: open }) => {
  test.each(writings)('sees $identity.kind $identity.value however it is written, and nothing near', async (each) => {
    const texts = [...each.same, ...each.other].map(
      (text, at) => `(${at}, '${text}', ${at === 0 ? `'${text}'` : 'null'})`,
    );
    const application = await open(`
      create table label (code int primary key, wording varchar(200), other varchar(200));
      create table person (id int primary key, phone varchar(40));
      insert into label values ${texts.join(', ')};
    `);
    const seen = await seePerson(application.connection, await application.plan(), [each.identity]);
    const where = application.key('label');
    expect(seen.sightings.filter((sighting) => sighting.where.startsWith(where))).toMatchObject([
      { where: `${where}.wording`, rows: each.same.length, by: 'sweep' },
      { where: `${where}.other`, rows: 1, by: 'sweep' },
    ]);
  });
});
