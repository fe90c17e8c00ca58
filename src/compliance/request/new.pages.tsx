import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type PageApp, page, redirect, saying, type Who } from '../../http/index.ts';
import { dayOf, isDay, type Problem, parseId, publicId, Refusal, type Text } from '../../kernel/index.ts';
import { writeOnce } from '../../store/index.ts';
import {
  Button,
  CheckboxField,
  Fieldset,
  Form,
  FormActions,
  InputField,
  LinkButton,
  SelectField,
  TextAreaField,
} from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { commonKinds, type GivenIdentity, kindLabel } from '../person/kinds.ts';
import { type IntakeChannel, openRequest } from './intake.ts';
import { intakeWords } from './intake-words.ts';
import { expectPerimeter } from './perimeter.ts';
import { requestsCrumb } from './show.pages.tsx';

const text = (most: number) => z.string().trim().max(most).optional();
const dayText = z
  .string()
  .refine(
    isDay,
    saying({ fr: 'Une date est attendue, telle que 2026-11-22.', en: 'A date is expected, such as 2026-11-22.' }),
  );

const form = z.object({
  controller: z.string().max(60).optional(),
  intake: z.enum(['post', 'phone', 'store', 'email']),
  receivedOn: dayText,
  language: z.enum(['fr', 'en']).default('fr'),
  email: text(320),
  loyalty_number: text(60),
  customer_id: text(60),
  phone: text(40),
  first_name: text(100),
  last_name: text(100),
  birth_date: text(20),
  postcode: text(20),
  address: text(1000),
  note: text(4000),
  attested: z.string().optional(),
});

type Asked = z.output<typeof form>;

/** The staff's form: a request received by post, by phone, in a store, by e-mail. */
export function newPages(engine: Engine, app: PageApp): void {
  const allow = may('requests.handle');
  app.get('/requests/new', { allow }, ({ who }) => newPage(engine, who, {}, []));
  app.post(
    '/requests',
    {
      form,
      allow,
      again: ({ who }, refusal, typed) => newPage(engine, who, typed, problemsOf(refusal.problems, refusal.text)),
    },
    async (visit) => {
      const { who, body } = visit;
      const controllers = await controllersOf(engine, who);
      if (body.controller === undefined && controllers.length > 1) throw noController();
      const controllerId = body.controller === undefined ? null : (parseId('obj', body.controller) ?? body.controller);
      expectPerimeter(who, who.perimeters === null ? null : controllerId);
      const written = await writeOnce(who.scope, visit.cause, visit.requestHash, async (writing) => {
        const opened = await openRequest(engine, writing, {
          right: 'erasure',
          identities: identitiesOf(body),
          contact: {
            name: [body.first_name, body.last_name].filter((part) => part !== undefined).join(' ') || null,
            email: body.email ?? null,
            postalAddress: body.address ?? null,
          },
          controllerId,
          intake: body.intake,
          language: body.language,
          receivedOn: isDay(body.receivedOn) ? body.receivedOn : null,
          note: body.note ?? null,
          identityProof: body.attested === undefined ? null : 'operator',
          answer: 'manual',
        });
        return { status: 201, resource: publicId('req', opened.id) };
      });
      return redirect(`/requests/${written.resource}`, { flash: words.recorded });
    },
  );
}

/** Those whose requests this user may handle. */
async function controllersOf(engine: Engine, who: Who) {
  const all = await engine.register.controllers(who.scope);
  return all.filter(({ id }) => who.perimeters === null || who.perimeters.includes(id));
}

function noController(): Refusal {
  const text = { fr: 'Choisissez le responsable de traitement.', en: 'Choose the controller.' };
  return new Refusal('request.no_controller', 422, text, [{ pointer: '/controller', code: 'required', text }]);
}

/** A refusal without a field of its own is told at the top of the form. */
function problemsOf(problems: readonly Problem[], otherwise: Text): readonly Problem[] {
  return problems.length > 0 ? problems : [{ pointer: '/email', code: 'refused', text: otherwise }];
}

function identitiesOf(body: Asked): readonly GivenIdentity[] {
  return commonKinds.flatMap((kind) => {
    const value = body[kind];
    return value === undefined || value === '' ? [] : [{ kind, value }];
  });
}

