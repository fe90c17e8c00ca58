-- Columns
access.api_key.org uuid not null default store.current_org()
access.api_key.id uuid not null
access.api_key.name text not null
access.api_key.role text not null
access.api_key.secret_hash bytea not null
access.api_key.hint text not null
access.api_key.created_by text not null
access.api_key.created_at timestamp with time zone not null
access.api_key.expires_at timestamp with time zone
access.api_key.last_used_on date
access.api_key.revoked_at timestamp with time zone
access.attempt.org uuid not null default '00000000-0000-0000-0000-000000000000'::uuid
access.attempt.bucket bytea not null
access.attempt.began_at timestamp with time zone not null
access.attempt.attempts integer not null
access.example_load.org uuid not null default store.current_org()
access.example_load.id uuid not null
access.example_load.example text not null
access.example_load.step text not null
access.example_load.done integer not null default 0
access.example_load.total integer not null default 0
access.example_load.last_error text
access.example_load.asked_at timestamp with time zone not null
access.example_load.finished_at timestamp with time zone
access.example_load.next_at timestamp with time zone
access.example_load.leased_by uuid
access.example_load.leased_until timestamp with time zone
access.example_load.attempts integer not null default 0
access.organisation.id uuid not null
access.organisation.org uuid generated id
access.organisation.slug text not null
access.organisation.name text not null
access.organisation.created_at timestamp with time zone not null default now()
access.outbox_message.org uuid not null default store.current_org()
access.outbox_message.id uuid not null
access.outbox_message.kind text not null
access.outbox_message.subject text not null
access.outbox_message.sealed_body bytea
access.outbox_message.status text not null
access.outbox_message.last_error text
access.outbox_message.created_at timestamp with time zone not null
access.outbox_message.sent_at timestamp with time zone
access.outbox_message.next_at timestamp with time zone
access.outbox_message.leased_by uuid
access.outbox_message.leased_until timestamp with time zone
access.outbox_message.attempts integer not null default 0
access.perimeter.org uuid not null default store.current_org()
access.perimeter.user_id uuid not null
access.perimeter.controller_id uuid not null
access.session.org uuid not null default store.current_org()
access.session.id uuid not null
access.session.user_id uuid not null
access.session.token_hash bytea not null
access.session.created_at timestamp with time zone not null
access.session.seen_at timestamp with time zone not null
access.session.expires_at timestamp with time zone not null
access.user.org uuid not null default store.current_org()
access.user.id uuid not null
access.user.email text not null
access.user.name text not null
access.user.password_hash text not null
access.user.roles text[] not null
access.user.language text
access.user.is_active boolean not null default true
access.user.created_at timestamp with time zone not null
access.user.password_changed_at timestamp with time zone not null
access.user.first_entered_at timestamp with time zone
compliance.address_confirmation.org uuid not null default store.current_org()
compliance.address_confirmation.id uuid not null
compliance.address_confirmation.last_day date not null
compliance.address_confirmation.reminded_at timestamp with time zone
compliance.address_confirmation.ended_at timestamp with time zone
compliance.address_confirmation.next_at timestamp with time zone
compliance.address_confirmation.leased_by uuid
compliance.address_confirmation.leased_until timestamp with time zone
compliance.address_confirmation.attempts integer not null default 0
compliance.address_confirmation.last_error text
compliance.answer_copy.org uuid not null default store.current_org()
compliance.answer_copy.id uuid not null
compliance.answer_copy.request_id uuid not null
compliance.answer_copy.sealed bytea not null
compliance.answer_copy.wrapped bytea not null
compliance.answer_copy.address_check bytea not null
compliance.answer_copy.made_at timestamp with time zone not null
compliance.answer_copy.next_at timestamp with time zone
compliance.answer_copy.leased_by uuid
compliance.answer_copy.leased_until timestamp with time zone
compliance.answer_copy.attempts integer not null default 0
compliance.answer_copy.last_error text
compliance.answer_file.org uuid not null default store.current_org()
compliance.answer_file.id uuid not null
compliance.answer_file.application_id uuid not null
compliance.answer_file.digest bytea not null
compliance.answer_file.done integer not null default 0
compliance.answer_file.rejections jsonb not null default '[]'::jsonb
compliance.answer_file.begun_at timestamp with time zone not null
compliance.answer_file.ended_at timestamp with time zone
compliance.application_credential.org uuid not null default store.current_org()
compliance.application_credential.id uuid not null
compliance.application_credential.application_id uuid not null
compliance.application_credential.kind text not null
compliance.application_credential.secret_hash bytea
compliance.application_credential.sealed bytea
compliance.application_credential.public_key bytea
compliance.application_credential.hint text not null
compliance.application_credential.created_at timestamp with time zone not null
compliance.application_credential.created_by text not null
compliance.application_credential.ends_at timestamp with time zone
compliance.application_credential.revoked_at timestamp with time zone
compliance.application_credential.last_used_on date
compliance.application_line.org uuid not null default store.current_org()
compliance.application_line.application_id uuid not null
compliance.application_line.failures integer not null default 0
compliance.application_line.opened_at timestamp with time zone
compliance.application_line.probe_at timestamp with time zone
compliance.application_line.next_slot_at timestamp with time zone
compliance.application_line.last_success_at timestamp with time zone
compliance.application_line.last_failure_at timestamp with time zone
compliance.application_line.last_problem jsonb
compliance.application_line.latency_ms integer
compliance.application_order.org uuid not null default store.current_org()
compliance.application_order.id uuid not null
compliance.application_order.campaign_id uuid not null
compliance.application_order.application_id uuid
compliance.application_order.application_name text not null
compliance.application_order.channel text not null
compliance.application_order.action text not null
compliance.application_order.batch integer not null
compliance.application_order.generation integer not null
compliance.application_order.key text not null
compliance.application_order.state text not null
compliance.application_order.outcome text
compliance.application_order.reason text
compliance.application_order.counts jsonb not null default '{}'::jsonb
compliance.application_order.kept jsonb not null default '[]'::jsonb
compliance.application_order.body_digest bytea
compliance.application_order.planned_at timestamp with time zone not null
compliance.application_order.sent_at timestamp with time zone
compliance.application_order.due_at timestamp with time zone
compliance.application_order.received_at timestamp with time zone
compliance.application_order.ended_at timestamp with time zone
compliance.application_order.verified_at timestamp with time zone
compliance.application_order.escalated_at timestamp with time zone
compliance.application_order.tries integer not null default 0
compliance.application_order.problem jsonb
compliance.application_order.next_at timestamp with time zone
compliance.application_order.leased_by uuid
compliance.application_order.leased_until timestamp with time zone
compliance.application_order.attempts integer not null default 0
compliance.application_order.last_error text
compliance.application_order.delivered_at timestamp with time zone
compliance.application_order.given_until timestamp with time zone
compliance.application_order.slot_at timestamp with time zone
compliance.application_order.escalation smallint not null default 0
compliance.application_order.superseded_at timestamp with time zone
compliance.application_order.failed_answers smallint not null default 0
compliance.application_order.retry_at timestamp with time zone
compliance.application_order.notices jsonb not null default '[]'::jsonb
compliance.campaign.org uuid not null default store.current_org()
compliance.campaign.id uuid not null
compliance.campaign.kind text not null
compliance.campaign.action text not null
compliance.campaign.created_at timestamp with time zone not null
compliance.campaign.ended_at timestamp with time zone
compliance.campaign_application.org uuid not null default store.current_org()
compliance.campaign_application.campaign_id uuid not null
compliance.campaign_application.application_id uuid not null
compliance.campaign_application.application_name text not null
compliance.campaign_application.channel text not null
compliance.campaign_application.plan jsonb
compliance.campaign_application.slug text not null
compliance.campaign_application.problem jsonb
compliance.campaign_application.digest bytea
compliance.campaign_application.backup_horizon_days integer not null
compliance.campaign_application.answer_time_days integer not null
compliance.campaign_application.frozen_at timestamp with time zone not null
compliance.campaign_application.batch_size integer not null default 100
compliance.campaign_subject.org uuid not null default store.current_org()
compliance.campaign_subject.campaign_id uuid not null
compliance.campaign_subject.person_id uuid not null
compliance.campaign_subject.batch integer not null
compliance.conformance_order.org uuid not null default store.current_org()
compliance.conformance_order.id uuid not null
compliance.conformance_order.run_id uuid not null
compliance.conformance_order.case_id text not null
compliance.conformance_order.place integer not null
compliance.conformance_order.body bytea not null
compliance.conformance_order.digest bytea not null
compliance.conformance_order.persons jsonb not null
compliance.conformance_order.hold integer not null default 0
compliance.conformance_order.sent jsonb not null default '[]'::jsonb
compliance.conformance_order.receipts integer not null default 0
compliance.conformance_order.answers jsonb not null default '[]'::jsonb
compliance.conformance_order.taken bytea
compliance.conformance_order.offered_at timestamp with time zone
compliance.conformance_order.fetched integer not null default 0
compliance.conformance_run.org uuid not null default store.current_org()
compliance.conformance_run.id uuid not null
compliance.conformance_run.application_id uuid not null
compliance.conformance_run.state text not null
compliance.conformance_run.started_at timestamp with time zone not null
compliance.conformance_run.started_by text not null
compliance.conformance_run.ended_at timestamp with time zone
compliance.conformance_run.case_at integer not null default 0
compliance.conformance_run.step_at integer not null default 0
compliance.conformance_run.step_since timestamp with time zone not null
compliance.conformance_run.restart text not null default 'never'::text
compliance.conformance_run.results jsonb not null default '[]'::jsonb
compliance.conformance_run.next_at timestamp with time zone
compliance.conformance_run.leased_by uuid
compliance.conformance_run.leased_until timestamp with time zone
compliance.conformance_run.attempts integer not null default 0
compliance.conformance_run.last_error text
compliance.conformance_run.channel text not null default 'webhook'::text
compliance.delivery.org uuid not null default store.current_org()
compliance.delivery.id uuid not null
compliance.delivery.order_id uuid not null
compliance.delivery.application_id uuid not null
compliance.delivery.digest bytea not null
compliance.delivery.at timestamp with time zone not null
compliance.delivery.latency_ms integer not null
compliance.delivery.result text not null
compliance.delivery.problem jsonb
compliance.drop_watch.org uuid not null default store.current_org()
compliance.drop_watch.id uuid not null
compliance.drop_watch.next_at timestamp with time zone
compliance.drop_watch.leased_by uuid
compliance.drop_watch.leased_until timestamp with time zone
compliance.drop_watch.attempts integer not null default 0
compliance.drop_watch.last_error text
compliance.file_retention.org uuid not null default store.current_org()
compliance.file_retention.months integer not null
compliance.file_retention.source text not null
compliance.file_retention.set_at timestamp with time zone not null
compliance.file_retention.set_by text not null
compliance.hold.org uuid not null default store.current_org()
compliance.hold.id uuid not null
compliance.hold.person_id uuid not null
compliance.hold.ground text not null
compliance.hold.categories text[]
compliance.hold.words bytea
compliance.hold.ends_on date
compliance.hold.placed_at timestamp with time zone not null
compliance.hold.placed_by text not null
compliance.hold.ended_at timestamp with time zone
compliance.hold.ended_how text
compliance.hold.ended_by text
compliance.hold.next_at timestamp with time zone
compliance.hold.leased_by uuid
compliance.hold.leased_until timestamp with time zone
compliance.hold.attempts integer not null default 0
compliance.hold.last_error text
compliance.identity.org uuid not null default store.current_org()
compliance.identity.id uuid not null
compliance.identity.profile_id uuid not null
compliance.identity.kind text not null
compliance.identity.sealed bytea not null
compliance.identity.created_at timestamp with time zone not null
compliance.identity_lookup.org uuid not null default store.current_org()
compliance.identity_lookup.hash bytea not null
compliance.identity_lookup.key_version smallint not null
compliance.identity_lookup.person_id uuid not null
compliance.identity_request.org uuid not null default store.current_org()
compliance.identity_request.id uuid not null
compliance.identity_request.request_id uuid not null
compliance.identity_request.reason text not null
compliance.identity_request.requested_at timestamp with time zone not null
compliance.identity_request.received_at timestamp with time zone
compliance.identity_review.org uuid not null default store.current_org()
compliance.identity_review.id uuid not null
compliance.identity_review.person_id uuid not null
compliance.identity_review.other_person_id uuid not null
compliance.identity_review.kind text not null
compliance.identity_review.contradiction text not null
compliance.identity_review.state text not null
compliance.identity_review.request_id uuid
compliance.identity_review.created_at timestamp with time zone not null
compliance.identity_review.decided_at timestamp with time zone
compliance.identity_review.decided_by text
compliance.letter_template.org uuid not null default store.current_org()
compliance.letter_template.id uuid not null
compliance.letter_template.kind text not null
compliance.letter_template.language text not null
compliance.letter_template.controller_id uuid
compliance.letter_template.subject text
compliance.letter_template.body text
compliance.letter_template.made_at timestamp with time zone not null
compliance.letter_template.made_by text not null
compliance.order_answer.org uuid not null default store.current_org()
compliance.order_answer.id uuid not null
compliance.order_answer.order_id uuid not null
compliance.order_answer.kind text not null
compliance.order_answer.body jsonb not null
compliance.order_answer.digest bytea not null
compliance.order_answer.at timestamp with time zone not null
compliance.order_answer.signature text
compliance.order_answer.signing_key_id uuid
compliance.order_capture.org uuid not null default store.current_org()
compliance.order_capture.order_id uuid not null
compliance.order_capture.sealed bytea not null
compliance.order_capture.captured_at timestamp with time zone not null
compliance.order_drop.org uuid not null default store.current_org()
compliance.order_drop.id uuid not null
compliance.order_drop.application_id uuid not null
compliance.order_drop.folder text not null
compliance.order_drop.file_name text not null
compliance.order_drop.meant_at timestamp with time zone not null
compliance.order_drop.deleted_at timestamp with time zone
compliance.order_person.org uuid not null default store.current_org()
compliance.order_person.order_id uuid not null
compliance.order_person.person_id uuid not null
compliance.order_person.ref text not null
compliance.order_person.outcome text
compliance.order_person.reason text
compliance.order_person.until date
compliance.order_person.counts jsonb
compliance.order_task.org uuid not null default store.current_org()
compliance.order_task.id uuid not null
compliance.order_task.opened_at timestamp with time zone not null
compliance.order_task.reminders smallint not null default 0
compliance.order_task.next_at timestamp with time zone
compliance.order_task.leased_by uuid
compliance.order_task.leased_until timestamp with time zone
compliance.order_task.attempts integer not null default 0
compliance.order_task.last_error text
compliance.person.org uuid not null default store.current_org()
compliance.person.id uuid not null
compliance.person.secret bytea not null
compliance.person.joined_into uuid
compliance.person.created_at timestamp with time zone not null
compliance.person_join.org uuid not null default store.current_org()
compliance.person_join.id uuid not null
compliance.person_join.kept_id uuid not null
compliance.person_join.other_id uuid not null
compliance.person_join.found_by text not null
compliance.person_join.kinds text[] not null
compliance.person_join.profiles uuid[] not null
compliance.person_join.followers uuid[] not null
compliance.person_join.joined_at timestamp with time zone not null
compliance.person_join.joined_by text not null
compliance.person_join.undone_at timestamp with time zone
compliance.person_join.undone_by text
compliance.profile.org uuid not null default store.current_org()
compliance.profile.id uuid not null
compliance.profile.person_id uuid not null
compliance.profile.application_id uuid
compliance.profile.request_id uuid
compliance.profile.created_at timestamp with time zone not null
compliance.reissue_ledger.org uuid not null default store.current_org()
compliance.reissue_ledger.id uuid not null
compliance.reissue_ledger.campaign_id uuid not null
compliance.reissue_ledger.person_id uuid not null
compliance.reissue_ledger.sealed bytea not null
compliance.reissue_ledger.created_at timestamp with time zone not null
compliance.reissue_ledger.ends_at timestamp with time zone not null
compliance.reissue_ledger.next_at timestamp with time zone
compliance.reissue_ledger.leased_by uuid
compliance.reissue_ledger.leased_until timestamp with time zone
compliance.reissue_ledger.attempts integer not null default 0
compliance.reissue_ledger.last_error text
compliance.request.org uuid not null default store.current_org()
compliance.request.id uuid not null
compliance.request.number text not null
compliance.request.state text not null
compliance.request.right_asked text not null
compliance.request.controller_id uuid
compliance.request.intake text not null
compliance.request.language text not null
compliance.request.received_on date not null
compliance.request.due_on date not null
compliance.request.person_id uuid not null
compliance.request.contact bytea
compliance.request.opening_entry uuid
compliance.request.answer_mode text not null
compliance.request.identity_by text
compliance.request.identity_at timestamp with time zone
compliance.request.plan_digest bytea
compliance.request.planned_at timestamp with time zone
compliance.request.plan_changed_at timestamp with time zone
compliance.request.extension_on date
compliance.request.extension_reason text
compliance.request.answered_at timestamp with time zone
compliance.request.answer_kind text
compliance.request.answer_final_at timestamp with time zone
compliance.request.letter bytea
compliance.request.letter_digest bytea
compliance.request.answer_message_id uuid
compliance.request.letter_posted_at timestamp with time zone
compliance.request.refusal_ground text
compliance.request.assignee_id uuid
compliance.request.verified_at timestamp with time zone
compliance.request.closed_at timestamp with time zone
compliance.request.version integer not null default 1
compliance.request.created_at timestamp with time zone not null
compliance.request.next_at timestamp with time zone
compliance.request.leased_by uuid
compliance.request.leased_until timestamp with time zone
compliance.request.attempts integer not null default 0
compliance.request.last_error text
compliance.request_file.org uuid not null default store.current_org()
compliance.request_file.id uuid not null
compliance.request_file.over_on date not null
compliance.request_file.ends_on date not null
compliance.request_file.forgotten_at timestamp with time zone
compliance.request_file.next_at timestamp with time zone
compliance.request_file.leased_by uuid
compliance.request_file.leased_until timestamp with time zone
compliance.request_file.attempts integer not null default 0
compliance.request_file.last_error text
compliance.request_step.org uuid not null default store.current_org()
compliance.request_step.id uuid not null
compliance.request_step.request_id uuid not null
compliance.request_step.at timestamp with time zone not null
compliance.request_step.actor text not null
compliance.request_step.kind text not null
compliance.request_step.data jsonb not null
compliance.request_step.note bytea
compliance.restoration.org uuid not null default store.current_org()
compliance.restoration.id uuid not null
compliance.restoration.application_id uuid not null
compliance.restoration.restored_to timestamp with time zone not null
compliance.restoration.declared_at timestamp with time zone not null
compliance.restoration.declared_by text not null
compliance.restoration.orders integer not null
compliance.restoration.unsendable integer not null
compliance.task_message.org uuid not null default store.current_org()
compliance.task_message.id uuid not null
compliance.task_message.order_id uuid not null
compliance.task_message.contact bytea not null
compliance.task_message.kind text not null
compliance.task_message.at timestamp with time zone not null
compliance.task_proof.org uuid not null default store.current_org()
compliance.task_proof.id uuid not null
compliance.task_proof.order_id uuid not null
compliance.task_proof.person_id uuid not null
compliance.task_proof.digest bytea not null
compliance.task_proof.media_type text not null
compliance.task_proof.size_bytes integer not null
compliance.task_proof.sealed bytea
compliance.task_proof.at timestamp with time zone not null
compliance.tombstone.org uuid not null default store.current_org()
compliance.tombstone.id uuid not null
compliance.tombstone.hash bytea not null
compliance.tombstone.kind text not null
compliance.tombstone.key_version smallint not null
compliance.tombstone.laid_on date not null
compliance.tombstone.ends_on date not null
compliance.tombstone.next_at timestamp with time zone
compliance.tombstone.leased_by uuid
compliance.tombstone.leased_until timestamp with time zone
compliance.tombstone.attempts integer not null default 0
compliance.tombstone.last_error text
journal.checkpoint.org uuid not null default store.current_org()
journal.checkpoint.size bigint not null
journal.checkpoint.epoch integer not null
journal.checkpoint.root bytea not null
journal.checkpoint.note text not null
journal.checkpoint.at timestamp with time zone not null
journal.entry.org uuid not null default store.current_org()
journal.entry.number bigint not null
journal.entry.id uuid not null
journal.entry.at timestamp with time zone not null
journal.entry.kind text not null
journal.entry.subject text not null
journal.entry.body bytea not null
journal.pending.org uuid not null default store.current_org()
journal.pending.position bigint not null
journal.pending.body text not null
journal.signing_key.org uuid not null default store.current_org()
journal.signing_key.id uuid not null
journal.signing_key.sealed bytea not null
journal.signing_key.created_at timestamp with time zone not null
journal.signing_key.retired_at timestamp with time zone
journal.tile.org uuid not null default store.current_org()
journal.tile.level smallint not null
journal.tile.index bigint not null
journal.tile.hashes bytea not null
objects.bulk.org uuid not null default store.current_org()
objects.bulk.id uuid not null
objects.bulk.type text not null
objects.bulk.transition text not null
objects.bulk.actor jsonb not null
objects.bulk.rights jsonb not null
objects.bulk.total integer not null
objects.bulk.asked_at timestamp with time zone not null
objects.bulk.finished_at timestamp with time zone
objects.bulk.next_at timestamp with time zone
objects.bulk.leased_by uuid
objects.bulk.leased_until timestamp with time zone
objects.bulk.attempts integer not null default 0
objects.bulk.last_error text
objects.bulk_item.org uuid not null default store.current_org()
objects.bulk_item.bulk uuid not null
objects.bulk_item.position integer not null
objects.bulk_item.reference text not null
objects.bulk_item.status text not null default 'waiting'::text
objects.bulk_item.reasons jsonb not null default '[]'::jsonb
objects.comment.org uuid not null default store.current_org()
objects.comment.id uuid not null
objects.comment.type text not null
objects.comment.object uuid not null
objects.comment.at timestamp with time zone not null
objects.comment.author text not null
objects.comment.sealed bytea
objects.comment.decided_on date
objects.comment.edited_at timestamp with time zone
objects.comment.removed_at timestamp with time zone
objects.content.org uuid not null default store.current_org()
objects.content.id uuid not null
objects.content.digest bytea
objects.content.size_bytes bigint not null default 0
objects.content.state text not null
objects.content.found text
objects.content.holders integer not null default 0
objects.content.made_at timestamp with time zone not null
objects.content.next_at timestamp with time zone
objects.content.leased_by uuid
objects.content.leased_until timestamp with time zone
objects.content.attempts integer not null default 0
objects.content.last_error text
objects.content_piece.org uuid not null default store.current_org()
objects.content_piece.content uuid not null
objects.content_piece.place integer not null
objects.content_piece.bytes bytea not null
objects.file.org uuid not null default store.current_org()
objects.file.id uuid not null
objects.file.content uuid not null
objects.file.name text not null
objects.file.media_type text not null
objects.file.size_bytes bigint not null
objects.file.width integer
objects.file.height integer
objects.file.type text
objects.file.object uuid
objects.file.attribute text
objects.file.added_at timestamp with time zone not null
objects.file.added_by text not null
objects.file.released_at timestamp with time zone
objects.file.next_at timestamp with time zone
objects.file.leased_by uuid
objects.file.leased_until timestamp with time zone
objects.file.attempts integer not null default 0
objects.file.last_error text
objects.follower.org uuid not null default store.current_org()
objects.follower.object uuid not null
objects.follower.type text not null
objects.follower.user_id uuid not null
objects.follower.since timestamp with time zone not null
objects.history.org uuid not null default store.current_org()
objects.history.id uuid not null
objects.history.type text not null
objects.history.object uuid not null
objects.history.version integer not null
objects.history.at timestamp with time zone not null
objects.history.actor text not null
objects.history.source text not null
objects.history.action text not null
objects.history.transition text
objects.history.changes jsonb not null
objects.history.sealed bytea
objects.import.org uuid not null default store.current_org()
objects.import.id uuid not null
objects.import.type text not null
objects.import.file_name text not null
objects.import.size_bytes bigint not null
objects.import.format text not null
objects.import.encoding text not null
objects.import.delimiter text
objects.import.columns jsonb not null
objects.import.options jsonb
objects.import.state text not null
objects.import.is_paused boolean not null default false
objects.import.is_all boolean not null default true
objects.import.asker jsonb not null
objects.import.fingerprint text
objects.import.lines_done bigint not null default 0
objects.import.lines_total bigint
objects.import.step_started_at timestamp with time zone
objects.import.created_count bigint not null default 0
objects.import.updated_count bigint not null default 0
objects.import.same_count bigint not null default 0
objects.import.skipped_count bigint not null default 0
objects.import.refused_count bigint not null default 0
objects.import.kept_count bigint not null default 0
objects.import.failure jsonb
objects.import.created_at timestamp with time zone not null
objects.import.created_by text not null
objects.import.updated_at timestamp with time zone not null
objects.import.next_at timestamp with time zone
objects.import.leased_by uuid
objects.import.leased_until timestamp with time zone
objects.import.attempts integer not null default 0
objects.import.last_error text
objects.import_effect.org uuid not null default store.current_org()
objects.import_effect.import uuid not null
objects.import_effect.object uuid not null
objects.import_effect.line bigint not null
objects.import_effect.version integer not null
objects.import_effect.is_created boolean not null
objects.import_effect.kept text
objects.import_file.org uuid not null default store.current_org()
objects.import_file.import uuid not null
objects.import_file.part integer not null
objects.import_file.bytes bytea not null
objects.import_line.org uuid not null default store.current_org()
objects.import_line.import uuid not null
objects.import_line.line bigint not null
objects.import_line.verdict text not null
objects.import_line.object uuid
objects.import_line.key text
objects.import_line.values jsonb not null
objects.import_problem.org uuid not null default store.current_org()
objects.import_problem.import uuid not null
objects.import_problem.line bigint not null
objects.import_problem.place integer not null
objects.import_problem.column_name text
objects.import_problem.code text not null
objects.import_problem.text jsonb not null
objects.link.org uuid not null default store.current_org()
objects.link.id uuid not null
objects.link.relation text not null
objects.link.from_id uuid not null
objects.link.to_id uuid not null
objects.link.said jsonb not null
objects.link.created_at timestamp with time zone not null
objects.link.created_by text not null
objects.mention.org uuid not null default store.current_org()
objects.mention.comment uuid not null
objects.mention.user_id uuid not null
objects.mention.at timestamp with time zone not null
objects.model_draft.org uuid not null default store.current_org()
objects.model_draft.id uuid not null
objects.model_draft.pack text not null
objects.model_draft.began_from integer not null
objects.model_draft.body text not null
objects.model_draft.version integer not null default 1
objects.model_draft.submitted_at timestamp with time zone
objects.model_draft.changed_at timestamp with time zone not null
objects.model_draft.changed_by text not null
objects.notice_mail.org uuid not null default store.current_org()
objects.notice_mail.id uuid not null
objects.notice_mail.rhythm text not null default 'daily'::text
objects.notice_mail.daily_hour integer not null default 8
objects.notice_mail.quiet_from integer
objects.notice_mail.quiet_to integer
objects.notice_mail.next_at timestamp with time zone
objects.notice_mail.leased_by uuid
objects.notice_mail.leased_until timestamp with time zone
objects.notice_mail.attempts integer not null default 0
objects.notice_mail.last_error text
objects.notification.org uuid not null default store.current_org()
objects.notification.id uuid not null
objects.notification.user_id uuid not null
objects.notification.type text not null
objects.notification.object uuid not null
objects.notification.title jsonb not null
objects.notification.body jsonb
objects.notification.at timestamp with time zone not null
objects.notification.read_at timestamp with time zone
objects.notification.mailed_at timestamp with time zone
objects.schedule_done.org uuid not null default store.current_org()
objects.schedule_done.type text not null
objects.schedule_done.rule text not null
objects.schedule_done.object uuid not null
objects.schedule_done.occurrence text not null
objects.schedule_done.at timestamp with time zone not null
objects.schedule_done.refusal jsonb
objects.schedule_watch.org uuid not null default store.current_org()
objects.schedule_watch.id uuid not null
objects.schedule_watch.next_at timestamp with time zone
objects.schedule_watch.leased_by uuid
objects.schedule_watch.leased_until timestamp with time zone
objects.schedule_watch.attempts integer not null default 0
objects.schedule_watch.last_error text
objects.secret.org uuid not null default store.current_org()
objects.secret.object uuid not null
objects.secret.secret bytea not null
objects.sequence.org uuid not null default store.current_org()
objects.sequence.type text not null
objects.sequence.frame text not null
objects.sequence.last bigint not null
objects.sequence.last_at timestamp with time zone
objects.task.org uuid not null default store.current_org()
objects.task.id uuid not null
objects.task.type text not null
objects.task.object uuid not null
objects.task.title text not null
objects.task.assignee uuid
objects.task.role text
objects.task.due_on date
objects.task.created_at timestamp with time zone not null
objects.task.created_by text not null
objects.task.done_at timestamp with time zone
objects.task.done_by text
objects.task.next_at timestamp with time zone
objects.task.leased_by uuid
objects.task.leased_until timestamp with time zone
objects.task.attempts integer not null default 0
objects.task.last_error text
objects.tick.org uuid not null default store.current_org()
objects.tick.object uuid not null
objects.tick.transition text not null
objects.tick.item text not null
objects.tick.at timestamp with time zone not null
objects.tick.actor text not null
repository.catalogue.org uuid not null default store.current_org()
repository.catalogue.application_id uuid not null
repository.catalogue.digest text not null
repository.catalogue.catalogue jsonb not null
repository.catalogue.read_at timestamp with time zone not null
repository.connection.org uuid not null default store.current_org()
repository.connection.id uuid not null
repository.connection.application_id uuid not null
repository.connection.channel text not null
repository.connection.sealed_url bytea
repository.connection.place text
repository.connection.identities jsonb not null default '[]'::jsonb
repository.connection.map text
repository.connection.limits jsonb not null default '{}'::jsonb
repository.connection.version integer not null default 1
repository.connection.created_at timestamp with time zone not null
repository.connection.updated_at timestamp with time zone not null
repository.field.org uuid not null default store.current_org()
repository.field.id uuid not null
repository.field.application_id uuid not null
repository.field.table_id uuid not null
repository.field.schema_name text not null
repository.field.table_name text not null
repository.field.column_name text not null
repository.field.position integer not null
repository.field.type text not null
repository.field.is_nullable boolean not null
repository.field.is_primary_key boolean not null
repository.field.is_unique boolean not null
repository.field.references_to text
repository.field.comment text
repository.field.proposed_category text not null
repository.field.confidence smallint not null
repository.field.reasons jsonb not null
repository.field.identity_kind text
repository.field.verdict text
repository.field.verdict_note text
repository.field.verdict_by text
repository.field.verdict_at timestamp with time zone
repository.field.category text not null generated COALESCE(verdict, proposed_category)
repository.field.is_undecided boolean not null generated ((verdict IS NULL) AND (confidence < 50))
repository.field.first_seen timestamp with time zone not null
repository.field.harvested_at timestamp with time zone not null
repository.field.gone_at timestamp with time zone
repository.harvest.org uuid not null default store.current_org()
repository.harvest.id uuid not null
repository.harvest.application_id uuid not null
repository.harvest.started_at timestamp with time zone not null
repository.harvest.finished_at timestamp with time zone not null
repository.harvest.actor text not null
repository.harvest.schema_digest text not null
repository.harvest.created integer not null
repository.harvest.changed integer not null
repository.harvest.unchanged integer not null
repository.harvest.withdrawn integer not null
repository.plan.org uuid not null default store.current_org()
repository.plan.id uuid not null
repository.plan.application_id uuid not null
repository.plan.digest text not null
repository.plan.schema_digest text not null
repository.plan.plan jsonb not null
repository.plan.made_at timestamp with time zone not null
repository.source_table.org uuid not null default store.current_org()
repository.source_table.id uuid not null
repository.source_table.application_id uuid not null
repository.source_table.schema_name text not null
repository.source_table.table_name text not null
repository.source_table.kind text not null
repository.source_table.comment text
repository.source_table.row_estimate bigint
repository.source_table.role text not null
repository.source_table.role_confidence smallint not null
repository.source_table.first_seen timestamp with time zone not null
repository.source_table.harvested_at timestamp with time zone not null
repository.source_table.gone_at timestamp with time zone
repository.verdict.org uuid not null default store.current_org()
repository.verdict.id uuid not null
repository.verdict.field_id uuid not null
repository.verdict.category text
repository.verdict.note text
repository.verdict.actor text not null
repository.verdict.at timestamp with time zone not null
store.idempotency.org uuid not null default store.current_org()
store.idempotency.actor text not null
store.idempotency.key text not null
store.idempotency.request_hash bytea not null
store.idempotency.status integer
store.idempotency.resource text
store.idempotency.created_at timestamp with time zone not null
views.saved.org uuid not null default store.current_org()
views.saved.id uuid not null
views.saved.owner text not null
views.saved.user_id uuid
views.saved.name text not null
views.saved.type text not null
views.saved.says jsonb not null
views.saved.shared_with text[] not null default '{}'::text[]
views.saved.is_pinned boolean not null default false
views.saved.created_at timestamp with time zone not null
views.saved.updated_at timestamp with time zone not null

