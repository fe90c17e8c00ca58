-- Bookings of a small hotel: a guest is matched by hand at the desk, a booking has a booker and guests, the channel manager's messages
-- stand as they came, and the police form and the folio are copies.
create type channel as enum ('direct', 'booking_com', 'expedia', 'airbnb');
create table property (id serial primary key, name text not null, email text, phone text, address jsonb);
create table staff_user (id serial primary key, username text not null unique, display_name text not null, email text, pin_hash text, role text not null);
create table room (id serial primary key, property_id int not null references property (id), number text not null, room_type text not null, notes text);
create table company_account (id serial primary key, legal_name text not null, vat_number text, billing_email text, contact_name text, contact_phone text);
create table guest (
  id uuid primary key, title text, given_names text not null, surname text not null, email text, alt_email text, phone text, date_of_birth date, place_of_birth text, nationality char(2), gender char(1),
  id_doc_type text, id_doc_number text, id_doc_expiry date, street text, postal_code text, city text, country char(2), language char(2), vip_level smallint default 0, preferences jsonb, allergies text, remarks text, marketing_consent boolean default false,
  blacklist_reason text, loyalty_number text, company_account_id int references company_account (id), merged_into_id uuid references guest (id), created_by int references staff_user (id), updated_by int references staff_user (id), created_at timestamptz not null default now());
create table booking (
  id bigserial primary key, code text not null unique, property_id int not null references property (id), booker_id uuid not null references guest (id), company_account_id int references company_account (id), channel channel not null default 'direct', channel_ref text, arrival date not null, departure date not null,
  adults smallint not null default 1, children smallint not null default 0, status text not null default 'confirmed', special_requests text, internal_notes text, arrival_transport text, guarantee_card_last4 text, guarantee_card_holder text, guarantee_token text, total_amount numeric(10,2), created_by int references staff_user (id));
create table booking_guest (booking_id bigint not null references booking (id) on delete cascade, guest_id uuid not null references guest (id), room_id int references room (id), is_main boolean not null default false, checked_in_at timestamptz, signature_svg text, registration_form jsonb, primary key (booking_id, guest_id));
create table booking_companion (id serial primary key, booking_id bigint not null references booking (id), full_name text not null, age smallint, relation text);
create table folio (id bigserial primary key, booking_id bigint not null references booking (id), invoice_number text unique, bill_to_guest_id uuid references guest (id), bill_to_company_id int references company_account (id), bill_to_name text, bill_to_address text, status text not null default 'open', issued_on date, closed_by int references staff_user (id));
create table folio_line (id bigserial primary key, folio_id bigint not null references folio (id), posted_on date not null, code text not null, description text not null, amount numeric(10,2) not null, posted_by int references staff_user (id));
create table folio_payment (id bigserial primary key, folio_id bigint not null references folio (id), method text not null, amount numeric(10,2) not null, card_last4 text, payer_name text, gateway_response jsonb);
create table housekeeping_task (id bigserial primary key, room_id int not null references room (id), booking_id bigint, task_date date not null, assigned_to int references staff_user (id), status text not null, note text);
create table lost_item (id serial primary key, room_id int references room (id), found_on date, description text not null, guest_id uuid, sent_to text, found_by int references staff_user (id));
create table guest_message (id bigserial primary key, booking_id bigint not null references booking (id), direction text not null check (direction in ('in', 'out')), medium text not null, sender text, recipient text, body text not null, staff_user_id int references staff_user (id), sent_at timestamptz);
create table review (id bigserial primary key, booking_code text, source text not null, author_name text, author_country char(2), score numeric(3,1), title text, positive text, negative text, hotel_reply text, replied_by int references staff_user (id), published_at timestamptz);
create table channel_message (id bigserial primary key, received_at timestamptz not null, channel channel not null, message_type text not null, channel_ref text, payload jsonb not null, processed boolean not null default false, error text);
create table table_reservation (id serial primary key, service_date date not null, guest_name text not null, phone text, covers smallint, room_number text, comment text, taken_by int references staff_user (id));
create table email_campaign_recipient (campaign_id int not null, email text not null, first_name text, opened_at timestamptz, primary key (campaign_id, email));
create table rate_plan (code text primary key, label text not null, base numeric(10,2));
create table change_log (id bigserial primary key, table_name text not null, row_pk text not null, changed_by text, changed_at timestamptz not null, diff jsonb not null);
