'use strict';

const { base } = require('./authentication');

const phone = {
  key: 'phone',
  label: 'Phone',
  required: false,
  helpText: 'With its country code, for example +34 600 111 222.',
};
const contact = {
  key: 'contact',
  label: 'Contact',
  required: false,
  helpText: 'Its id, from a trigger or a search, in place of the phone: some customers are known without one.',
};
const number = {
  key: 'from',
  label: 'From number',
  dynamic: 'number.id.name',
  required: false,
  helpText: 'Needed where your company has several numbers.',
};

// A step that Zapier repeats is the same message: the key is of the step's own making, not of chance.
const send = async (z, bundle, content) => {
  const { contact: id, phone: digits } = bundle.inputData;
  const body = { to: id ? { contact: id } : { phone: digits }, content };
  if (bundle.inputData.from) body.from = bundle.inputData.from;
  const headers = {};
  if (bundle.inputData.once) {
    headers['Idempotency-Key'] = z.hash('sha256', `${bundle.inputData.once} ${JSON.stringify(body)}`);
  }
  const response = await z.request({ method: 'POST', url: `${base(bundle)}/api/v1/messages`, body, headers });
  return response.data;
};

const once = {
  key: 'once',
  label: 'Send once for',
  required: false,
  helpText: 'An id of the step before. A repeat within a day with the same id sends nothing twice.',
};

const sent = { id: '01HZY8V3K2M4P', status: 'queued' };

const upsert = async (z, bundle) => {
  const { name, phone: digits, email, language, labels } = bundle.inputData;
  const body = Object.fromEntries(
    Object.entries({ name, phone: digits, email, language, labels }).filter(([, value]) => value && value.length),
  );
  const response = await z.request({ method: 'PUT', url: `${base(bundle)}/api/v1/contacts`, body });
  return response.data;
};

const setLabels = async (z, bundle) => {
  const { contact, add = [], remove = [] } = bundle.inputData;
  const labels = `${base(bundle)}/api/v1/contacts/${encodeURIComponent(contact)}/labels`;
  for (const label of add) await z.request({ method: 'PUT', url: `${labels}/${encodeURIComponent(label)}`, body: {} });
  for (const label of remove) await z.request({ method: 'DELETE', url: `${labels}/${encodeURIComponent(label)}` });
  const response = await z.request({ url: labels });
  return { id: contact, labels: response.data.data.map((label) => label.name) };
};

module.exports = {
  send_template: {
    key: 'send_template',
    noun: 'Message',
    display: { label: 'Send Template Message', description: 'Sends an approved template; it may begin a conversation.' },
    operation: {
      inputFields: [
        phone,
        contact,
        { key: 'template', label: 'Template', dynamic: 'template.id.name', required: true },
        {
          key: 'variables',
          label: 'Variables',
          list: true,
          required: false,
          helpText: 'In their order: for {{1}}, {{2}}, … For named ones write name=text.',
        },
        number,
        once,
      ],
      perform: (z, bundle) => {
        const [name, language] = String(bundle.inputData.template).split(':');
        const body = (bundle.inputData.variables || []).map((text) => {
          const named = /^([a-z_][a-z0-9_]*)=([\s\S]*)$/.exec(text);
          return named ? { type: 'text', name: named[1], text: named[2] } : { type: 'text', text };
        });
        return send(z, bundle, { type: 'template', name, language, ...(body.length ? { body } : {}) });
      },
      sample: sent,
    },
  },
  send_message: {
    key: 'send_message',
    noun: 'Message',
    display: { label: 'Send Message', description: 'Sends a text to somebody who wrote in the last 24 hours.' },
    operation: {
      inputFields: [phone, contact, { key: 'text', label: 'Text', type: 'text', required: true }, number, once],
      perform: (z, bundle) => send(z, bundle, { type: 'text', body: bundle.inputData.text }),
      sample: sent,
    },
  },
  upsert_contact: {
    key: 'upsert_contact',
    noun: 'Contact',
    display: { label: 'Create or Update Contact', description: 'Found by phone, else by e-mail address.' },
    operation: {
      inputFields: [
        phone,
        { key: 'email', label: 'E-mail', required: false },
        { key: 'name', label: 'Name', required: false },
        { key: 'language', label: 'Language', required: false, helpText: 'For example es or pt_BR.' },
        { key: 'labels', label: 'Labels to put on', list: true, required: false },
      ],
      perform: upsert,
      sample: { id: '01HZY8V3K2M4N', name: 'Ana López', phone: '34600111222' },
    },
  },
  set_labels: {
    key: 'set_labels',
    noun: 'Contact',
    display: { label: 'Set Labels', description: 'Puts labels on a contact, and takes others off.' },
    operation: {
      inputFields: [
        { key: 'contact', label: 'Contact', required: true, helpText: 'Its id, from a trigger or a search.' },
        { key: 'add', label: 'Put on', list: true, dynamic: 'label.id.name', required: false },
        { key: 'remove', label: 'Take off', list: true, dynamic: 'label.id.name', required: false },
      ],
      perform: setLabels,
      sample: { id: '01HZY8V3K2M4N', labels: ['VIP'] },
    },
  },
};