async function newPage(
  engine: Engine,
  who: Who,
  typed: Readonly<Record<string, string>>,
  problems: readonly Problem[],
) {
  const controllers = await controllersOf(engine, who);
  const today = dayOf(who.scope.clock.now());
  const field = (name: (typeof commonKinds)[number]) => ({
    name,
    label: kindLabel(name),
    value: typed[name],
    problems,
  });
  return page({
    title: words.title,
    lead: words.lead,
    breadcrumbs: [requestsCrumb],
    status: problems.length === 0 ? 200 : 422,
    content: (
      <Form id="request" action="/requests" problems={problems}>
        <Fieldset legend={words.person} hint={words.personHint}>
          <InputField {...field('email')} kind="email" autocomplete="off" />
          <InputField {...field('loyalty_number')} width="medium" />
          <InputField {...field('customer_id')} width="medium" />
          <InputField {...field('first_name')} width="medium" autocomplete="off" />
          <InputField {...field('last_name')} width="medium" autocomplete="off" />
          <InputField {...field('birth_date')} kind="date" width="narrow" />
          <InputField {...field('postcode')} width="narrow" />
          <InputField {...field('phone')} kind="tel" width="medium" autocomplete="off" />
          <TextAreaField
            name="address"
            label={words.address}
            hint={words.addressHint}
            value={typed.address}
            rows={3}
            problems={problems}
          />
        </Fieldset>
        <Fieldset legend={words.request}>
          <SelectField
            name="intake"
            label={words.intake}
            choices={intakes.map((value) => ({ value, text: intakeWords[value] }))}
            value={typed.intake ?? 'post'}
            emptyText={null}
            isRequired
            problems={problems}
          />
          <InputField
            name="receivedOn"
            kind="date"
            label={words.received}
            hint={words.receivedHint}
            value={typed.receivedOn ?? today}
            max={today}
            width="narrow"
            isRequired
            problems={[
              ...problems,
              ...problems
                .filter((one) => one.pointer === '/received')
                .map((one) => ({ ...one, pointer: '/receivedOn' })),
            ]}
          />
          {controllers.length < 2 ? null : (
            <SelectField
              name="controller"
              label={words.controller}
              choices={controllers.map(({ id, name }) => ({ value: id, text: { fr: name, en: name } }))}
              value={typed.controller}
              isRequired
              problems={problems}
            />
          )}
          <SelectField
            name="language"
            label={words.language}
            choices={[
              { value: 'fr', text: words.french },
              { value: 'en', text: words.english },
            ]}
            value={typed.language ?? 'fr'}
            emptyText={null}
            isRequired
            problems={problems}
          />
          <TextAreaField
            name="note"
            label={words.note}
            hint={words.noteHint}
            value={typed.note}
            rows={3}
            problems={problems}
          />
          <CheckboxField
            name="attested"
            label={words.attested}
            hint={words.attestedHint}
            isChecked={typed.attested !== undefined}
          />
        </Fieldset>
        <FormActions>
          <Button kind="main" text={words.record} />
          <LinkButton href="/requests" text={words.cancel} kind="quiet" />
        </FormActions>
      </Form>
    ),
  });
}

const intakes: readonly Extract<IntakeChannel, 'post' | 'phone' | 'store' | 'email'>[] = [
  'post',
  'phone',
  'store',
  'email',
];

const words = {
  title: { fr: 'Nouvelle demande d’effacement', en: 'New request for erasure' },
  lead: {
    fr: 'Le délai légal court depuis le jour où l’organisation a reçu la demande, même incomplète.',
    en: 'The legal period runs from the day the organisation received the request, even incomplete.',
  },
  recorded: { fr: 'Demande enregistrée.', en: 'Request recorded.' },
  person: { fr: 'La personne', en: 'The person' },
  personHint: {
    fr: 'Au moins une adresse e-mail ou un numéro de client ou de fidélité : personne n’est effacé sur un nom seul. Le reste confirme.',
    en: 'At least an e-mail address or a customer or loyalty number: nobody is erased on a name alone. The rest confirms.',
  },
  address: { fr: 'Adresse postale', en: 'Postal address' },
  addressHint: { fr: 'Pour répondre par courrier, si besoin.', en: 'To answer by post, if need be.' },
  request: { fr: 'La demande', en: 'The request' },
  intake: { fr: 'Reçue par', en: 'Received through' },
  received: { fr: 'Reçue le', en: 'Received on' },
  receivedHint: {
    fr: 'Le jour où elle est arrivée dans l’organisation, pas celui où vous l’enregistrez.',
    en: 'The day it reached the organisation, not the day you record it.',
  },
  controller: { fr: 'Responsable de traitement', en: 'Controller' },
  language: { fr: 'Langue de la réponse', en: 'Language of the answer' },
  french: { fr: 'Français', en: 'French' },
  english: { fr: 'Anglais', en: 'English' },
  note: { fr: 'Note', en: 'Note' },
  noteHint: {
    fr: 'Pour vos collègues. Elle est chiffrée, et détruite quand la personne est oubliée.',
    en: 'For your colleagues. It is encrypted, and destroyed when the person is forgotten.',
  },
  attested: { fr: 'J’atteste de l’identité de la personne', en: 'I attest the person’s identity' },
  attestedHint: {
    fr: 'Par exemple : elle est devant vous, ou écrit depuis l’adresse de son compte. Votre attestation est inscrite au journal.',
    en: 'For example: they stand before you, or write from the address of their account. Your attestation goes into the journal.',
  },
  record: { fr: 'Enregistrer la demande', en: 'Record the request' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
} as const satisfies Readonly<Record<string, Text>>;
