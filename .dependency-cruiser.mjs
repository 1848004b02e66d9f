import swc from '@swc/core'

// The parser that reads TypeScript 7's sources for dependency-cruiser is not told which of them
// hold JSX, and takes a tag for a type assertion.
const { parseFileSync } = swc
swc.parseFileSync = (file, options) =>
  parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') })

/**
 * Who may import whom: the machine-checked form of the table in ARCHITECTURE.md.
 * Each entry of `may` lists what a part of the house may reach; all else of ours is an error.
 */
const may = {
  '^lib/base/': ['^lib/base/'],
  '^lib/model/': ['^lib/(base|model)/'],
  '^lib/queries/': ['^lib/(base|model|queries)/'],
  '^lib/instant/': ['^lib/(base|model|instant)/'],
  '^lib/operators/': ['^lib/(base|model|operators)/'],
  '^lib/data/': ['^lib/(base|model|instant|operators|data)/'],
  '^lib/actions/': ['^lib/(base|model|data|actions)/'],
  '^components/ui/': ['^components/ui/'],
  '^components/(grid|editor|shell|field)/': [
    '^components/(ui|grid|editor|shell|field)/',
    '^lib/(base|model|queries)/',
  ],
  '^components/(?!ui/|grid/|editor/|shell/|field/)([^/]+)/': [
    '^components/(ui|grid|editor|shell|field)/',
    '^components/$1/',
    '^lib/(base|model|queries|actions)/',
  ],
  '^app/': ['^app/', '^components/', '^lib/'],
  '^proxy\\.ts$': ['^lib/(base|model)/'],
  '^backend/sql/': ['^backend/sql/', '^lib/base/'],
  '^backend/schema/': ['^backend/(schema|sql)/', '^lib/base/'],
  '^backend/query/': ['^backend/(query|schema|sql)/', '^lib/base/'],
  '^backend/transact/': ['^backend/(transact|schema|sql)/', '^lib/base/'],
  '^backend/rules/': ['^backend/(rules|schema|sql)/', '^lib/base/'],
  '^backend/store/': ['^backend/(store|schema|sql)/', '^lib/base/'],
  '^backend/auth/': ['^backend/(auth|store|schema|sql)/', '^lib/base/'],
  '^backend/files/': ['^backend/files/', '^lib/base/'],
  '^backend/live/': ['^backend/(live|store|schema|sql)/', '^lib/base/'],
  '^backend/operations/': [
    '^backend/(operations|query|transact|rules|schema|sql|store|auth|live|files)/',
    '^lib/base/',
  ],
  '^backend/http/': ['^backend/(http|operations|rules|schema|live)/', '^lib/base/'],
  '^backend/move/': ['^backend/(move|store|demo)/', '^backend/settings\\.ts$', '^lib/base/'],
  '^backend/worker/': [
    '^backend/(worker|http)/',
    '^backend/(open-backend|settings|store/store-error)\\.ts$',
    '^lib/base/',
  ],
  // The seed command is a program of its own, with the settings of the backend's.
  '^backend/demo/': [
    '^backend/(demo|operations|schema|store|sql|auth|files)/',
    '^backend/(file-)?settings\\.ts$',
    '^lib/base/',
  ],
}

// Tests and benchmarks sit beside the code but may reach for what they set up.
const isTest = '(\\.test\\.tsx?|\\.bench\\.ts)$|^e2e/'

const boundaries = Object.entries(may).map(([from, to]) => ({
  name: `from ${from}`,
  severity: 'error',
  from: { path: from, pathNot: isTest },
  to: {
    path: '^(app|components|lib|backend|e2e|scripts)/',
    pathNot: [...to, '^backend/engine-error\\.ts$'],
  },
}))

export default {
  forbidden: [
    ...boundaries,
    {
      name: 'one door to the SDK',
      severity: 'error',
      from: { path: '^(app|components|lib|proxy)', pathNot: `^lib/instant/|${isTest}` },
      to: { path: 'node_modules/@instantdb/' },
    },
    {
      name: 'the backend is framework-free',
      severity: 'error',
      from: { path: '^backend/' },
      to: { path: 'node_modules/(next|react|react-dom|@tanstack)/' },
    },
    {
      name: 'SQL drivers stay in the store',
      severity: 'error',
      from: { path: '^(app|components|lib|backend)/', pathNot: `^backend/store/|${isTest}` },
      to: { path: 'node_modules/(pg|@electric-sql)/' },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^monaco-editor/' },
    },
  ],
  options: {
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|dist)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
}