-- Constraints
access.api_key: CHECK ((role = ANY (ARRAY['admin'::text, 'dpo'::text, 'relay'::text, 'architect'::text, 'steward'::text, 'member'::text, 'auditor'::text])))
access.api_key: PRIMARY KEY (id)
access.api_key: UNIQUE (secret_hash)
access.attempt: PRIMARY KEY (bucket)
access.example_load: PRIMARY KEY (org, id)
access.example_load: UNIQUE (org)
access.organisation: CHECK ((slug ~ '^[a-z][a-z0-9-]{1,40}$'::text))
access.organisation: PRIMARY KEY (id)
access.organisation: UNIQUE (slug)
access.outbox_message: CHECK ((status = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'forgotten'::text])))
access.outbox_message: PRIMARY KEY (id)
access.perimeter: FOREIGN KEY (org, user_id) REFERENCES access."user"(org, id) ON DELETE CASCADE
access.perimeter: PRIMARY KEY (org, user_id, controller_id)
access.session: FOREIGN KEY (org, user_id) REFERENCES access."user"(org, id) ON DELETE CASCADE
access.session: PRIMARY KEY (id)
access.session: UNIQUE (token_hash)
access.user: CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['admin'::text, 'dpo'::text, 'relay'::text, 'architect'::text, 'steward'::text, 'member'::text, 'auditor'::text])))
access.user: CHECK ((email = lower(email)))
access.user: CHECK ((language = ANY (ARRAY['fr'::text, 'en'::text])))
access.user: PRIMARY KEY (id)
access.user: UNIQUE (org, id)
compliance.address_confirmation: FOREIGN KEY (org, id) REFERENCES compliance.request(org, id)
compliance.address_confirmation: PRIMARY KEY (org, id)
compliance.answer_copy: FOREIGN KEY (org, request_id) REFERENCES compliance.request(org, id)
compliance.answer_copy: PRIMARY KEY (org, id)
compliance.answer_file: CHECK ((done >= 0))
compliance.answer_file: PRIMARY KEY (org, id)
compliance.application_credential: CHECK (((public_key IS NOT NULL) = (kind = ANY (ARRAY['ed25519'::text, 'answers'::text]))))
compliance.application_credential: CHECK (((sealed IS NOT NULL) = (kind = ANY (ARRAY['hmac'::text, 'ed25519'::text]))))
compliance.application_credential: CHECK (((secret_hash IS NOT NULL) = (kind = 'key'::text)))
compliance.application_credential: CHECK ((kind = ANY (ARRAY['key'::text, 'hmac'::text, 'ed25519'::text, 'answers'::text])))
compliance.application_credential: PRIMARY KEY (org, id)
compliance.application_line: CHECK (((opened_at IS NULL) = (probe_at IS NULL)))
compliance.application_line: CHECK ((failures >= 0))
compliance.application_line: PRIMARY KEY (org, application_id)
compliance.application_order: CHECK (((escalation >= 0) AND (escalation <= 2)))
compliance.application_order: CHECK ((action = ANY (ARRAY['erase'::text, 'anonymise'::text, 'archive'::text, 'restrict'::text, 'suspend'::text, 'release'::text, 'export'::text, 'rectify'::text])))
compliance.application_order: CHECK ((channel = ANY (ARRAY['sql'::text, 'pull'::text, 'webhook'::text, 'file'::text, 'email'::text, 'socle'::text])))
compliance.application_order: CHECK ((failed_answers >= 0))
compliance.application_order: CHECK ((generation > 0))
compliance.application_order: CHECK ((outcome = ANY (ARRAY['executed'::text, 'partly'::text, 'refused'::text, 'not_found'::text, 'failed'::text])))
compliance.application_order: CHECK ((state = ANY (ARRAY['planned'::text, 'held'::text, 'sent'::text, 'received'::text, 'executed'::text, 'partly'::text, 'refused'::text, 'not_found'::text, 'failed'::text, 'verified'::text, 'contradicted'::text])))
compliance.application_order: FOREIGN KEY (org, campaign_id) REFERENCES compliance.campaign(org, id)
compliance.application_order: PRIMARY KEY (org, id)
compliance.campaign: CHECK ((action = ANY (ARRAY['erase'::text, 'anonymise'::text, 'archive'::text, 'restrict'::text, 'suspend'::text, 'release'::text, 'export'::text, 'rectify'::text])))
compliance.campaign: CHECK ((kind = ANY (ARRAY['request'::text, 'purge'::text])))
compliance.campaign: PRIMARY KEY (org, id)
compliance.campaign_application: CHECK ((batch_size > 0))
compliance.campaign_application: CHECK ((channel = ANY (ARRAY['sql'::text, 'pull'::text, 'webhook'::text, 'file'::text, 'email'::text])))
compliance.campaign_application: FOREIGN KEY (org, campaign_id) REFERENCES compliance.campaign(org, id)
compliance.campaign_application: PRIMARY KEY (org, campaign_id, application_id)
compliance.campaign_subject: FOREIGN KEY (org, campaign_id) REFERENCES compliance.campaign(org, id)
compliance.campaign_subject: PRIMARY KEY (org, campaign_id, batch, person_id)
compliance.conformance_order: FOREIGN KEY (org, run_id) REFERENCES compliance.conformance_run(org, id) ON DELETE CASCADE
compliance.conformance_order: PRIMARY KEY (org, id)
compliance.conformance_run: CHECK (((state = 'running'::text) = (ended_at IS NULL)))
compliance.conformance_run: CHECK ((channel = ANY (ARRAY['webhook'::text, 'pull'::text])))
compliance.conformance_run: CHECK ((restart = ANY (ARRAY['never'::text, 'down'::text, 'seen'::text, 'told'::text])))
compliance.conformance_run: CHECK ((state = ANY (ARRAY['running'::text, 'passed'::text, 'failed'::text])))
compliance.conformance_run: PRIMARY KEY (org, id)
compliance.delivery: CHECK (((problem IS NOT NULL) = (result = ANY (ARRAY['unreached'::text, 'rejected'::text]))))
compliance.delivery: CHECK ((latency_ms >= 0))
compliance.delivery: CHECK ((result = ANY (ARRAY['received'::text, 'handed_over'::text, 'unreached'::text, 'rejected'::text])))
compliance.delivery: FOREIGN KEY (org, order_id) REFERENCES compliance.application_order(org, id)
compliance.delivery: PRIMARY KEY (org, id)
compliance.drop_watch: PRIMARY KEY (org, id)
compliance.file_retention: CHECK (((months >= 1) AND (months <= 600)))
compliance.file_retention: CHECK ((source <> ''::text))
compliance.file_retention: PRIMARY KEY (org)
compliance.hold: CHECK (((ended_at IS NULL) = (ended_how IS NULL)))
compliance.hold: CHECK ((cardinality(categories) > 0))
compliance.hold: CHECK ((ended_how = ANY (ARRAY['released'::text, 'end_date'::text])))
compliance.hold: CHECK ((ground = ANY (ARRAY['legal_claims'::text, 'legal_obligation'::text, 'accuracy_contested'::text, 'restriction_asked'::text, 'needed_by_person'::text, 'objection_examined'::text])))
compliance.hold: PRIMARY KEY (org, id)
compliance.identity: FOREIGN KEY (org, profile_id) REFERENCES compliance.profile(org, id) ON DELETE CASCADE
compliance.identity: PRIMARY KEY (org, id)
compliance.identity_lookup: PRIMARY KEY (org, hash, key_version, person_id)
compliance.identity_request: FOREIGN KEY (org, request_id) REFERENCES compliance.request(org, id)
compliance.identity_request: PRIMARY KEY (org, id)
compliance.identity_review: CHECK ((state = ANY (ARRAY['open'::text, 'same'::text, 'different'::text])))
compliance.identity_review: PRIMARY KEY (org, id)
compliance.letter_template: CHECK (((subject IS NULL) = (body IS NULL)))
compliance.letter_template: CHECK ((kind = ANY (ARRAY['acknowledgement'::text, 'identity_request'::text, 'extension'::text, 'complete_answer'::text, 'partial_answer'::text, 'not_found'::text, 'refusal'::text])))
compliance.letter_template: CHECK ((language = ANY (ARRAY['fr'::text, 'en'::text])))
compliance.letter_template: PRIMARY KEY (org, id)
compliance.order_answer: CHECK ((kind = ANY (ARRAY['order'::text, 'receipt'::text, 'outcome'::text, 'proof'::text, 'verification'::text, 'hand_check'::text])))
compliance.order_answer: FOREIGN KEY (org, order_id) REFERENCES compliance.application_order(org, id)
compliance.order_answer: PRIMARY KEY (org, id)
compliance.order_capture: FOREIGN KEY (org, order_id) REFERENCES compliance.application_order(org, id)
compliance.order_capture: PRIMARY KEY (org, order_id)
compliance.order_drop: FOREIGN KEY (org, id) REFERENCES compliance.application_order(org, id)
compliance.order_drop: PRIMARY KEY (org, id)
compliance.order_person: CHECK ((outcome = ANY (ARRAY['executed'::text, 'partly'::text, 'refused'::text, 'not_found'::text, 'failed'::text])))
compliance.order_person: FOREIGN KEY (org, order_id) REFERENCES compliance.application_order(org, id)
compliance.order_person: PRIMARY KEY (org, order_id, person_id)
compliance.order_task: CHECK ((reminders >= 0))
compliance.order_task: FOREIGN KEY (org, id) REFERENCES compliance.application_order(org, id)
compliance.order_task: PRIMARY KEY (org, id)
compliance.person: PRIMARY KEY (org, id)
compliance.person_join: CHECK ((found_by = ANY (ARRAY['identifiers'::text, 'review'::text])))
compliance.person_join: PRIMARY KEY (org, id)
compliance.profile: FOREIGN KEY (org, person_id) REFERENCES compliance.person(org, id) ON DELETE CASCADE
compliance.profile: PRIMARY KEY (org, id)
compliance.reissue_ledger: FOREIGN KEY (org, campaign_id) REFERENCES compliance.campaign(org, id)
compliance.reissue_ledger: PRIMARY KEY (org, id)
compliance.request: CHECK ((answer_kind = ANY (ARRAY['complete'::text, 'partial'::text, 'not_found'::text, 'refusal'::text])))
compliance.request: CHECK ((answer_mode = ANY (ARRAY['manual'::text, 'automatic'::text])))
compliance.request: CHECK ((extension_reason = ANY (ARRAY['complexity'::text, 'number_of_requests'::text])))
compliance.request: CHECK ((identity_by = ANY (ARRAY['operator'::text, 'contact_channel'::text, 'signed_in'::text, 'document'::text])))
compliance.request: CHECK ((intake = ANY (ARRAY['form'::text, 'email'::text, 'post'::text, 'phone'::text, 'store'::text, 'api'::text, 'cli'::text])))
compliance.request: CHECK ((language = ANY (ARRAY['fr'::text, 'en'::text])))
compliance.request: CHECK ((right_asked = 'erasure'::text))
compliance.request: CHECK ((state = ANY (ARRAY['received'::text, 'qualified'::text, 'identity_checked'::text, 'planned'::text, 'in_progress'::text, 'answered'::text, 'verified'::text, 'closed'::text, 'refused'::text, 'withdrawn'::text])))
compliance.request: PRIMARY KEY (org, id)
compliance.request_file: FOREIGN KEY (org, id) REFERENCES compliance.request(org, id)
compliance.request_file: PRIMARY KEY (org, id)
compliance.request_step: FOREIGN KEY (org, request_id) REFERENCES compliance.request(org, id)
compliance.request_step: PRIMARY KEY (org, id)
compliance.restoration: PRIMARY KEY (org, id)
compliance.task_message: CHECK ((kind = ANY (ARRAY['first'::text, 'reminder'::text, 'fresh'::text])))
compliance.task_message: FOREIGN KEY (org, order_id) REFERENCES compliance.application_order(org, id)
compliance.task_message: PRIMARY KEY (org, id)
compliance.task_proof: CHECK ((size_bytes > 0))
compliance.task_proof: FOREIGN KEY (org, order_id) REFERENCES compliance.application_order(org, id)
compliance.task_proof: PRIMARY KEY (org, id)
compliance.tombstone: PRIMARY KEY (org, id)
journal.checkpoint: PRIMARY KEY (org, size)
journal.entry: PRIMARY KEY (org, number)
journal.pending: PRIMARY KEY (org, "position")
journal.signing_key: PRIMARY KEY (org, id)
journal.tile: CHECK (((level >= 0) AND (index >= 0) AND ((length(hashes) % 32) = 0) AND ((length(hashes) >= 32) AND (length(hashes) <= 8192))))
journal.tile: PRIMARY KEY (org, level, index)
objects.bulk: PRIMARY KEY (org, id)
objects.bulk_item: CHECK ((status = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text])))
objects.bulk_item: FOREIGN KEY (org, bulk) REFERENCES objects.bulk(org, id)
objects.bulk_item: PRIMARY KEY (org, bulk, "position")
objects.comment: PRIMARY KEY (org, id)
objects.content: CHECK ((holders >= 0))
objects.content: CHECK ((state = ANY (ARRAY['arriving'::text, 'checking'::text, 'kept'::text, 'quarantined'::text])))
objects.content: PRIMARY KEY (org, id)
objects.content_piece: FOREIGN KEY (org, content) REFERENCES objects.content(org, id) ON DELETE CASCADE
objects.content_piece: PRIMARY KEY (org, content, place)
objects.file: FOREIGN KEY (org, content) REFERENCES objects.content(org, id)
objects.file: PRIMARY KEY (org, id)
objects.follower: PRIMARY KEY (org, object, user_id)
objects.history: CHECK ((action ~ '^[a-z]{2,20}$'::text))
objects.history: PRIMARY KEY (org, id)
objects.import: CHECK ((format = ANY (ARRAY['csv'::text, 'json'::text, 'xlsx'::text])))
objects.import: CHECK ((state = ANY (ARRAY['uploaded'::text, 'checking'::text, 'checked'::text, 'applying'::text, 'done'::text, 'undoing'::text, 'undone'::text, 'cancelled'::text, 'failed'::text])))
objects.import: PRIMARY KEY (org, id)
objects.import_effect: CHECK ((kept = ANY (ARRAY['changed'::text, 'referred'::text])))
objects.import_effect: PRIMARY KEY (org, import, object)
objects.import_file: PRIMARY KEY (org, import, part)
objects.import_line: CHECK ((verdict = ANY (ARRAY['create'::text, 'update'::text, 'same'::text, 'skip'::text, 'refuse'::text])))
objects.import_line: PRIMARY KEY (org, import, line)
objects.import_problem: PRIMARY KEY (org, import, line, place)
objects.link: PRIMARY KEY (org, id)
objects.link: UNIQUE (org, from_id, relation, to_id)
objects.mention: FOREIGN KEY (org, comment) REFERENCES objects.comment(org, id) ON DELETE CASCADE
objects.mention: PRIMARY KEY (org, comment, user_id)
objects.model_draft: PRIMARY KEY (org, id)
objects.notice_mail: CHECK (((daily_hour >= 0) AND (daily_hour <= 23)))
objects.notice_mail: CHECK (((quiet_from >= 0) AND (quiet_from <= 23)))
objects.notice_mail: CHECK (((quiet_to >= 0) AND (quiet_to <= 23)))
objects.notice_mail: CHECK ((rhythm = ANY (ARRAY['soon'::text, 'daily'::text, 'never'::text])))
objects.notice_mail: FOREIGN KEY (org, id) REFERENCES access."user"(org, id) ON DELETE CASCADE
objects.notice_mail: PRIMARY KEY (org, id)
objects.notification: FOREIGN KEY (org, user_id) REFERENCES access."user"(org, id) ON DELETE CASCADE
objects.notification: PRIMARY KEY (org, id)
objects.schedule_done: PRIMARY KEY (org, object, type, rule, occurrence)
objects.schedule_watch: PRIMARY KEY (org, id)
objects.secret: PRIMARY KEY (org, object)
objects.sequence: PRIMARY KEY (org, type, frame)
objects.task: CHECK (((assignee IS NULL) <> (role IS NULL)))
objects.task: FOREIGN KEY (org, assignee) REFERENCES access."user"(org, id) ON DELETE CASCADE
objects.task: PRIMARY KEY (org, id)
objects.tick: PRIMARY KEY (org, object, transition, item)
repository.catalogue: PRIMARY KEY (org, application_id)
repository.connection: CHECK (((channel <> 'sql'::text) OR ((sealed_url IS NOT NULL) AND (place IS NOT NULL))))
repository.connection: CHECK ((channel = ANY (ARRAY['sql'::text, 'webhook'::text, 'pull'::text, 'file'::text, 'email'::text])))
repository.connection: PRIMARY KEY (org, id)
repository.connection: UNIQUE (org, application_id)
repository.field: CHECK (((confidence >= 0) AND (confidence <= 100)))
repository.field: FOREIGN KEY (org, table_id) REFERENCES repository.source_table(org, id) ON DELETE CASCADE
repository.field: PRIMARY KEY (org, id)
repository.field: UNIQUE (org, application_id, schema_name, table_name, column_name)
repository.harvest: PRIMARY KEY (org, id)
repository.plan: PRIMARY KEY (org, id)
repository.plan: UNIQUE (org, application_id, digest)
repository.source_table: CHECK (((role_confidence >= 0) AND (role_confidence <= 100)))
repository.source_table: CHECK ((role = ANY (ARRAY['persons'::text, 'belongings'::text, 'activity'::text, 'reference'::text])))
repository.source_table: PRIMARY KEY (org, id)
repository.source_table: UNIQUE (org, application_id, schema_name, table_name)
repository.verdict: FOREIGN KEY (org, field_id) REFERENCES repository.field(org, id) ON DELETE CASCADE
repository.verdict: PRIMARY KEY (org, id)
store.idempotency: PRIMARY KEY (org, actor, key)
views.saved: CHECK (((length(name) >= 1) AND (length(name) <= 80)))
views.saved: FOREIGN KEY (org, user_id) REFERENCES access."user"(org, id) ON DELETE CASCADE
views.saved: PRIMARY KEY (org, id)

