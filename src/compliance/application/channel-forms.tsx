import type { PageAnswer } from '../../http/index.ts';
import { type Problem, publicId, type Text } from '../../kernel/index.ts';
import { type ApplicationLine, applicationPage, type Limits, pathsOf } from '../../repository/index.ts';
import {
  Button,
  ButtonForm,
  CheckboxesField,
  Form,
  FormActions,
  InputField,
  LinkButton,
  TextAreaField,
} from '../../ui/index.ts';
import { dayNames, kindWords, words } from './channel-words.ts';
import type { Credential } from './credentials.ts';

export interface TypedLimits {
  readonly batchSize?: string | undefined;
  readonly ordersPerMinute?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly days?: string | undefined;
  readonly identityKinds?: string | undefined;
}

export function typedLimits(limits: Limits): TypedLimits {
  return {
    batchSize: String(limits.batchSize),
    ordersPerMinute: limits.ordersPerMinute === null ? '' : String(limits.ordersPerMinute),
    from: limits.hours?.from ?? '',
    to: limits.hours?.to ?? '',
    days: (limits.hours?.days ?? [1, 2, 3, 4, 5, 6, 7]).join('\n'),
    identityKinds: limits.identityKinds.join(' '),
  };
}

interface FormShown {
  readonly line: ApplicationLine;
  readonly now: Date;
  readonly problems: readonly Problem[];
}

/** How much, how fast and when an application takes orders. */
export function limitsPage({ line, now, problems, typed }: FormShown & { readonly typed: TypedLimits }): PageAnswer {
  const at = pathsOf(line);
  return applicationPage({
    line,
    now,
    tab: 'orders',
    status: problems.length > 0 ? 422 : 200,
    lead: {
      fr: 'Ce que l’équipe de l’application demande à qui lui envoie des ordres. Les ordres suivants s’y plient.',
      en: 'What the application’s team asks of whoever sends it orders. The next orders follow it.',
    },
    content: (
      <Form id="limits" action={`${at.orders}/limits`} problems={problems}>
        <InputField
          name="batchSize"
          kind="number"
          label={words.batchSize}
          hint={{
            fr: 'Au plus. Un effacement de masse part par lots de cette taille.',
            en: 'At most. A mass erasure leaves in batches of this size.',
          }}
          value={typed.batchSize}
          min={1}
          max={10_000}
          width="narrow"
          isRequired
          problems={problems}
        />
        <InputField
          name="ordersPerMinute"
          kind="number"
          label={words.perMinute}
          hint={{
            fr: 'Au plus. Vide : sans limite. Une application qui vient les chercher va à son pas.',
            en: 'At most. Empty: no limit. An application that pulls goes at its own pace.',
          }}
          value={typed.ordersPerMinute}
          min={1}
          max={60_000}
          width="narrow"
          problems={problems}
        />
        <InputField
          name="from"
          kind="time"
          label={{ fr: 'À partir de', en: 'From' }}
          hint={{ fr: 'Heure de Paris. Vide : à toute heure.', en: 'Paris time. Empty: at any time.' }}
          value={typed.from}
          width="narrow"
          problems={problems}
        />
        <InputField
          name="to"
          kind="time"
          label={{ fr: 'Jusqu’à', en: 'Until' }}
          hint={{ fr: 'Plus tôt que le début : le lendemain matin.', en: 'Earlier than the start: the next morning.' }}
          value={typed.to}
          width="narrow"
          problems={problems}
        />
        <CheckboxesField
          name="days"
          label={{ fr: 'Jours', en: 'Days' }}
          choices={dayNames.map((text, place) => ({ value: String(place + 1), text }))}
          values={(typed.days ?? '').split('\n')}
          problems={problems}
        />
        <InputField
          name="identityKinds"
          label={words.identityKinds}
          hint={{
            fr: 'Les genres par lesquels elle connaît une personne : email customer_id. Vide : tous ceux qui désignent une seule personne.',
            en: 'The kinds by which it knows a person: email customer_id. Empty: all those that name one person alone.',
          }}
          value={typed.identityKinds}
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Enregistrer', en: 'Save' }} />
          <LinkButton kind="quiet" href={at.orders} text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    ),
  });
}

/** Where a team gives the public key of its answers. */
export function answerKeyPage({ line, now, problems, typed }: FormShown & { readonly typed: string }): PageAnswer {
  const at = pathsOf(line);
  return applicationPage({
    line,
    now,
    tab: 'orders',
    status: problems.length > 0 ? 422 : 200,
    lead: kindWords('answers').what,
    content: (
      <Form id="answer-key" action={`${at.orders}/answer-key`} problems={problems}>
        <TextAreaField
          name="publicKey"
          label={kindWords('answers').name}
          hint={{
            fr: 'Ed25519, en PEM (BEGIN PUBLIC KEY) ou en base64.',
            en: 'Ed25519, in PEM (BEGIN PUBLIC KEY) or base64.',
          }}
          value={typed}
          rows={4}
          isRequired
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={kindWords('answers').issue} />
          <LinkButton kind="quiet" href={at.orders} text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    ),
  });
}

/** Asks once more before a credential stops working. */
export function revokePage(line: ApplicationLine, credential: Credential, now: Date): PageAnswer {
  const at = pathsOf(line);
  const { name } = kindWords(credential.kind);
  const lead: Text = {
    fr: `${name.fr} « ${credential.hint}… » : refusé dès maintenant, sans retour. Si l’application l’emploie encore, émettez-en d’abord un autre.`,
    en: `${name.en} “${credential.hint}…”: refused from now on, with no way back. If the application still uses it, issue another first.`,
  };
  return applicationPage({
    line,
    now,
    tab: 'orders',
    lead,
    content: (
      <div class="actions">
        <ButtonForm
          kind="danger"
          action={`${at.orders}/credentials/${publicId('key', credential.id)}/revoke`}
          text={words.revoke}
        />
        <LinkButton href={at.orders} text={{ fr: 'Annuler', en: 'Cancel' }} />
      </div>
    ),
  });
}
