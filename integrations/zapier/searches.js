'use strict';

const { base } = require('./authentication');

module.exports = {
  find_contact: {
    key: 'find_contact',
    noun: 'Contact',
    display: { label: 'Find Contact', description: 'Finds somebody by phone, e-mail address or name.' },
    operation: {
      inputFields: [{ key: 'search', label: 'Phone, e-mail or name', required: true }],
      perform: async (z, bundle) => {
        const search = String(bundle.inputData.search).slice(0, 100);
        let params = { search, limit: 5 };
        // So many contacts are looked through at a time: a page may hold nobody and still have a next one.
        for (let page = 0; page < 10; page += 1) {
          const { data } = await z.request({ url: `${base(bundle)}/api/v1/contacts`, params });
          if (data.data.length || !data.next) return data.data;
          params = { ...params, cursor: data.next };
        }
        // Nobody found is an empty list, as Zapier wants it.
        return [];
      },
      sample: { id: '01HZY8V3K2M4N', name: 'Ana López', phone: '34600111222', email: 'ana@example.com' },
    },
  },
};
