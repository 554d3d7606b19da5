/** The arrows of the house (design, section 3): main → app → features → core, and sideways only through an index. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

/** The layers of the embedded store, the lowest first; what is not named here stands above them all. */
const EMBEDDED = {
  values: '(values/|messages\\.ts|store-error\\.ts)',
  bytes: '(raw|wire|reply|work)\\.ts',
  disk: 'disk/',
  expressions: 'expressions/',
  query: 'query/',
  cursors: 'cursors\\.ts',
  aggregate: 'aggregate/',
  commands: 'commands/',
};
const embedded = (layers) => `^src/storage/embedded/(${layers.join('|')})`;

/** Each layer knows only those below it: it imports nothing from above, not even a type. */
const downwards = Object.entries(EMBEDDED).map(([name, layer], i, all) => ({
  name: `embedded-${name}-knows-what-is-below`,
  severity: 'error',
  from: { path: embedded([layer]) },
  to: { path: '^src/storage/embedded/', pathNot: embedded(all.slice(0, i + 1).map(([, lower]) => lower)) },
}));

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-circles-of-types-in-the-store',
      severity: 'error',
      from: { path: '^src/storage/embedded/' },
      to: { circular: true },
    },
    ...downwards,
    only('core-stands-alone', '^src/core/', ['^src/core/'], 'core imports no feature and nothing above it'),
    {
      name: 'core-knows-no-framework',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: 'node_modules/(@?koa|wechaty|ioredis|node-cron)' },
    },
    {
      name: 'feature-through-its-index',
      comment: 'a feature imports another only through that one’s index.ts',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/([^/]+)/(?!index\\.ts)', pathNot: '^src/features/$1/' },
    },
    only('features-stand-on-core', '^src/features/', ['^src/core/', '^src/features/'], 'features import only core and each other'),
    only('chat-knows-shapes', '^src/chat/', ['^src/core/', '^src/chat/'], 'chat depends on core and the shape of a feature'),
    only('push-knows-shapes', '^src/push/', ['^src/core/', '^src/push/'], 'push depends on core and the shape of a feature'),
    only('schedule-knows-shapes', '^src/schedule/', ['^src/core/', '^src/schedule/'], 'schedule depends on core only'),
    only('http-knows-shapes', '^src/http/', ['^src/core/', '^src/http/'], 'http depends on core and the shape of a feature'),
    only('storage-knows-core', '^src/storage/(?!embedded/)', ['^src/core/', '^src/storage/'], 'storage depends on core only'),
    only('embedded-is-a-room-of-its-own', '^src/storage/embedded/', ['^src/storage/embedded/'], 'the engine knows nothing of the product'),
    {
      name: 'wechaty-only-behind-chat',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/chat/' },
      to: { path: 'node_modules/wechaty' },
    },
    {
      name: 'nobody-above-tests-or-scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/', pathNot: '(main|worker)\\.ts$' }, to: {} },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'], conditionNames: ['import', 'node', 'default'] },
  },
};
