'use strict';

const { version } = require('./package.json');
const { version: platformVersion } = require('zapier-platform-core');
const { authentication, addKey, explainRefusals } = require('./authentication');
const triggers = require('./triggers');
const creates = require('./creates');
const searches = require('./searches');

module.exports = {
  version,
  platformVersion,
  authentication,
  beforeRequest: [addKey],
  afterResponse: [explainRefusals],
  triggers,
  creates,
  searches,
};
