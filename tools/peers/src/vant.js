// Vue 3 with Vant 4, each component with its own style, as its guide says.

import { Button, Cell, CellGroup, Form, NavBar, Radio, RadioGroup } from 'vant';
import 'vant/es/button/style/index.mjs';
import 'vant/es/cell/style/index.mjs';
import 'vant/es/cell-group/style/index.mjs';
import 'vant/es/form/style/index.mjs';
import 'vant/es/nav-bar/style/index.mjs';
import 'vant/es/radio/style/index.mjs';
import 'vant/es/radio-group/style/index.mjs';
import { createApp, h, reactive } from 'vue';

import { help, place, questions, title } from './questions.js';

const answers = reactive({});

const option = ({ id, label }) => h(Cell, { title: label }, { 'right-icon': () => h(Radio, { name: id }) });

const question = ({ id, label, options }) =>
  h('section', [
    h('h2', label),
    h(
      RadioGroup,
      { modelValue: answers[id], 'onUpdate:modelValue': (value) => (answers[id] = value) },
      () => h(CellGroup, { inset: true }, () => options.map(option)),
    ),
  ]);

createApp({
  render: () => [
    h(NavBar, { title: '店招审批', leftArrow: true }),
    h('p', place),
    h('h1', title),
    h('p', help),
    h(Form, () => [questions.map(question), h(Button, { type: 'primary', block: true }, () => '下一步')]),
  ],
}).mount('#app');
