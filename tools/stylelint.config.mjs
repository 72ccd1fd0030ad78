// Style that Chromium 80 reads (webviews of 2020), and colours that live in tokens.css alone. What the plugin does not know to
// be missing there is listed by hand; a rule that falls back by itself says so in a comment and is let through.

const SINCE_CHROMIUM_87 = ['inset', /-inline$/, /-inline-(start|end)$/, /-block$/];
const SINCE_CHROMIUM_88 = ['aspect-ratio'];
const SINCE_CHROMIUM_104 = ['translate', 'scale', 'rotate'];

export default {
  plugins: ['stylelint-no-unsupported-browser-features'],
  reportDescriptionlessDisables: true,
  reportNeedlessDisables: true,
  rules: {
    'plugin/no-unsupported-browser-features': [true, { browsers: ['chrome 80'], ignorePartialSupport: true, ignore: ['css-not-sel-list'] }],
    'property-disallowed-list': [...SINCE_CHROMIUM_87, ...SINCE_CHROMIUM_88, ...SINCE_CHROMIUM_104],
    // The plugin takes every :not() for one with a list.
    'selector-not-notation': 'simple',
    'selector-pseudo-class-disallowed-list': ['is', 'where', 'has'],
    // Trunk does not follow @import; the others strip the page where they are unknown.
    'at-rule-disallowed-list': ['import', 'layer', 'container'],
    'max-nesting-depth': 0,
    'color-named': 'never',
    'color-no-hex': true,
    'function-disallowed-list': ['rgb', 'rgba', 'hsl', 'hsla', 'color-mix', 'oklch', 'light-dark'],
  },
  overrides: [{ files: ['**/tokens.css'], rules: { 'color-no-hex': null, 'function-disallowed-list': ['color-mix', 'oklch', 'light-dark'] } }],
};