-- Indexes
CREATE INDEX address_confirmation_due ON compliance.address_confirmation USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX answer_copy_by_request ON compliance.answer_copy USING btree (org, request_id, id)
CREATE INDEX answer_copy_due ON compliance.answer_copy USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX api_key_by_name ON access.api_key USING btree (org, name COLLATE store."natural", id)
CREATE INDEX application_credential_by_application ON compliance.application_credential USING btree (org, application_id, kind, id)
CREATE INDEX application_order_by_application ON compliance.application_order USING btree (org, application_id, state, id)
CREATE INDEX application_order_by_campaign ON compliance.application_order USING btree (org, campaign_id)
CREATE INDEX application_order_due ON compliance.application_order USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX application_order_due_of ON compliance.application_order USING btree (org, application_id, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX application_order_open ON compliance.application_order USING btree (org, state, due_at) WHERE (state = ANY (ARRAY['planned'::text, 'held'::text, 'sent'::text, 'received'::text, 'failed'::text, 'partly'::text, 'contradicted'::text]))
CREATE INDEX application_order_to_deliver ON compliance.application_order USING btree (org, application_id, next_at) WHERE ((next_at IS NOT NULL) AND (delivered_at IS NULL))
CREATE INDEX application_order_to_pull ON compliance.application_order USING btree (org, application_id, id) WHERE ((channel = 'pull'::text) AND (state = ANY (ARRAY['planned'::text, 'sent'::text, 'received'::text])) AND (superseded_at IS NULL))
CREATE INDEX attempt_by_age ON access.attempt USING btree (began_at)
CREATE INDEX bulk_due ON objects.bulk USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX campaign_subject_by_person ON compliance.campaign_subject USING btree (org, person_id)
CREATE INDEX comment_of_object ON objects.comment USING btree (org, object, id)
CREATE INDEX conformance_order_by_run ON compliance.conformance_order USING btree (org, run_id, case_id, place)
CREATE INDEX conformance_order_offered ON compliance.conformance_order USING btree (org, run_id, offered_at) WHERE (offered_at IS NOT NULL)
CREATE INDEX conformance_run_by_application ON compliance.conformance_run USING btree (org, application_id, id DESC)
CREATE INDEX conformance_run_due ON compliance.conformance_run USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX content_due ON objects.content USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX delivery_by_age ON compliance.delivery USING btree (at)
CREATE INDEX delivery_by_application ON compliance.delivery USING btree (org, application_id, id DESC)
CREATE INDEX delivery_by_order ON compliance.delivery USING btree (org, order_id, id)
CREATE INDEX drop_watch_due ON compliance.drop_watch USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX entry_by_subject ON journal.entry USING btree (org, subject, number)
CREATE INDEX example_load_due ON access.example_load USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX field_by_category ON repository.field USING btree (org, application_id, category, schema_name, table_name, "position", id) WHERE (gone_at IS NULL)
CREATE INDEX field_by_place ON repository.field USING btree (org, application_id, schema_name, table_name, "position", id) WHERE (gone_at IS NULL)
CREATE INDEX field_by_table ON repository.field USING btree (org, table_id)
CREATE INDEX field_undecided ON repository.field USING btree (org, application_id, schema_name, table_name, "position", id) WHERE ((gone_at IS NULL) AND is_undecided)
CREATE INDEX file_due ON objects.file USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX file_of_content ON objects.file USING btree (org, content)
CREATE INDEX file_of_object ON objects.file USING btree (org, object, id) WHERE (object IS NOT NULL)
CREATE INDEX file_waiting ON objects.file USING btree (org, added_by) WHERE (object IS NULL)
CREATE INDEX follower_by_user ON objects.follower USING btree (org, user_id, object)
CREATE INDEX harvest_latest ON repository.harvest USING btree (org, application_id, finished_at DESC)
CREATE INDEX history_of_object ON objects.history USING btree (org, object, id)
CREATE INDEX hold_by_person ON compliance.hold USING btree (org, person_id, id)
CREATE INDEX hold_due ON compliance.hold USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX hold_in_force ON compliance.hold USING btree (org, placed_at, id) WHERE (ended_at IS NULL)
CREATE INDEX idempotency_by_age ON store.idempotency USING btree (created_at)
CREATE INDEX identity_by_profile ON compliance.identity USING btree (org, profile_id)
CREATE INDEX identity_request_by_request ON compliance.identity_request USING btree (org, request_id)
CREATE INDEX identity_review_by_other ON compliance.identity_review USING btree (org, other_person_id, state)
CREATE INDEX identity_review_by_person ON compliance.identity_review USING btree (org, person_id, state)
CREATE INDEX identity_review_by_request ON compliance.identity_review USING btree (org, request_id) WHERE (request_id IS NOT NULL)
CREATE INDEX import_by_age ON objects.import USING btree (org, created_at, id)
CREATE INDEX import_due ON objects.import USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX import_effect_by_line ON objects.import_effect USING btree (org, import, line)
CREATE INDEX letter_template_by_kind ON compliance.letter_template USING btree (org, kind, language, id)
CREATE INDEX link_to ON objects.link USING btree (org, to_id, relation, from_id)
CREATE INDEX mention_of_user ON objects.mention USING btree (org, user_id, at)
CREATE INDEX notice_mail_due ON objects.notice_mail USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX notification_of_object ON objects.notification USING btree (org, object)
CREATE INDEX notification_of_user ON objects.notification USING btree (org, user_id, id)
CREATE INDEX notification_unread ON objects.notification USING btree (org, user_id) WHERE (read_at IS NULL)
CREATE INDEX order_answer_by_order ON compliance.order_answer USING btree (org, order_id, id)
CREATE INDEX order_drop_kept ON compliance.order_drop USING btree (org, application_id, id) WHERE (deleted_at IS NULL)
CREATE INDEX order_person_by_person ON compliance.order_person USING btree (org, person_id)
CREATE INDEX order_task_due ON compliance.order_task USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX outbox_message_by_age ON access.outbox_message USING btree (org, id)
CREATE INDEX outbox_message_by_subject ON access.outbox_message USING btree (org, subject)
CREATE INDEX outbox_message_due ON access.outbox_message USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX person_by_join ON compliance.person USING btree (org, joined_into) WHERE (joined_into IS NOT NULL)
CREATE INDEX person_join_by_kept ON compliance.person_join USING btree (org, kept_id, id)
CREATE INDEX person_join_by_other ON compliance.person_join USING btree (org, other_id, id)
CREATE INDEX profile_by_person ON compliance.profile USING btree (org, person_id)
CREATE INDEX profile_by_request ON compliance.profile USING btree (org, request_id) WHERE (request_id IS NOT NULL)
CREATE INDEX reissue_ledger_due ON compliance.reissue_ledger USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX request_by_assignee ON compliance.request USING btree (org, assignee_id, due_on, id) WHERE (assignee_id IS NOT NULL)
CREATE INDEX request_by_controller ON compliance.request USING btree (org, controller_id, due_on, id)
CREATE INDEX request_by_deadline ON compliance.request USING btree (org, due_on, id)
CREATE INDEX request_by_person ON compliance.request USING btree (org, person_id)
CREATE INDEX request_by_state ON compliance.request USING btree (org, state, due_on, id)
CREATE INDEX request_due ON compliance.request USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX request_file_due ON compliance.request_file USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX request_of_nobody ON compliance.request USING btree (org, due_on, id) WHERE (assignee_id IS NULL)
CREATE INDEX request_open ON compliance.request USING btree (org, due_on, id) WHERE (state <> ALL (ARRAY['closed'::text, 'refused'::text, 'withdrawn'::text]))
CREATE INDEX request_step_by_request ON compliance.request_step USING btree (org, request_id, id)
CREATE INDEX restoration_by_application ON compliance.restoration USING btree (org, application_id, declared_at)
CREATE INDEX saved_by_owner ON views.saved USING btree (org, owner)
CREATE INDEX saved_by_user ON views.saved USING btree (org, user_id) WHERE (user_id IS NOT NULL)
CREATE INDEX saved_shared ON views.saved USING btree (org) WHERE (shared_with <> '{}'::text[])
CREATE INDEX schedule_watch_due ON objects.schedule_watch USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX session_by_expiry ON access.session USING btree (expires_at)
CREATE INDEX session_by_user ON access.session USING btree (org, user_id)
CREATE INDEX task_due ON objects.task USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX task_message_by_order ON compliance.task_message USING btree (org, order_id, id)
CREATE INDEX task_of_object ON objects.task USING btree (org, object)
CREATE INDEX task_of_role ON objects.task USING btree (org, role, due_on, id) WHERE (done_at IS NULL)
CREATE INDEX task_of_user ON objects.task USING btree (org, assignee, due_on, id) WHERE (done_at IS NULL)
CREATE INDEX task_proof_by_order ON compliance.task_proof USING btree (org, order_id, id)
CREATE INDEX task_proof_by_person ON compliance.task_proof USING btree (org, person_id) WHERE (sealed IS NOT NULL)
CREATE INDEX tombstone_by_hash ON compliance.tombstone USING btree (org, hash)
CREATE INDEX tombstone_due ON compliance.tombstone USING btree (org, next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX user_by_name ON access."user" USING btree (org, name COLLATE store."natural", id)
CREATE INDEX verdict_by_field ON repository.verdict USING btree (org, field_id, at DESC)
CREATE UNIQUE INDEX address_confirmation_pkey ON compliance.address_confirmation USING btree (org, id)
CREATE UNIQUE INDEX answer_copy_pkey ON compliance.answer_copy USING btree (org, id)
CREATE UNIQUE INDEX answer_file_by_digest ON compliance.answer_file USING btree (org, application_id, digest)
CREATE UNIQUE INDEX answer_file_pkey ON compliance.answer_file USING btree (org, id)
CREATE UNIQUE INDEX api_key_pkey ON access.api_key USING btree (id)
CREATE UNIQUE INDEX api_key_secret_hash_key ON access.api_key USING btree (secret_hash)
CREATE UNIQUE INDEX application_credential_by_secret ON compliance.application_credential USING btree (secret_hash) WHERE (secret_hash IS NOT NULL)
CREATE UNIQUE INDEX application_credential_pkey ON compliance.application_credential USING btree (org, id)
CREATE UNIQUE INDEX application_line_pkey ON compliance.application_line USING btree (org, application_id)
CREATE UNIQUE INDEX application_order_by_key ON compliance.application_order USING btree (org, key)
CREATE UNIQUE INDEX application_order_pkey ON compliance.application_order USING btree (org, id)
CREATE UNIQUE INDEX attempt_pkey ON access.attempt USING btree (bucket)
CREATE UNIQUE INDEX bulk_item_pkey ON objects.bulk_item USING btree (org, bulk, "position")
CREATE UNIQUE INDEX bulk_pkey ON objects.bulk USING btree (org, id)
CREATE UNIQUE INDEX campaign_application_pkey ON compliance.campaign_application USING btree (org, campaign_id, application_id)
CREATE UNIQUE INDEX campaign_pkey ON compliance.campaign USING btree (org, id)
CREATE UNIQUE INDEX campaign_subject_pkey ON compliance.campaign_subject USING btree (org, campaign_id, batch, person_id)
CREATE UNIQUE INDEX catalogue_pkey ON repository.catalogue USING btree (org, application_id)
CREATE UNIQUE INDEX checkpoint_pkey ON journal.checkpoint USING btree (org, size)
CREATE UNIQUE INDEX comment_pkey ON objects.comment USING btree (org, id)
CREATE UNIQUE INDEX conformance_order_pkey ON compliance.conformance_order USING btree (org, id)
CREATE UNIQUE INDEX conformance_run_pkey ON compliance.conformance_run USING btree (org, id)
CREATE UNIQUE INDEX conformance_run_running ON compliance.conformance_run USING btree (org, application_id) WHERE (state = 'running'::text)
CREATE UNIQUE INDEX connection_org_application_id_key ON repository.connection USING btree (org, application_id)
CREATE UNIQUE INDEX connection_pkey ON repository.connection USING btree (org, id)
CREATE UNIQUE INDEX content_by_digest ON objects.content USING btree (org, digest) WHERE (digest IS NOT NULL)
CREATE UNIQUE INDEX content_piece_pkey ON objects.content_piece USING btree (org, content, place)
CREATE UNIQUE INDEX content_pkey ON objects.content USING btree (org, id)
CREATE UNIQUE INDEX delivery_pkey ON compliance.delivery USING btree (org, id)
CREATE UNIQUE INDEX drop_watch_pkey ON compliance.drop_watch USING btree (org, id)
CREATE UNIQUE INDEX entry_by_id ON journal.entry USING btree (org, id)
CREATE UNIQUE INDEX entry_pkey ON journal.entry USING btree (org, number)
CREATE UNIQUE INDEX example_load_org_key ON access.example_load USING btree (org)
CREATE UNIQUE INDEX example_load_pkey ON access.example_load USING btree (org, id)
CREATE UNIQUE INDEX field_org_application_id_schema_name_table_name_column_name_key ON repository.field USING btree (org, application_id, schema_name, table_name, column_name)
CREATE UNIQUE INDEX field_pkey ON repository.field USING btree (org, id)
CREATE UNIQUE INDEX file_pkey ON objects.file USING btree (org, id)
CREATE UNIQUE INDEX file_retention_pkey ON compliance.file_retention USING btree (org)
CREATE UNIQUE INDEX follower_pkey ON objects.follower USING btree (org, object, user_id)
CREATE UNIQUE INDEX harvest_pkey ON repository.harvest USING btree (org, id)
CREATE UNIQUE INDEX history_pkey ON objects.history USING btree (org, id)
CREATE UNIQUE INDEX hold_pkey ON compliance.hold USING btree (org, id)
CREATE UNIQUE INDEX idempotency_pkey ON store.idempotency USING btree (org, actor, key)
CREATE UNIQUE INDEX identity_lookup_pkey ON compliance.identity_lookup USING btree (org, hash, key_version, person_id)
CREATE UNIQUE INDEX identity_pkey ON compliance.identity USING btree (org, id)
CREATE UNIQUE INDEX identity_request_pkey ON compliance.identity_request USING btree (org, id)
CREATE UNIQUE INDEX identity_review_pkey ON compliance.identity_review USING btree (org, id)
CREATE UNIQUE INDEX import_effect_pkey ON objects.import_effect USING btree (org, import, object)
CREATE UNIQUE INDEX import_file_pkey ON objects.import_file USING btree (org, import, part)
CREATE UNIQUE INDEX import_line_pkey ON objects.import_line USING btree (org, import, line)
CREATE UNIQUE INDEX import_pkey ON objects.import USING btree (org, id)
CREATE UNIQUE INDEX import_problem_pkey ON objects.import_problem USING btree (org, import, line, place)
CREATE UNIQUE INDEX letter_template_pkey ON compliance.letter_template USING btree (org, id)
CREATE UNIQUE INDEX link_once ON objects.link USING btree (org, from_id, relation, to_id)
CREATE UNIQUE INDEX link_pkey ON objects.link USING btree (org, id)
CREATE UNIQUE INDEX mention_pkey ON objects.mention USING btree (org, comment, user_id)
CREATE UNIQUE INDEX model_draft_pkey ON objects.model_draft USING btree (org, id)
CREATE UNIQUE INDEX notice_mail_pkey ON objects.notice_mail USING btree (org, id)
CREATE UNIQUE INDEX notification_pkey ON objects.notification USING btree (org, id)
CREATE UNIQUE INDEX order_answer_pkey ON compliance.order_answer USING btree (org, id)
CREATE UNIQUE INDEX order_capture_pkey ON compliance.order_capture USING btree (org, order_id)
CREATE UNIQUE INDEX order_drop_pkey ON compliance.order_drop USING btree (org, id)
CREATE UNIQUE INDEX order_person_pkey ON compliance.order_person USING btree (org, order_id, person_id)
CREATE UNIQUE INDEX order_task_pkey ON compliance.order_task USING btree (org, id)
CREATE UNIQUE INDEX organisation_pkey ON access.organisation USING btree (id)
CREATE UNIQUE INDEX organisation_slug_key ON access.organisation USING btree (slug)
CREATE UNIQUE INDEX outbox_message_pkey ON access.outbox_message USING btree (id)
CREATE UNIQUE INDEX pending_pkey ON journal.pending USING btree (org, "position")
CREATE UNIQUE INDEX perimeter_pkey ON access.perimeter USING btree (org, user_id, controller_id)
CREATE UNIQUE INDEX person_join_pkey ON compliance.person_join USING btree (org, id)
CREATE UNIQUE INDEX person_pkey ON compliance.person USING btree (org, id)
CREATE UNIQUE INDEX plan_org_application_id_digest_key ON repository.plan USING btree (org, application_id, digest)
CREATE UNIQUE INDEX plan_pkey ON repository.plan USING btree (org, id)
CREATE UNIQUE INDEX profile_pkey ON compliance.profile USING btree (org, id)
CREATE UNIQUE INDEX reissue_ledger_by_subject ON compliance.reissue_ledger USING btree (org, campaign_id, person_id)
CREATE UNIQUE INDEX reissue_ledger_pkey ON compliance.reissue_ledger USING btree (org, id)
CREATE UNIQUE INDEX request_by_number ON compliance.request USING btree (org, number)
CREATE UNIQUE INDEX request_file_pkey ON compliance.request_file USING btree (org, id)
CREATE UNIQUE INDEX request_pkey ON compliance.request USING btree (org, id)
CREATE UNIQUE INDEX request_step_pkey ON compliance.request_step USING btree (org, id)
CREATE UNIQUE INDEX restoration_pkey ON compliance.restoration USING btree (org, id)
CREATE UNIQUE INDEX saved_pkey ON views.saved USING btree (org, id)
CREATE UNIQUE INDEX schedule_done_pkey ON objects.schedule_done USING btree (org, object, type, rule, occurrence)
CREATE UNIQUE INDEX schedule_watch_pkey ON objects.schedule_watch USING btree (org, id)
CREATE UNIQUE INDEX secret_pkey ON objects.secret USING btree (org, object)
CREATE UNIQUE INDEX sequence_pkey ON objects.sequence USING btree (org, type, frame)
CREATE UNIQUE INDEX session_pkey ON access.session USING btree (id)
CREATE UNIQUE INDEX session_token_hash_key ON access.session USING btree (token_hash)
CREATE UNIQUE INDEX signing_key_in_force ON journal.signing_key USING btree (org) WHERE (retired_at IS NULL)
CREATE UNIQUE INDEX signing_key_pkey ON journal.signing_key USING btree (org, id)
CREATE UNIQUE INDEX source_table_org_application_id_schema_name_table_name_key ON repository.source_table USING btree (org, application_id, schema_name, table_name)
CREATE UNIQUE INDEX source_table_pkey ON repository.source_table USING btree (org, id)
CREATE UNIQUE INDEX task_message_pkey ON compliance.task_message USING btree (org, id)
CREATE UNIQUE INDEX task_pkey ON objects.task USING btree (org, id)
CREATE UNIQUE INDEX task_proof_pkey ON compliance.task_proof USING btree (org, id)
CREATE UNIQUE INDEX tick_pkey ON objects.tick USING btree (org, object, transition, item)
CREATE UNIQUE INDEX tile_pkey ON journal.tile USING btree (org, level, index)
CREATE UNIQUE INDEX tombstone_pkey ON compliance.tombstone USING btree (org, id)
CREATE UNIQUE INDEX user_by_email ON access."user" USING btree (email)
CREATE UNIQUE INDEX user_org_id_key ON access."user" USING btree (org, id)
CREATE UNIQUE INDEX user_pkey ON access."user" USING btree (id)
CREATE UNIQUE INDEX verdict_pkey ON repository.verdict USING btree (org, id)

-- Policies
access.api_key: organisation (org = store.current_org())
access.api_key: owner true
access.attempt: organisation (org = store.current_org())
access.attempt: owner true
access.example_load: organisation (org = store.current_org())
access.example_load: owner true
access.organisation: organisation (org = store.current_org())
access.organisation: owner true
access.outbox_message: organisation (org = store.current_org())
access.outbox_message: owner true
access.perimeter: organisation (org = store.current_org())
access.perimeter: owner true
access.session: organisation (org = store.current_org())
access.session: owner true
access.user: organisation (org = store.current_org())
access.user: owner true
compliance.address_confirmation: organisation (org = store.current_org())
compliance.address_confirmation: owner true
compliance.answer_copy: organisation (org = store.current_org())
compliance.answer_copy: owner true
compliance.answer_file: organisation (org = store.current_org())
compliance.answer_file: owner true
compliance.application_credential: organisation (org = store.current_org())
compliance.application_credential: owner true
compliance.application_line: organisation (org = store.current_org())
compliance.application_line: owner true
compliance.application_order: organisation (org = store.current_org())
compliance.application_order: owner true
compliance.campaign: organisation (org = store.current_org())
compliance.campaign: owner true
compliance.campaign_application: organisation (org = store.current_org())
compliance.campaign_application: owner true
compliance.campaign_subject: organisation (org = store.current_org())
compliance.campaign_subject: owner true
compliance.conformance_order: organisation (org = store.current_org())
compliance.conformance_order: owner true
compliance.conformance_run: organisation (org = store.current_org())
compliance.conformance_run: owner true
compliance.delivery: organisation (org = store.current_org())
compliance.delivery: owner true
compliance.drop_watch: organisation (org = store.current_org())
compliance.drop_watch: owner true
compliance.file_retention: organisation (org = store.current_org())
compliance.file_retention: owner true
compliance.hold: organisation (org = store.current_org())
compliance.hold: owner true
compliance.identity: organisation (org = store.current_org())
compliance.identity: owner true
compliance.identity_lookup: organisation (org = store.current_org())
compliance.identity_lookup: owner true
compliance.identity_request: organisation (org = store.current_org())
compliance.identity_request: owner true
compliance.identity_review: organisation (org = store.current_org())
compliance.identity_review: owner true
compliance.letter_template: organisation (org = store.current_org())
compliance.letter_template: owner true
compliance.order_answer: organisation (org = store.current_org())
compliance.order_answer: owner true
compliance.order_capture: organisation (org = store.current_org())
compliance.order_capture: owner true
compliance.order_drop: organisation (org = store.current_org())
compliance.order_drop: owner true
compliance.order_person: organisation (org = store.current_org())
compliance.order_person: owner true
compliance.order_task: organisation (org = store.current_org())
compliance.order_task: owner true
compliance.person: organisation (org = store.current_org())
compliance.person: owner true
compliance.person_join: organisation (org = store.current_org())
compliance.person_join: owner true
compliance.profile: organisation (org = store.current_org())
compliance.profile: owner true
compliance.reissue_ledger: organisation (org = store.current_org())
compliance.reissue_ledger: owner true
compliance.request: organisation (org = store.current_org())
compliance.request: owner true
compliance.request_file: organisation (org = store.current_org())
compliance.request_file: owner true
compliance.request_step: organisation (org = store.current_org())
compliance.request_step: owner true
compliance.restoration: organisation (org = store.current_org())
compliance.restoration: owner true
compliance.task_message: organisation (org = store.current_org())
compliance.task_message: owner true
compliance.task_proof: organisation (org = store.current_org())
compliance.task_proof: owner true
compliance.tombstone: organisation (org = store.current_org())
compliance.tombstone: owner true
journal.checkpoint: organisation (org = store.current_org())
journal.checkpoint: owner true
journal.entry: organisation (org = store.current_org())
journal.entry: owner true
journal.pending: organisation (org = store.current_org())
journal.pending: owner true
journal.signing_key: organisation (org = store.current_org())
journal.signing_key: owner true
journal.tile: organisation (org = store.current_org())
journal.tile: owner true
objects.bulk: organisation (org = store.current_org())
objects.bulk: owner true
objects.bulk_item: organisation (org = store.current_org())
objects.bulk_item: owner true
objects.comment: organisation (org = store.current_org())
objects.comment: owner true
objects.content: organisation (org = store.current_org())
objects.content: owner true
objects.content_piece: organisation (org = store.current_org())
objects.content_piece: owner true
objects.file: organisation (org = store.current_org())
objects.file: owner true
objects.follower: organisation (org = store.current_org())
objects.follower: owner true
objects.history: organisation (org = store.current_org())
objects.history: owner true
objects.import: organisation (org = store.current_org())
objects.import: owner true
objects.import_effect: organisation (org = store.current_org())
objects.import_effect: owner true
objects.import_file: organisation (org = store.current_org())
objects.import_file: owner true
objects.import_line: organisation (org = store.current_org())
objects.import_line: owner true
objects.import_problem: organisation (org = store.current_org())
objects.import_problem: owner true
objects.link: organisation (org = store.current_org())
objects.link: owner true
objects.mention: organisation (org = store.current_org())
objects.mention: owner true
objects.model_draft: organisation (org = store.current_org())
objects.model_draft: owner true
objects.notice_mail: organisation (org = store.current_org())
objects.notice_mail: owner true
objects.notification: organisation (org = store.current_org())
objects.notification: owner true
objects.schedule_done: organisation (org = store.current_org())
objects.schedule_done: owner true
objects.schedule_watch: organisation (org = store.current_org())
objects.schedule_watch: owner true
objects.secret: organisation (org = store.current_org())
objects.secret: owner true
objects.sequence: organisation (org = store.current_org())
objects.sequence: owner true
objects.task: organisation (org = store.current_org())
objects.task: owner true
objects.tick: organisation (org = store.current_org())
objects.tick: owner true
repository.catalogue: organisation (org = store.current_org())
repository.catalogue: owner true
repository.connection: organisation (org = store.current_org())
repository.connection: owner true
repository.field: organisation (org = store.current_org())
repository.field: owner true
repository.harvest: organisation (org = store.current_org())
repository.harvest: owner true
repository.plan: organisation (org = store.current_org())
repository.plan: owner true
repository.source_table: organisation (org = store.current_org())
repository.source_table: owner true
repository.verdict: organisation (org = store.current_org())
repository.verdict: owner true
store.idempotency: organisation (org = store.current_org())
store.idempotency: owner true
views.saved: organisation (org = store.current_org())
views.saved: owner true

-- Grants to the application role
access.api_key: insert, select, update
access.attempt: select
access.example_load: delete, insert, select, update
access.organisation: select, update
access.outbox_message: delete, insert, select, update
access.perimeter: delete, insert, select
access.session: delete, insert, select, update
access.user: delete, insert, select, update
compliance.address_confirmation: delete, insert, select, update
compliance.answer_copy: delete, insert, select, update
compliance.answer_file: delete, insert, select, update
compliance.application_credential: delete, insert, select, update
compliance.application_line: delete, insert, select, update
compliance.application_order: delete, insert, select, update
compliance.campaign: delete, insert, select, update
compliance.campaign_application: delete, insert, select, update
compliance.campaign_subject: delete, insert, select, update
compliance.conformance_order: delete, insert, select, update
compliance.conformance_run: delete, insert, select, update
compliance.delivery: insert, select
compliance.drop_watch: delete, insert, select, update
compliance.file_retention: delete, insert, select, update
compliance.hold: delete, insert, select, update
compliance.identity: delete, insert, select, update
compliance.identity_lookup: delete, insert, select, update
compliance.identity_request: delete, insert, select, update
compliance.identity_review: delete, insert, select, update
compliance.letter_template: insert, select
compliance.order_answer: delete, insert, select, update
compliance.order_capture: delete, insert, select, update
compliance.order_drop: delete, insert, select, update
compliance.order_person: delete, insert, select, update
compliance.order_task: delete, insert, select, update
compliance.person: delete, insert, select, update
compliance.person_join: delete, insert, select, update
compliance.profile: delete, insert, select, update
compliance.reissue_ledger: delete, insert, select, update
compliance.request: delete, insert, select, update
compliance.request_file: delete, insert, select, update
compliance.request_step: delete, insert, select, update
compliance.restoration: insert, select
compliance.task_message: insert, select
compliance.task_proof: delete, insert, select, update
compliance.tombstone: delete, insert, select, update
journal.checkpoint: insert, select
journal.entry: insert, select
journal.pending: delete, insert, select
journal.signing_key: insert, select
journal.tile: insert, select, update
objects.bulk: insert, select, update
objects.bulk_item: insert, select, update
objects.comment: delete, insert, select, update
objects.content: delete, insert, select, update
objects.content_piece: delete, insert, select, update
objects.file: delete, insert, select, update
objects.follower: delete, insert, select
objects.history: insert, select
objects.import: delete, insert, select, update
objects.import_effect: delete, insert, select, update
objects.import_file: delete, insert, select, update
objects.import_line: delete, insert, select, update
objects.import_problem: delete, insert, select, update
objects.link: delete, insert, select, update
objects.mention: delete, insert, select
objects.model_draft: delete, insert, select, update
objects.notice_mail: delete, insert, select, update
objects.notification: delete, insert, select, update
objects.schedule_done: delete, insert, select
objects.schedule_watch: delete, insert, select, update
objects.secret: delete, insert, select
objects.sequence: delete, insert, select, update
objects.task: delete, insert, select, update
objects.tick: delete, insert, select
repository.catalogue: delete, insert, select, update
repository.connection: delete, insert, select, update
repository.field: delete, insert, select, update
repository.harvest: delete, insert, select, update
repository.plan: insert, select
repository.source_table: delete, insert, select, update
repository.verdict: insert, select
store.idempotency: delete, insert, select, update
views.saved: delete, insert, select, update

-- Functions
CREATE OR REPLACE FUNCTION access.chosen_example()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select example from access.example_load order by asked_at limit 1
$function$

CREATE OR REPLACE FUNCTION access.count_attempt(of_bucket bytea, at timestamp with time zone, window_began timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into access.attempt as a (bucket, began_at, attempts) values (of_bucket, at, 1)
  on conflict (bucket) do update set
    attempts = case when a.began_at <= window_began then 1 else a.attempts + 1 end,
    began_at = case when a.began_at <= window_began then at else a.began_at end
  returning attempts
$function$

CREATE OR REPLACE FUNCTION access.create_organisation(new_id uuid, new_slug text, new_name text, at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  insert into access.organisation (id, slug, name, created_at) values (new_id, new_slug, new_name, at)
$function$

CREATE OR REPLACE FUNCTION access.find_api_key(hash bytea, at timestamp with time zone)
 RETURNS TABLE(found_org uuid, found_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select k.org, k.id from access.api_key k
   where k.secret_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > at)
$function$

CREATE OR REPLACE FUNCTION access.find_session(hash bytea, at timestamp with time zone, idle_since timestamp with time zone)
 RETURNS TABLE(found_org uuid, found_id uuid, found_user uuid, found_seen_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select s.org, s.id, s.user_id, s.seen_at from access.session s
   where s.token_hash = hash and s.expires_at > at and s.seen_at > idle_since
$function$

CREATE OR REPLACE FUNCTION access.find_user(address text)
 RETURNS TABLE(found_org uuid, found_id uuid, found_password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select u.org, u.id, u.password_hash from access.user u where u.email = address and u.is_active
$function$

CREATE OR REPLACE FUNCTION access.forgive_attempts(of_bucket bytea)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  delete from access.attempt where bucket = of_bucket
$function$

CREATE OR REPLACE FUNCTION access.has_users()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select 1 from access.user)
$function$

CREATE OR REPLACE FUNCTION access.organisations()
 RETURNS TABLE(found_id uuid, found_slug text, found_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select o.id, o.slug, o.name from access.organisation o order by o.created_at, o.id
$function$

CREATE OR REPLACE FUNCTION access.sweep(at timestamp with time zone, attempts_before timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  delete from access.session where expires_at <= at;
  delete from access.attempt where began_at <= attempts_before
$function$

CREATE OR REPLACE FUNCTION compliance.find_application_key(hash bytea, at timestamp with time zone)
 RETURNS TABLE(found_org uuid, found_id uuid, found_application uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select k.org, k.id, k.application_id from compliance.application_credential k
   where k.secret_hash = hash and k.revoked_at is null and (k.ends_at is null or k.ends_at > at)
$function$

CREATE OR REPLACE FUNCTION compliance.forget_deliveries(before timestamp with time zone, most integer)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with old as materialized (
    select d.org, d.id from compliance.delivery d
      join compliance.application_order o on o.org = d.org and o.id = d.order_id
     where d.at < before and (o.superseded_at is not null or o.state not in ('planned', 'held', 'sent', 'received', 'failed', 'partly'))
     order by d.at limit most),
  gone as (delete from compliance.delivery d using old where d.org = old.org and d.id = old.id returning 1)
  select count(*) from gone
$function$

CREATE OR REPLACE FUNCTION journal.hint_pending()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform pg_notify('socle_journal', '');
  return null;
end
$function$

CREATE OR REPLACE FUNCTION journal.keep_tile()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if new.org <> old.org or new.level <> old.level or new.index <> old.index
     or substring(new.hashes for length(old.hashes)) <> old.hashes then
    raise exception 'a tile of the journal only grows' using errcode = 'restrict_violation';
  end if;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION journal.organisations_pending()
 RETURNS TABLE(org uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with recursive waiting as (
    (select p.org from journal.pending p order by p.org limit 1)
    union all
    select (select p.org from journal.pending p where p.org > w.org order by p.org limit 1)
      from waiting w where w.org is not null
  )
  select w.org from waiting w where w.org is not null
$function$

CREATE OR REPLACE FUNCTION store.current_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('socle.org'::text, true), ''::text))::uuid

CREATE OR REPLACE FUNCTION store.due(tables text[], at timestamp with time zone)
 RETURNS TABLE(due_table text, due_org uuid)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  name text;
begin
  foreach name in array tables loop
    return query execute format(
      'select %L::text, o.id from access.organisation o where exists (select 1 from %s t where t.org = o.id
         and t.next_at <= $1 and (t.leased_until is null or t.leased_until <= $1))', name, name::regclass) using at;
  end loop;
end
$function$

CREATE OR REPLACE FUNCTION store.forget_keys(before timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with gone as (delete from store.idempotency where created_at < before returning 1) select count(*) from gone
$function$

CREATE OR REPLACE FUNCTION store.model_version()
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select max(number) from public.socle_model_version where finished_at is not null
$function$

CREATE OR REPLACE FUNCTION store.proposal_applied(proposal uuid, at timestamp with time zone, by text)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  with applied as (
    update public.socle_model_proposal set applied_at = at, applied_by = by
     where id = proposal and applied_at is null
       and exists (select from public.socle_model_version v where v.proposal = id and v.finished_at is not null)
    returning 1
  )
  select exists (select from applied)
$function$

CREATE OR REPLACE FUNCTION store.protect(target text, verbs text DEFAULT 'select, insert, update, delete'::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  application text := current_setting('socle.app_role');
begin
  execute format('alter table %s enable row level security', target::regclass);
  execute format('alter table %s force row level security', target::regclass);
  execute format('create policy organisation on %s to %I using (org = store.current_org()) with check (org = store.current_org())',
    target::regclass, application);
  execute format('create policy owner on %s to %I using (true) with check (true)', target::regclass, current_user);
  execute format('grant usage on schema %I to %I', split_part(target, '.', 1), application);
  execute format('grant %s on %s to %I', verbs, target::regclass, application);
end
$function$

