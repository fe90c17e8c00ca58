-- An ERP in the manner of Odoo: every table has create_uid and write_uid, a user inherits a partner, a household and a
-- company are partners like anyone else, attachments and messages point anywhere by model name and number.
create table res_country (id serial primary key, code varchar(2) unique, name jsonb);
create table res_users (
  id serial primary key, partner_id int4 not null, login varchar not null unique, password varchar, company_id int4 not null,
  active bool default true, share bool, signature text, notification_type varchar not null default 'email', totp_secret varchar,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create table res_partner (
  id serial primary key, company_id int4, name varchar, complete_name varchar, title int4,
  parent_id int4 references res_partner (id) on delete set null,
  commercial_partner_id int4 references res_partner (id) on delete set null,
  user_id int4 references res_users (id) on delete set null,
  country_id int4 references res_country (id) on delete restrict, ref varchar, lang varchar, tz varchar, vat varchar,
  website varchar, comment text, function varchar, type varchar, street varchar, street2 varchar, zip varchar, city varchar,
  email varchar, email_normalized varchar, phone varchar, mobile varchar, phone_sanitized varchar,
  partner_latitude numeric, partner_longitude numeric, is_company bool, active bool default true,
  customer_rank int4 default 0, supplier_rank int4 default 0, color int4, signup_token varchar,
  message_main_attachment_id int4,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create index res_partner_email_index on res_partner (email);
alter table res_users add foreign key (partner_id) references res_partner (id) on delete restrict;
create table res_company (
  id serial primary key, name varchar not null unique, partner_id int4 not null references res_partner (id) on delete restrict,
  email varchar, phone varchar, report_footer jsonb,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
alter table res_users add foreign key (company_id) references res_company (id) on delete restrict;
alter table res_partner add foreign key (company_id) references res_company (id) on delete set null;
create table res_partner_category (id serial primary key, name jsonb not null, color int4, active bool);
create table res_partner_res_partner_category_rel (
  category_id int4 not null references res_partner_category (id) on delete cascade,
  partner_id int4 not null references res_partner (id) on delete cascade, primary key (category_id, partner_id));
create table res_bank (id serial primary key, name varchar not null, bic varchar);
create table res_partner_bank (
  id serial primary key, acc_number varchar not null, sanitized_acc_number varchar, acc_holder_name varchar,
  partner_id int4 not null references res_partner (id) on delete cascade, bank_id int4 references res_bank (id) on delete set null,
  active bool, sequence int4,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create table product_template (
  id serial primary key, name jsonb not null, description_sale jsonb, list_price numeric, default_code varchar, type varchar not null,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create table crm_stage (id serial primary key, name jsonb not null, sequence int4);
create table crm_lead (
  id serial primary key, name varchar not null, type varchar not null, partner_id int4 references res_partner (id) on delete set null,
  partner_name varchar, contact_name varchar, email_from varchar, email_normalized varchar, phone varchar, phone_sanitized varchar,
  street varchar, zip varchar, city varchar, function varchar, description text, referred varchar,
  stage_id int4 references crm_stage (id) on delete restrict, user_id int4 references res_users (id) on delete set null,
  expected_revenue numeric, probability float8, priority varchar, date_open timestamp, active bool,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create table sale_order (
  id serial primary key, name varchar not null, state varchar, client_order_ref varchar, origin varchar, reference varchar,
  partner_id int4 not null references res_partner (id) on delete restrict,
  partner_invoice_id int4 not null references res_partner (id) on delete restrict,
  partner_shipping_id int4 not null references res_partner (id) on delete restrict,
  user_id int4 references res_users (id) on delete set null, company_id int4 not null references res_company (id) on delete restrict,
  access_token varchar, signed_by varchar, signed_on timestamp, note text, date_order timestamp not null,
  amount_untaxed numeric, amount_total numeric,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create table sale_order_line (
  id serial primary key, order_id int4 not null references sale_order (id) on delete cascade, sequence int4,
  product_template_id int4 references product_template (id) on delete restrict, name text not null,
  product_uom_qty numeric, price_unit numeric, order_partner_id int4 references res_partner (id) on delete set null,
  salesman_id int4 references res_users (id) on delete set null, state varchar,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create table account_journal (id serial primary key, name jsonb not null, code varchar(5) not null, type varchar not null);
create table account_account (id serial primary key, name jsonb not null, code varchar not null);
create table account_move (
  id serial primary key, name varchar, ref varchar, move_type varchar not null, state varchar not null, payment_state varchar,
  journal_id int4 not null references account_journal (id) on delete restrict, date date not null,
  partner_id int4 references res_partner (id) on delete restrict,
  commercial_partner_id int4 references res_partner (id) on delete restrict,
  partner_shipping_id int4 references res_partner (id) on delete set null,
  partner_bank_id int4 references res_partner_bank (id) on delete restrict,
  invoice_user_id int4 references res_users (id) on delete set null, invoice_partner_display_name varchar,
  invoice_origin varchar, payment_reference varchar, narration text, access_token varchar, invoice_date date,
  amount_untaxed numeric, amount_tax numeric, amount_total numeric, sequence_prefix varchar, sequence_number int4,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create table account_move_line (
  id serial primary key, move_id int4 not null references account_move (id) on delete cascade, move_name varchar, ref varchar,
  name varchar, partner_id int4 references res_partner (id) on delete restrict,
  account_id int4 references account_account (id) on delete restrict, journal_id int4 references account_journal (id),
  debit numeric, credit numeric, balance numeric, date date, display_type varchar not null,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create table ir_attachment (
  id serial primary key, name varchar not null, description text, res_model varchar, res_field varchar, res_id int4,
  type varchar not null, url varchar, access_token varchar, store_fname varchar, checksum varchar(40), mimetype varchar,
  file_size int4, index_content text, public bool,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create index ir_attachment_res_idx on ir_attachment (res_model, res_id);
create table mail_message (
  id serial primary key, subject varchar, body text, date timestamp, model varchar, res_id int4, record_name varchar,
  message_type varchar not null, author_id int4 references res_partner (id) on delete set null, email_from varchar, reply_to varchar,
  message_id varchar, is_internal bool, parent_id int4 references mail_message (id) on delete set null,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
create index mail_message_model_res_id_idx on mail_message (model, res_id);
create table mail_tracking_value (
  id serial primary key, mail_message_id int4 not null references mail_message (id) on delete cascade, field_id int4,
  old_value_char varchar, new_value_char varchar, old_value_integer int4, new_value_integer int4);
create table mail_followers (
  id serial primary key, res_model varchar not null, res_id int4, partner_id int4 not null references res_partner (id) on delete cascade);
create table hr_department (id serial primary key, name jsonb not null, manager_id int4);
create table hr_employee (
  id serial primary key, name varchar, user_id int4 references res_users (id) on delete set null,
  department_id int4 references hr_department (id) on delete set null, parent_id int4 references hr_employee (id) on delete set null,
  job_title varchar, work_email varchar, work_phone varchar, private_email varchar, private_phone varchar, private_street varchar,
  private_city varchar, identification_id varchar, birthday date, emergency_contact varchar, emergency_phone varchar,
  create_uid int4 references res_users (id) on delete set null, create_date timestamp,
  write_uid int4 references res_users (id) on delete set null, write_date timestamp);
alter table hr_department add foreign key (manager_id) references hr_employee (id) on delete set null;
