import type { LetterKind } from './letter.ts';
import type { LetterTemplate } from './template.ts';

const closing = 'Yours faithfully,';

const contact = `For any question about this request or your data, you may write to our data protection officer: {officer_contact}.`;

const remedies = `If you consider that your rights have not been respected, you may:
{remedies}`;

/** Nobody looked there, and nobody can: passing it over would tell that all is done. */
const retired = `These applications were retired before your request could be carried out there. They are no longer used, but we cannot attest that what they held of you is erased:
{retired}`;

/** What is told in every answer that erased something. */
const aftermath = `As article 19 of the GDPR provides, we told the recipients to whom your data had been disclosed of this erasure:
{told}

Your data may remain, unused, in our technical backups until these are renewed, at the latest on {backups_until}. Should one of them be restored, the erasure would be carried out there again: for that sole purpose, and to check that your data do not come back, what it takes to recognise you there (identifiers, name) is kept encrypted until that date, then destroyed.

In order to prove that your request was met, and not to bring your data back by mistake, we keep the file of this request for {file_kept}. It no longer holds your data in clear, only fingerprints.`;

/** The letters of an erasure request in English, with the remedies that French law gives. */
export const defaultTemplatesEn: Readonly<Record<LetterKind, LetterTemplate>> = {
  acknowledgement: {
    subject: 'Acknowledgement of your request for erasure no. {request_number}',
    body: `{greeting}

We received, on {received_on}, your request to erase the personal data that concern you (article 17 of the General Data Protection Regulation, “GDPR”). It is recorded under number {request_number}, which we thank you for quoting in any letter.

We will answer you without undue delay, and by {deadline} at the latest. Should the complexity of your request or the number of requests require it, this period could be extended by two months (GDPR art. 12(3)); we would tell you before that date, and why.

This is free of charge.

You can follow your request here: {status_page}

${contact}

${closing}`,
  },
  identity_request: {
    subject: 'Your request no. {request_number}: information needed to identify you',
    body: `{greeting}

By a request received on {received_on}, you asked us to erase the personal data that concern you.

Before we do so, we must make sure that the data we erase are yours. We have a reasonable doubt about that: {doubt}.

We would be grateful if you could send us:
{identity_needed}

This information will only serve to check your identity. If you send a copy of an identity document, you may hide whatever is not needed for this check; we will destroy it once the check is done.

Under article 77 of French decree no. 2019-536 of 29 May 2019, the time we have to answer you is suspended from today. It will run again as soon as this information reaches us.

${contact}

${closing}`,
  },
  extension: {
    subject: 'Your request no. {request_number}: more time to answer',
    body: `{greeting}

We received on {received_on} your request to erase the personal data that concern you, which we are to answer by {deadline}.

We will not be able to give you a complete answer by that date. As article 12(3) of the GDPR allows, the period is extended by two months, for the following reasons:
{extension_reasons}

We will answer you as soon as we can, and by {new_deadline} at the latest.

${remedies}

${contact}

Please accept our apologies for this delay.

${closing}`,
  },
  complete_answer: {
    subject: 'Answer to your request for erasure no. {request_number}',
    body: `{greeting}

We have granted your request, received on {received_on}: the personal data that concern you have been erased.

This is what was erased in each of our applications:
{done}

${aftermath}

${contact}

${remedies}

${closing}`,
  },
  partial_answer: {
    subject: 'Answer to your request for erasure no. {request_number}',
    body: `{greeting}

We have examined your request for erasure, received on {received_on}. We cannot, to date, grant it in full. Here is our account, application by application.

What was erased:
{done}

What we keep, and why:
{refused}

What is still under way, and of which we will give you an account without your having to ask:
{pending}

${retired}

${aftermath}

${contact}

${remedies}

${closing}`,
  },
  not_found: {
    subject: 'Answer to your request for erasure no. {request_number}',
    body: `{greeting}

Following your request received on {received_on}, we looked for the personal data that concern you in these applications:
{searched}

We searched with what you gave us: {identifiers}.

No data about you were found there. There was therefore nothing for us to erase.

${retired}

If you think that we hold data under another identifier (a former e-mail address, a birth name, a customer or loyalty card number), just tell us which: we will search again.

${contact}

${remedies}

${closing}`,
  },
  refusal: {
    subject: 'Answer to your request for erasure no. {request_number}',
    body: `{greeting}

We have carefully examined your request for erasure, received on {received_on}. We cannot grant it, for these reasons:
{grounds}

The right to erasure is not absolute; your other rights remain, in particular those to access your data, to have them rectified, and to object at any time to marketing.

${contact}

${remedies}

${closing}`,
  },
};
