-- A project tool sold by subscription: organisations, memberships, work that belongs to organisations and is signed by people.
create type membership_role as enum ('owner', 'admin', 'member', 'guest');
create table users (
  id uuid primary key, email text not null unique, full_name text, avatar_url text, password_digest text not null,
  locale text not null default 'en', time_zone text, phone text, settings jsonb not null default '{}', current_sign_in_ip inet,
  last_sign_in_at timestamptz, confirmed_at timestamptz, created_at timestamptz not null, updated_at timestamptz not null);
create table organisations (
  id uuid primary key, name text not null, slug text not null unique, billing_email text, vat_number text, plan text not null,
  created_by uuid references users (id), created_at timestamptz not null);
create table memberships (
  id uuid primary key, organisation_id uuid not null references organisations (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade, role membership_role not null, job_title text,
  invited_by uuid references users (id), created_at timestamptz not null, unique (organisation_id, user_id));
create table invitations (
  id uuid primary key, organisation_id uuid not null references organisations (id) on delete cascade, email text not null,
  invited_by uuid references users (id), role membership_role not null, token text not null unique, accepted_at timestamptz,
  created_at timestamptz not null);
create table projects (
  id uuid primary key, organisation_id uuid not null references organisations (id) on delete cascade, owner_id uuid references users (id),
  name text not null, description text, colour text, archived_at timestamptz, created_at timestamptz not null);
create table tasks (
  id uuid primary key, project_id uuid not null references projects (id) on delete cascade, number integer not null, title text not null,
  description text, status text not null check (status in ('todo', 'doing', 'done')), creator_id uuid references users (id),
  assignee_id uuid references users (id), reviewer_id uuid references users (id), estimate_minutes integer, due_on date,
  created_at timestamptz not null, unique (project_id, number));
create table comments (
  id uuid primary key, task_id uuid not null references tasks (id) on delete cascade, author_id uuid not null references users (id),
  body text not null, edited_at timestamptz, created_at timestamptz not null);
create table attachments (
  id uuid primary key, task_id uuid not null references tasks (id) on delete cascade, uploaded_by uuid references users (id),
  file_name text not null, content_type text not null, byte_size bigint not null, storage_key text not null, created_at timestamptz not null);
create table events (
  id bigint primary key, organisation_id uuid references organisations (id), user_id uuid, kind text not null, payload jsonb not null,
  occurred_at timestamptz not null);
create table audit_log (
  id bigint primary key, organisation_id uuid, actor_id uuid, actor_email text, action text not null, target_type text, target_id uuid,
  before jsonb, after jsonb, ip inet, user_agent text, at timestamptz not null);
create table invoices (
  id uuid primary key, organisation_id uuid not null references organisations (id), number text not null, bill_to jsonb not null,
  currency char(3) not null, total_cents bigint not null, issued_on date not null, paid_at timestamptz, pdf_key text);
create table sessions (
  id uuid primary key, user_id uuid not null references users (id) on delete cascade, token_digest text not null, ip inet,
  user_agent text, created_at timestamptz not null, expires_at timestamptz not null);
create table api_tokens (
  id uuid primary key, user_id uuid not null references users (id) on delete cascade, name text not null, token_digest text not null unique,
  scopes text[] not null, last_used_ip inet, last_used_at timestamptz, created_at timestamptz not null);
create table plans (code text primary key, name text not null, price_cents integer not null, support_email text);
