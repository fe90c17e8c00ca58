-- A rule that holds two columns of a partner together, as Odoo has it: a contact has a name, an address need not.
create table res_partner (
  id serial primary key, name varchar, type varchar, email varchar, phone varchar,
  parent_id int4 references res_partner (id) on delete set null,
  constraint res_partner_check_name check ((type = 'contact' and name is not null) or type <> 'contact'));
