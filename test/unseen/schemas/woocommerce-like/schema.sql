-- A blog that sells, in the manner of WordPress with WooCommerce: key/value tables, older orders as posts, newer ones in tables.
create table wp_users (
  "ID" bigserial primary key, user_login varchar(60) not null default '', user_pass varchar(255) not null default '', user_nicename varchar(50) not null default '',
  user_email varchar(100) not null default '', user_url varchar(100) not null default '', user_registered timestamp not null,
  user_activation_key varchar(255) not null default '', user_status int not null default 0, display_name varchar(250) not null default '');
create index user_login_key on wp_users (user_login);
create table wp_usermeta (umeta_id bigserial primary key, user_id bigint not null default 0, meta_key varchar(255), meta_value text);
create table wp_posts (
  "ID" bigserial primary key, post_author bigint not null default 0, post_date timestamp not null, post_content text not null default '', post_title text not null default '',
  post_excerpt text not null default '', post_status varchar(20) not null default 'publish', comment_status varchar(20) not null default 'open',
  post_password varchar(255) not null default '', post_name varchar(200) not null default '', post_modified timestamp, post_parent bigint not null default 0,
  guid varchar(255) not null default '', menu_order int not null default 0, post_type varchar(20) not null default 'post', comment_count bigint not null default 0);
create table wp_postmeta (meta_id bigserial primary key, post_id bigint not null default 0, meta_key varchar(255), meta_value text);
create table wp_comments (
  "comment_ID" bigserial primary key, "comment_post_ID" bigint not null default 0, comment_author text not null, comment_author_email varchar(100) not null default '',
  comment_author_url varchar(200) not null default '', "comment_author_IP" varchar(100) not null default '', comment_date timestamp not null,
  comment_content text not null, comment_karma int not null default 0, comment_approved varchar(20) not null default '1', comment_agent varchar(255) not null default '',
  comment_type varchar(20) not null default 'comment', comment_parent bigint not null default 0, user_id bigint not null default 0);
create table wp_commentmeta (meta_id bigserial primary key, comment_id bigint not null default 0, meta_key varchar(255), meta_value text);
create table wp_options (option_id bigserial primary key, option_name varchar(191) not null unique, option_value text not null, autoload varchar(20) not null default 'yes');
create table wp_terms (term_id bigserial primary key, name varchar(200) not null default '', slug varchar(200) not null default '');
create table wp_wc_customer_lookup (
  customer_id bigserial primary key, user_id bigint unique, username varchar(60) not null default '', first_name varchar(255) not null, last_name varchar(255) not null,
  email varchar(100), date_last_active timestamp, date_registered timestamp, country char(2) not null default '', postcode varchar(20) not null default '',
  city varchar(100) not null default '', state varchar(100) not null default '');
create table wp_wc_order_stats (order_id bigint primary key, parent_id bigint not null default 0, date_created timestamp not null, num_items_sold int not null, total_sales numeric(26,8) not null, status varchar(20) not null, customer_id bigint not null);
create table wp_wc_orders (
  id bigint primary key, status varchar(20), currency varchar(10), type varchar(20), tax_amount numeric(26,8), total_amount numeric(26,8), customer_id bigint,
  billing_email varchar(320), date_created_gmt timestamp, parent_order_id bigint, payment_method varchar(100), payment_method_title text, transaction_id varchar(100),
  ip_address varchar(100), user_agent text, customer_note text);
create table wp_wc_order_addresses (
  id bigserial primary key, order_id bigint not null, address_type varchar(20), first_name text, last_name text, company text, address_1 text, address_2 text,
  city text, state text, postcode text, country text, email varchar(320), phone varchar(100), unique (address_type, order_id));
create table wp_wc_order_operational_data (id bigserial primary key, order_id bigint unique, created_via varchar(100), order_key varchar(100), cart_hash varchar(100), date_paid_gmt timestamp);
create table wp_woocommerce_order_items (order_item_id bigserial primary key, order_item_name text not null, order_item_type varchar(200) not null default '', order_id bigint not null);
create table wp_woocommerce_order_itemmeta (meta_id bigserial primary key, order_item_id bigint not null, meta_key varchar(255), meta_value text);
create table wp_woocommerce_sessions (session_id bigserial primary key, session_key char(32) not null unique, session_value text not null, session_expiry bigint not null);
create table wp_woocommerce_payment_tokens (token_id bigserial primary key, gateway_id varchar(200) not null, token text not null, user_id bigint not null default 0, type varchar(200) not null, is_default smallint not null default 0);
