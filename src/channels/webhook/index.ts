/** The webhook channel: a signed POST (Standard Webhooks 1.0); 2xx means that the application has the message. */
export { deliverWebhook, type WebhookMessage, type WebhookTarget } from './deliver.ts';
export { ed25519Key, type Signer, signedHeaders } from './signature.ts';
