import { expect, test } from 'vitest';
import { sharedDatabase } from '../../../../test/support/application.ts';
import { describeMysqls } from '../../../../test/support/engines.ts';
import { execute, previewPlan, seePerson } from '../index.ts';

const chinook = sharedDatabase('chinook.mysql.sql');
const persist = async (): Promise<void> => undefined;
const identities = [{ kind: 'email', value: ' LuisG@Embraer.com.br' }];
const testChinook = test.skipIf(chinook === null);

describeMysqls('Chinook on $name (skipped where ../shared/data is absent)', ({ application: open }) => {
  testChinook('no field of the customer names the person, and every invoice and total stays', async () => {
    const application = await open(chinook ?? '');
    const untouched = async () => [
      await application.rows('select * from Employee'),
      await application.rows('checksum table Track, InvoiceLine'),
      await application.rows('select * from Customer where CustomerId <> 1'),
      await application.rows('select * from Invoice where CustomerId <> 1'),
      await application.rows('select InvoiceId, CustomerId, InvoiceDate, Total from Invoice'),
    ];
    const plan = await application.plan();
    const before = await untouched();
    const preview = await previewPlan(application.connection, plan, identities);
    const rows = Object.fromEntries(preview.tables.map((table) => [table.table, table.rows]));
    const [customer, invoice] = [application.key('Customer'), application.key('Invoice')];
    expect(rows).toMatchObject({ [customer]: 1, [invoice]: 7, [application.key('InvoiceLine')]: 38 });
    expect(JSON.stringify(preview).toLowerCase()).not.toContain('embraer');
    const { persons, proof } = await execute(application.connection, plan, [{ ref: 'p_1', identities }], { persist });
    expect(persons).toMatchObject([{ outcome: 'executed', tables: { [customer]: 1, [invoice]: 7 }, seen: [] }]);
    expect(proof.sweep).toBe('complete');
    expect(await application.rows('select * from Customer where CustomerId = 1')).toEqual([
      {
        CustomerId: 1,
        FirstName: '',
        LastName: '',
        Company: null,
        Address: null,
        City: null,
        State: null,
        Country: null,
        PostalCode: null,
        Phone: null,
        Fax: null,
        Email: '',
        SupportRepId: 3,
      },
    ]);
    const billing = 'BillingAddress, BillingCity, BillingState, BillingCountry, BillingPostalCode';
    expect(await application.rows(`select distinct ${billing} from Invoice where CustomerId = 1`)).toEqual([
      { BillingAddress: null, BillingCity: null, BillingState: null, BillingCountry: null, BillingPostalCode: null },
    ]);
    expect(await untouched()).toEqual(before);
    expect(await seePerson(application.connection, plan, identities)).toMatchObject({ isSeen: false, sightings: [] });
  });
});
