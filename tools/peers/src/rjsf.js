// React with react-jsonschema-form and its usual validator.

import Form from '@rjsf/core';
import validator from '@rjsf/validator-ajv8';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

import { help, place, questions, title } from './questions.js';

const property = ({ id, label, options }) => [
  id,
  { type: 'string', title: label, oneOf: options.map((option) => ({ const: option.id, title: option.label })) },
];
const schema = {
  title,
  description: help,
  type: 'object',
  required: questions.map(({ id }) => id),
  properties: Object.fromEntries(questions.map(property)),
};
const uiSchema = Object.fromEntries(questions.map(({ id }) => [id, { 'ui:widget': 'radio' }]));

createRoot(document.getElementById('app')).render(
  createElement('main', null, createElement('p', null, place), createElement(Form, { schema, uiSchema, validator })),
);
