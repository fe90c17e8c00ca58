import { z } from 'zod';
import { type PageApp, page, redirect, type Slice } from '../../http/index.ts';
import { type Cause, type Language, type Problem, Refusal } from '../../kernel/index.ts';
import { writeOnce } from '../../store/index.ts';
import {
  Button,
  Form,
  FormActions,
  HiddenField,
  InputField,
  Notice,
  problemOf,
  reader,
  SelectField,
  TextAreaField,
} from '../../ui/index.ts';
import { awaitConfirmation } from '../confirmation/confirmation.ts';
import type { Engine } from '../engine.ts';
import { type GivenIdentity, normaliseValue } from '../person/kinds.ts';
import { openRequest } from '../request/intake.ts';
import { readToken, statusPath } from '../request/status-link.ts';
import { viewRequest } from '../request/view.ts';
import { acknowledge } from './acknowledge.ts';
import { answerPages } from './answer.pages.tsx';
import { confirmPages } from './confirm.pages.tsx';
import { FormPace, mostFormsAnHour, mostLettersAnHour } from './form-pace.ts';
import { lostLinkPage } from './lost-link.tsx';
import { type FormOrganisation, organisationOfForm } from './organisation.ts';
import { statusPage } from './status-page.tsx';
import { expectEmptyTrap, expectTicket, ticketAgain } from './ticket.ts';
import { words } from './words.ts';

const form = z.object({
  email: z.string().trim().min(3).max(320),
  first_name: z.string().trim().max(100).optional(),
  last_name: z.string().trim().max(100).optional(),
  loyalty_number: z.string().trim().max(60).optional(),
  message: z.string().trim().max(4000).optional(),
  controller: z.string().max(60).optional(),
  ticket: z.string().max(100).optional(),
  homepage: z.string().max(500).optional(),
});
type Asked = z.output<typeof form>;

/** What a customer of the organisation sees: a form, a receipt, a status. No account, no script needed. */
export function publicFormSlice(engine: Engine): Slice {
  const { clock } = engine.store;
  const visitors = new FormPace(clock, mostFormsAnHour);
  const letters = new FormPace(clock, mostLettersAnHour);
  return {
    name: 'public-form',
    pages(app) {
      app.publicGet('/r/:organisation', {}, async ({ params }) =>
        formPage(engine, await organisationOfForm(engine.store, params.organisation), {}, []),
      );
      app.publicPost(
        '/r/:organisation',
        {
          form,
          again: async ({ params }, refusal, typed) =>
            formPage(
              engine,
              await organisationOfForm(engine.store, params.organisation),
              typed,
              refusal.problems.length > 0
                ? refusal.problems.map(toField)
                : [{ pointer: '/email', code: 'refused', text: refusal.text }],
              refusal.status,
            ),
        },
        async (visit) => {
          const { scope } = await organisationOfForm(engine.store, visit.params.organisation);
          expectEmptyTrap(visit.body.homepage);
          expectTicket(scope, visit.body.ticket, clock.now());
          visitors.expect(visit.clientAddress);
          if (visit.body.controller === undefined && (await engine.register.controllers(scope)).length > 1)
            throw whichBrand();
          const cause: Cause = { actor: { kind: 'person' }, source: 'form', key: visit.requestHash.toString('hex') };
          const written = await writeOnce(scope, cause, visit.requestHash, async (writing) => {
            const opened = await openRequest(engine, writing, intakeOf(visit.body, visit.language));
            // Past its pace the request is taken all the same, and nobody's mailbox is filled.
            const to = normaliseValue('email', visit.body.email) ?? visit.body.email;
            const lastDay = await awaitConfirmation(writing, opened.id);
            if (letters.take(`${scope.org} ${to}`)) await acknowledge(engine, writing, opened.id, lastDay);
            return { status: 201, resource: opened.id };
          });
          return redirect(statusPath(scope, written.resource), { flash: words.received });
        },
      );
      statusPages(engine, app);
      confirmPages(engine, app);
      answerPages(engine, app, { visitors, letters });
    },
  };
}

