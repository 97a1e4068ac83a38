'use strict';

const { base } = require('./authentication');

// An event as it is sent, flat: what stands in "data" beside its id, kind and time.
const flat = (event) => ({ id: event.id, event: event.type, occurred_at: event.timestamp, ...event.data });

const person = {
  contact_id: '01HZY8V3K2M4N',
  contact_name: 'Ana López',
  contact_phone: '+34600111222',
  wa_id: '34600111222',
  contact_user_id: null,
  contact_email: 'ana@example.com',
};

const message = {
  message_id: '01HZY8V3K2M4P',
  conversation_id: '01HZY8V3K2M4Q',
  conversation_url: 'https://puente.example.com/inbox/01HZY8V3K2M4Q',
  number: '+34 910 00 00 00',
  message_type: 'text',
  sent_at: '2026-11-20T09:30:00.000Z',
};

const sample = (type, more) => ({
  id: 'evt_01HZY8V3K2M4R',
  event: type,
  occurred_at: '2026-11-20T09:30:00.000Z',
  ...person,
  ...more,
});

// A trigger that Puente calls: it learns the Zap's address when the Zap is switched on, and forgets it when it is
// switched off. An address that answers 410 is forgotten as well.
const hook = (key, type, noun, label, description, more) => ({
  key,
  noun,
  display: { label, description },
  operation: {
    type: 'hook',
    performSubscribe: async (z, bundle) => {
      const response = await z.request({
        method: 'POST',
        url: `${base(bundle)}/api/v1/webhook-endpoints`,
        body: { url: bundle.targetUrl, event: type, description: 'Zapier' },
      });
      // The secret is of no use here, and is not kept: Zapier's addresses are secret themselves.
      return { id: response.data.id };
    },
    performUnsubscribe: async (z, bundle) => {
      await z.request({
        method: 'DELETE',
        url: `${base(bundle)}/api/v1/webhook-endpoints/${bundle.subscribeData.id}`,
      });
      return {};
    },
    // A test that somebody sends from Puente's console says that the address works, and starts nothing.
    perform: async (z, bundle) => (bundle.cleanedRequest.type === type ? [flat(bundle.cleanedRequest)] : []),
    performList: async (z, bundle) => {
      const response = await z.request({ url: `${base(bundle)}/api/v1/events`, params: { type, limit: 3 } });
      return response.data.data.map(flat);
    },
    sample: sample(type, more),
    outputFields: [
      { key: 'id', label: 'Event' },
      { key: 'occurred_at', label: 'When', type: 'datetime' },
      { key: 'contact_name', label: 'Contact' },
      { key: 'contact_phone', label: 'Phone' },
    ],
  },
});

// Lists behind drop-downs, page by page.
const choices = (key, noun, path, choice) => ({
  key,
  noun,
  display: { label: `List of ${noun.toLowerCase()}s`, description: 'For drop-downs.', hidden: true },
  operation: {
    perform: async (z, bundle) => {
      const found = [];
      let cursor;
      do {
        const response = await z.request({ url: `${base(bundle)}${path}`, params: cursor ? { cursor } : {} });
        found.push(...response.data.data);
        cursor = response.data.next;
      } while (cursor && found.length < 2000);
      return found.map(choice).filter(Boolean);
    },
  },
});

const all = [
  hook('message_received', 'message.received', 'Message', 'New Message', 'Triggers when a customer writes.', {
    ...message,
    direction: 'inbound',
    text: 'Hello, is my order on its way?',
  }),
  hook(
    'message_status',
    'message.status_changed',
    'Message',
    'Message Status Changed',
    'Triggers when a message was sent, delivered, read, or failed.',
    { ...message, direction: 'outbound', text: 'It is.', status: 'delivered', error_code: null, error_text: null },
  ),
  hook('contact_created', 'contact.created', 'Contact', 'New Contact', 'Triggers when somebody is new.', {
    labels: ['VIP'],
    language: 'es',
  }),
  hook('contact_updated', 'contact.updated', 'Contact', 'Updated Contact', 'Triggers when a contact changed.', {
    labels: ['VIP'],
    language: 'es',
  }),
  hook(
    'consent_changed',
    'consent.changed',
    'Consent',
    'Consent Changed',
    'Triggers when somebody opted in or out.',
    { change: 'opted_out', purpose: 'marketing' },
  ),
  hook(
    'conversation_handed_over',
    'conversation.handed_over',
    'Conversation',
    'Conversation Handed Over',
    'Triggers when a conversation got another owner.',
    { ...message, from: 'queue', to: 'person', to_name: 'Ana Rivas' },
  ),
  choices('template', 'Template', '/api/v1/templates?limit=200', (template) =>
    template.status === 'APPROVED'
      ? { id: `${template.name}:${template.language}`, name: `${template.name} (${template.language})` }
      : null,
  ),
  choices('label', 'Label', '/api/v1/labels', (label) => ({ id: label.id, name: label.name })),
  choices('number', 'Number', '/api/v1/numbers', (number) =>
    number.state === 'disabled' ? null : { id: number.id, name: number.display_number },
  ),
];

module.exports = Object.fromEntries(all.map((trigger) => [trigger.key, trigger]));
