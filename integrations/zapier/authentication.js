'use strict';

// Puente runs on a server of the company's own: whoever connects says where, and gives a key with "read" and "write".
const base = (bundle) => String(bundle.authData.url || '').trim().replace(/\/+$/, '');

const authentication = {
  type: 'custom',
  fields: [
    {
      key: 'url',
      label: 'Address of your Puente',
      type: 'string',
      required: true,
      helpText: 'As in the browser, for example https://puente.example.com',
    },
    {
      key: 'api_key',
      label: 'API key',
      type: 'password',
      required: true,
      helpText: 'Made in Puente: Connections, API keys, Make a key, with Read and Write.',
    },
  ],
  test: async (z, bundle) => (await z.request({ url: `${base(bundle)}/api/v1/me` })).data,
  connectionLabel: '{{account_name}}',
};

const addKey = (request, z, bundle) => {
  request.headers = { ...request.headers, Accept: 'application/json' };
  if (bundle.authData.api_key) request.headers.Authorization = `Bearer ${bundle.authData.api_key}`;
  // What is refused is explained below, in Puente's own sentence.
  request.skipThrowForStatus = true;
  return request;
};

const explainRefusals = (response, z) => {
  if (response.status < 400) return response;
  const problem = response.data || {};
  const sentence = problem.detail || problem.title || `Puente answered ${response.status}`;
  if (response.status === 401) throw new z.errors.ExpiredAuthError(sentence);
  if (response.status === 429 || response.status === 503) {
    throw new z.errors.ThrottledError(sentence, Number(response.getHeader('retry-after')) || 60);
  }
  if (response.request.method === 'DELETE' && response.status === 404) return response;
  const faults = (problem.errors || []).map((fault) => fault.detail || fault.message).filter(Boolean);
  throw new z.errors.Error([sentence, ...faults].join(' '), problem.code || 'refused', response.status);
};

module.exports = { authentication, addKey, explainRefusals, base };
