-- A shop in the manner of PrestaShop: one prefix, MyISAM habits (no foreign key, 0 for nobody), customer and employee by id_*.
create table ps_employee (id_employee serial primary key, id_profile int not null, lastname varchar(255) not null, firstname varchar(255) not null, email varchar(255) not null, passwd varchar(255) not null, last_connection_date date);
create table ps_customer (
  id_customer serial primary key, id_shop int not null default 1, id_gender int not null default 0, id_default_group int not null default 1,
  id_lang int, company varchar(255), siret varchar(14), firstname varchar(255) not null, lastname varchar(255) not null, email varchar(255) not null,
  passwd varchar(255) not null, birthday date, newsletter smallint not null default 0, ip_registration_newsletter varchar(15), optin smallint not null default 0,
  website varchar(128), secure_key varchar(32) not null default '-1', note text, active smallint not null default 0, is_guest smallint not null default 0,
  deleted smallint not null default 0, date_add timestamp not null, date_upd timestamp not null);
create index customer_email on ps_customer (email);
create table ps_customer_group (id_customer int not null, id_group int not null, primary key (id_customer, id_group));
create table ps_address (
  id_address serial primary key, id_country int not null, id_state int, id_customer int not null default 0, id_manufacturer int not null default 0,
  id_supplier int not null default 0, alias varchar(32) not null, company varchar(255), lastname varchar(255) not null, firstname varchar(255) not null,
  address1 varchar(128) not null, address2 varchar(128), postcode varchar(12), city varchar(64) not null, other text, phone varchar(32),
  phone_mobile varchar(32), dni varchar(16), deleted smallint not null default 0, date_add timestamp not null, date_upd timestamp not null);
create table ps_guest (id_guest serial primary key, id_operating_system int, id_web_browser int, id_customer int, accept_language varchar(8));
create table ps_connections (id_connections serial primary key, id_guest int not null, id_page int not null, ip_address bigint, date_add timestamp not null, http_referer varchar(255));
create table ps_cart (
  id_cart serial primary key, id_customer int not null, id_guest int not null, id_address_delivery int not null, id_address_invoice int not null,
  delivery_option text, secure_key varchar(32), gift_message text, date_add timestamp not null);
create table ps_orders (
  id_order serial primary key, reference varchar(9), id_customer int not null, id_cart int not null, id_lang int not null, id_address_delivery int not null,
  id_address_invoice int not null, current_state int not null, secure_key varchar(32), payment varchar(255) not null, module varchar(255),
  gift_message text, shipping_number varchar(64), total_paid numeric(20,6) not null, invoice_number int not null default 0, invoice_date timestamp, date_add timestamp not null);
create table ps_order_detail (id_order_detail serial primary key, id_order int not null, product_id int not null, product_name text not null, product_reference varchar(64), product_quantity int not null, unit_price_tax_incl numeric(20,6));
create table ps_order_invoice (id_order_invoice serial primary key, id_order int not null, number int not null, total_paid_tax_incl numeric(20,6), shop_address text, invoice_address text, delivery_address text, note text, date_add timestamp not null);
create table ps_order_payment (
  id_order_payment serial primary key, order_reference varchar(9), amount numeric(20,6) not null, payment_method varchar(255) not null, transaction_id varchar(254),
  card_number varchar(254), card_brand varchar(254), card_expiration char(7), card_holder varchar(254), date_add timestamp not null);
create table ps_order_history (id_order_history serial primary key, id_employee int not null, id_order int not null, id_order_state int not null, date_add timestamp not null);
create table ps_message (id_message serial primary key, id_cart int, id_customer int not null, id_employee int, id_order int not null, message text not null, private smallint not null default 1, date_add timestamp not null);
create table ps_customer_thread (id_customer_thread serial primary key, id_contact int not null, id_customer int, id_order int, status varchar(16) not null default 'open', email varchar(255) not null, token varchar(12), date_add timestamp not null);
create table ps_customer_message (
  id_customer_message serial primary key, id_customer_thread int, id_employee int, message text not null, file_name varchar(18), ip_address varchar(16),
  user_agent varchar(128), private smallint not null default 0, date_add timestamp not null);
create table ps_product (id_product serial primary key, id_supplier int, id_manufacturer int, reference varchar(64), name varchar(128) not null, price numeric(20,6) not null);
create table ps_product_comment (id_product_comment serial primary key, id_product int not null, id_customer int not null, id_guest int, title varchar(64), content text not null, customer_name varchar(64), grade real not null, validate smallint not null, date_add timestamp not null);
create table ps_emailsubscription (id serial primary key, email varchar(255) not null, newsletter_date_add timestamp, ip_registration_newsletter varchar(15), http_referer varchar(255), active smallint not null default 0);
create table ps_mail (id_mail serial primary key, recipient varchar(255) not null, template varchar(62) not null, subject varchar(255) not null, id_lang int not null, date_add timestamp not null);
create table ps_log (id_log serial primary key, severity smallint not null, error_code int, message text not null, object_type varchar(32), object_id int, id_employee int, date_add timestamp not null);
create table ps_supplier (id_supplier serial primary key, name varchar(64) not null);
create table ps_contact (id_contact serial primary key, email varchar(255) not null, name varchar(255) not null);
create table ps_configuration (id_configuration serial primary key, name varchar(254) not null, value text);
