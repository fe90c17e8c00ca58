import { expect, test } from 'vitest';
import { createObject, systemAsker } from '../../objects/index.ts';
import { write } from '../../store/index.ts';
import { ordersOf } from '../order/latest.ts';
import { complianceTest, operator, shopSchema } from '../test/compliance.ts';

const compliance = await complianceTest();
const { scope, engine, model } = compliance;
const acting = { model, asker: systemAsker };
const create = (type: string, values: Readonly<Record<string, string>>) =>
  write(scope, operator, (writing) => createObject(writing, acting, type, values));
const maison = await create('controller', { name: 'Maison' });
const brand = await create('controller', { name: 'Enseigne' });
const shop = await compliance.application('shop', shopSchema);
await compliance.application('crm', shopSchema);

const concerned = async (controller: string | null) =>
  (await engine.applications.concerned(scope, controller)).map((application) => application.name);

test('an application of which nobody said who uses it concerns every controller', async () => {
  expect(await concerned(maison.id)).toEqual(['crm', 'shop']);
  expect(await concerned(brand.id)).toEqual(['crm', 'shop']);
});

test('one that a controller alone uses stays out of the plans of the others', async () => {
  const use = await create('application_use', { application: shop.id, controller: maison.id });
  expect(await concerned(maison.id)).toEqual(['crm', 'shop']);
  expect(await concerned(brand.id)).toEqual(['crm']);
  expect(await concerned(null)).toEqual(['crm', 'shop']);
  const id = await compliance.open({ controllerId: brand.id });
  await compliance.settle(2);
  expect((await ordersOf(scope.db, id)).map((order) => order.application)).toEqual(['crm', 'Socle']);
  await create('application_use', { application: shop.id, controller: brand.id });
  expect(await concerned(brand.id)).toEqual(['crm', 'shop']);
  expect(use.number).toBe('AR-0001');
});
