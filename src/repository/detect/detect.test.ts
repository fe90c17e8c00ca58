import { describe, expect, it } from 'vitest';
import { decided, detect } from './detect.ts';
import type { TableShape } from './shape.ts';

function table(
  name: string,
  columns: Readonly<Record<string, string>>,
  comments: Readonly<Record<string, string>> = {},
): TableShape {
  return {
    schema: 'public',
    name,
    comment: null,
    fields: Object.entries(columns).map(([field, type]) => ({
      name: field,
      type,
      nullable: true,
      comment: comments[field] ?? null,
      isPrimaryKey: field === 'id',
      isUnique: false,
      references: null,
    })),
  };
}

function categoriesOf(shape: TableShape): Readonly<Record<string, string>> {
  return Object.fromEntries((detect([shape])[0]?.fields ?? []).map((field) => [field.field.name, field.category]));
}

describe('the same word in different company', () => {
  it.each(['product', 'genre', 'playlist', 'report', 'artist', 'country', 'category', 'user_role', 'type_client'])(
    'a name in %s is nobody’s',
    (name) => {
      expect(categoriesOf(table(name, { id: 'integer', name: 'varchar(100)' })).name).toBe('none');
    },
  );

  it.each(['customer', 'employee', 'adherents', 'T_SALARIE', 'patient', 'hr_employee', 'utilisateur'])(
    'a name in %s is somebody’s',
    (name) => {
      expect(categoriesOf(table(name, { id: 'integer', name: 'varchar(100)' })).name).toBe('identity');
    },
  );

  it('an address is a person’s in an order, and a place’s in a store', () => {
    const columns = { id: 'integer', address: 'varchar(80)', city: 'varchar(40)', zip: 'varchar(10)' };
    expect(categoriesOf(table('orders', columns)).city).toBe('location');
    expect(categoriesOf(table('store', columns)).city).toBe('none');
  });

  it('a state is a place’s beside a town, and a step’s beside the key of an address', () => {
    const order = { id: 'integer', state: 'varchar(32)', status: 'varchar(32)', billing_address_id: 'integer' };
    expect(categoriesOf(table('sales_order', order)).state).toBe('none');
    const address = { id: 'integer', street: 'text', city: 'text', state: 'varchar(32)', zip: 'text' };
    expect(categoriesOf(table('customer_address', address)).state).toBe('location');
  });

  it('what speaks about an e-mail isn’t one', () => {
    const found = categoriesOf(
      table('customer', {
        id: 'integer',
        email: 'text',
        email_verified: 'boolean',
        email_sent_at: 'timestamp',
        email_type: 'varchar(10)',
      }),
    );
    expect(found).toMatchObject({
      email: 'contact',
      email_verified: 'technical',
      email_sent_at: 'technical',
      email_type: 'technical',
    });
  });

  it('a shop’s telephone is not a person’s, and waits for a human', () => {
    const [store] = detect([
      table('store', { id: 'integer', name: 'varchar(60)', phone: 'varchar(20)', manager_email: 'varchar(80)' }),
    ]);
    const found = Object.fromEntries((store?.fields ?? []).map((each) => [each.field.name, each]));
    expect(found.phone).toMatchObject({ category: 'none' });
    expect(found.phone?.confidence).toBeLessThan(decided);
    expect(found.manager_email).toMatchObject({ category: 'contact' });
    // Kept even when the manager is erased by this e-mail.
    expect(found.name).toMatchObject({ category: 'technical' });
  });

  it('a setting’s address isn’t a person’s', () => {
    const found = categoriesOf(
      table('dynamic_email_address_config', { id: 'varchar(10)', email_address: 'varchar(100)' }),
    );
    expect(found.email_address).toBe('none');
  });
});

describe('a proposal', () => {
  it('gives its reasons in both languages, and its sensitivity', () => {
    const [proposal] = detect([table('patient', { id: 'integer', nom: 'text', groupe_sanguin: 'varchar(3)' })]);
    const blood = proposal?.fields.find((each) => each.field.name === 'groupe_sanguin');
    expect(blood).toMatchObject({ category: 'health', sensitivity: 'special' });
    for (const reason of blood?.reasons ?? []) expect([reason.fr, reason.en]).not.toContain('');
  });

  it('reads the comment when the name says nothing', () => {
    const found = categoriesOf(
      table('client', { id: 'integer', zone3: 'varchar(20)' }, { zone3: 'n° de téléphone du client' }),
    );
    expect(found.zone3).toBe('contact');
  });

  it('waits for a human when it does not know what a person’s text says', () => {
    const [proposal] = detect([table('customer', { id: 'integer', email: 'text', zork: 'varchar(40)' })]);
    const unknown = proposal?.fields.find((each) => each.field.name === 'zork');
    expect(unknown?.confidence).toBeLessThan(decided);
  });

  it('never takes a key that another table’s name says for personal data', () => {
    const card = table('porteur_carte', { nom: 'varchar(40)', prenom: 'varchar(40)', date_naissance: 'date' });
    const keyed: TableShape = {
      ...card,
      fields: [
        {
          name: 'num_carte',
          type: 'varchar(13)',
          nullable: false,
          comment: null,
          isPrimaryKey: true,
          isUnique: true,
          references: null,
        },
        ...card.fields,
      ],
    };
    const ticket = table('ticket', { id: 'integer', num_carte: 'varchar(13)', montant: 'numeric' });
    const found = detect([keyed, ticket]).find((each) => each.table.name === 'ticket');
    expect(found?.fields.find((each) => each.field.name === 'num_carte')?.category).toBe('technical');
  });
});