function intakeOf(body: Asked, language: Language) {
  const optional = (kind: 'first_name' | 'last_name' | 'loyalty_number'): readonly GivenIdentity[] => {
    const value = body[kind];
    return value === undefined || value === '' ? [] : [{ kind, value }];
  };
  return {
    right: 'erasure',
    identities: [
      { kind: 'email', value: body.email },
      ...optional('loyalty_number'),
      ...optional('first_name'),
      ...optional('last_name'),
    ],
    contact: {
      name: [body.first_name, body.last_name].filter((part) => part !== undefined).join(' ') || null,
      email: body.email,
      postalAddress: null,
    },
    controllerId: body.controller ?? null,
    intake: 'form' as const,
    language,
    receivedOn: null,
    note: body.message ?? null,
    identityProof: null,
    answer: 'manual' as const,
  };
}

/** A problem told of an identity's place, as the form's own field. */
function toField(problem: Problem): Problem {
  return problem.pointer.startsWith('/identities/') ? { ...problem, pointer: '/email' } : problem;
}

function statusPages(engine: Engine, app: PageApp): void {
  app.publicGet('/r/:organisation/status/:token', {}, async ({ params }) => {
    const { scope, name, slug } = await organisationOfForm(engine.store, params.organisation);
    const id = readToken(scope, params.token, 'status');
    if (id === null) return lostLinkPage();
    const view = await viewRequest(scope, id);
    const controller = view.request.controller_id;
    return statusPage(
      { name, slug },
      view,
      controller === null ? null : await engine.register.sender(scope, controller),
    );
  });
}

async function formPage(
  engine: Engine,
  organisation: FormOrganisation,
  typed: Readonly<Record<string, string>>,
  problems: readonly Problem[],
  status = 200,
) {
  const controllers = await engine.register.controllers(organisation.scope);
  const field = (name: string) => ({ name, value: typed[name], problems });
  return page({
    title: words.title(organisation.name),
    lead: words.lead,
    shell: 'bare',
    status,
    content: (
      <>
        <Form id="request" action={`/r/${organisation.slug}`} problems={problems}>
          <HiddenField
            name="ticket"
            value={ticketAgain(organisation.scope, typed.ticket, organisation.scope.clock.now())}
          />
          <Trap problems={problems} />
          {controllers.length < 2 ? null : (
            <SelectField
              {...field('controller')}
              label={words.brand}
              choices={controllers.map(({ id, brand }) => ({ value: id, text: { fr: brand, en: brand } }))}
              isRequired
            />
          )}
          <InputField
            {...field('email')}
            kind="email"
            label={words.email}
            hint={words.emailHint}
            autocomplete="email"
            isRequired
          />
          <InputField {...field('first_name')} label={words.firstName} autocomplete="given-name" width="medium" />
          <InputField {...field('last_name')} label={words.lastName} autocomplete="family-name" width="medium" />
          <InputField {...field('loyalty_number')} label={words.loyalty} hint={words.loyaltyHint} width="medium" />
          <TextAreaField {...field('message')} label={words.message} hint={words.messageHint} rows={4} />
          <FormActions>
            <Button kind="main" text={words.send} />
          </FormActions>
        </Form>
        <Notice tone="neutral" title={words.rights} detail={words.rightsDetail} />
        <Already slug={organisation.slug} />
      </>
    ),
  });
}

function Already(props: { readonly slug: string }) {
  const { say } = reader();
  return (
    <p>
      {say(words.already)} <a href={`/r/${props.slug}/link`}>{say(words.freshLink)}</a>
    </p>
  );
}

/** Out of sight, of reach by keyboard, and of screen readers. Shown to whoever it caught, who may be a person. */
function Trap(props: { readonly problems: readonly Problem[] }) {
  if (problemOf('homepage', props.problems) !== undefined) {
    return <InputField name="homepage" label={words.trap} problems={props.problems} />;
  }
  return (
    <label class="hidden" aria-hidden="true">
      {reader().say(words.trap)}
      <input name="homepage" tabindex={-1} autocomplete="off" />
    </label>
  );
}

function whichBrand(): Refusal {
  const text = words.whichBrand;
  return new Refusal('form.which_brand', 422, text, [{ pointer: '/controller', code: 'needed', text }]);
}
