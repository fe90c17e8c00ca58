-- A shop written with Django: application prefixes, a profile beside auth_user, history tables without constraints, notes tied by
-- content type, an administration log, sessions.
create table auth_user (
  id serial primary key, password varchar(128) not null, last_login timestamptz, is_superuser boolean not null, username varchar(150) not null unique,
  first_name varchar(150) not null, last_name varchar(150) not null, email varchar(254) not null, is_staff boolean not null, is_active boolean not null, date_joined timestamptz not null);
create table auth_group (id serial primary key, name varchar(150) not null unique);
create table auth_user_groups (id bigserial primary key, user_id int not null references auth_user (id) deferrable initially deferred, group_id int not null references auth_group (id) deferrable initially deferred, unique (user_id, group_id));
create table django_content_type (id serial primary key, app_label varchar(100) not null, model varchar(100) not null, unique (app_label, model));
create table django_admin_log (
  id serial primary key, action_time timestamptz not null, object_id text, object_repr varchar(200) not null, action_flag smallint not null check (action_flag >= 0),
  change_message text not null, content_type_id int references django_content_type (id) deferrable initially deferred, user_id int not null references auth_user (id) deferrable initially deferred);
create table django_session (session_key varchar(40) primary key, session_data text not null, expire_date timestamptz not null);
create table django_migrations (id bigserial primary key, app varchar(255) not null, name varchar(255) not null, applied timestamptz not null);
create table authtoken_token (key varchar(40) primary key, created timestamptz not null, user_id int not null unique references auth_user (id) deferrable initially deferred);
create table account_emailaddress (id serial primary key, email varchar(254) not null, verified boolean not null, "primary" boolean not null, user_id int not null references auth_user (id) deferrable initially deferred);
create table socialaccount_socialaccount (id serial primary key, provider varchar(200) not null, uid varchar(191) not null, last_login timestamptz not null, extra_data jsonb not null, user_id int not null references auth_user (id) deferrable initially deferred, unique (provider, uid));
create table shop_customerprofile (
  id bigserial primary key, phone varchar(20) not null, birth_date date, address_line varchar(200) not null, postal_code varchar(10) not null, city varchar(100) not null,
  avatar varchar(100), dietary_notes text not null, marketing_opt_in boolean not null, user_id int not null unique references auth_user (id) deferrable initially deferred);
create table shop_product (id bigserial primary key, sku varchar(30) not null unique, name varchar(120) not null, description text not null, price numeric(8,2) not null);
create table shop_order (
  id bigserial primary key, number varchar(20) not null, status varchar(12) not null, shipping_name varchar(200) not null, shipping_address text not null, note text not null,
  total numeric(10,2) not null, placed_at timestamptz not null, user_id int references auth_user (id) deferrable initially deferred, handled_by_id int references auth_user (id) deferrable initially deferred);
create table shop_orderline (id bigserial primary key, label varchar(200) not null, engraving varchar(60) not null, quantity int not null check (quantity >= 0), unit_price numeric(8,2) not null, order_id bigint not null references shop_order (id) deferrable initially deferred, product_id bigint references shop_product (id) deferrable initially deferred);
create table shop_historicalorder (
  id bigint not null, number varchar(20) not null, status varchar(12) not null, shipping_name varchar(200) not null, shipping_address text not null, note text not null,
  total numeric(10,2) not null, placed_at timestamptz not null, history_id serial primary key, history_date timestamptz not null, history_change_reason varchar(100),
  history_type varchar(1) not null, history_user_id int references auth_user (id) deferrable initially deferred, user_id int, handled_by_id int);
create index on shop_historicalorder (id);
create table shop_historicalcustomerprofile (
  id bigint not null, phone varchar(20) not null, birth_date date, address_line varchar(200) not null, postal_code varchar(10) not null, city varchar(100) not null,
  avatar varchar(100), dietary_notes text not null, marketing_opt_in boolean not null, history_id serial primary key, history_date timestamptz not null,
  history_change_reason varchar(100), history_type varchar(1) not null, history_user_id int references auth_user (id) deferrable initially deferred, user_id int);
create table notes_note (
  id bigserial primary key, object_id int not null check (object_id >= 0), text text not null, created timestamptz not null,
  author_id int not null references auth_user (id) deferrable initially deferred, content_type_id int not null references django_content_type (id) deferrable initially deferred);
create table newsletter_subscriber (id bigserial primary key, email varchar(254) not null unique, source varchar(30) not null, confirmed_at timestamptz);
