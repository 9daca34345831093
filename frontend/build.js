// Builds explorer.css, explorer.js and ASSETS.json into the folder given as argument.
//
// Run by hatch_build.py in a copy of this folder, after `npm ci --ignore-scripts`. Two runs on the
// same lock give the same bytes: nothing here reads a clock, a path or the machine's name.

import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = fileURLToPath(new URL('.', import.meta.url))
const destination = process.argv[2]
if (!destination) {
  console.error('Nowhere to build to. Run: node build.js DESTINATION')
  process.exit(2)
}

const lock = JSON.parse(await readFile(join(here, 'package-lock.json'), 'utf8'))

// The level that GOV.UK Frontend itself is published at; explorer.js starts only in browsers with
// modules, and all of those know it.
const target = 'es2017'

const banner = (version) =>
  `/*! Contains parts of GOV.UK Frontend ${version}, MIT licence, ` +
  '(C) 2017 Crown Copyright (Government Digital Service); full text in ASSETS.json */'

/** The facts about one installed package, from the lock. */
function locked (name) {
  const entry = lock.packages[`node_modules/${name}`]
  return { name, version: entry.version, licence: entry.license, integrity: entry.integrity }
}

/** The style sheet: Sass to CSS, then minified, with syntax kept as it was written. */
async function styles (version) {
  const { css } = await sass.compileAsync(join(here, 'explorer.scss'), {
    loadPaths: [join(here, 'node_modules')],
    charset: false,
    quietDeps: true
  })
  const { code } = await esbuild.transform(css, { loader: 'css', minify: true, charset: 'utf8' })
  // Every page must work from a shared drive and name no other host, and this is not a GOV.UK
  // service: so no address at all, and neither its typeface nor its arms.
  for (const unwanted of [/url\(/i, /@font-face/i, /@import/i, /GDS Transport/i, /crest|crown/i]) {
    if (unwanted.test(code)) throw new Error(`explorer.css contains ${unwanted}`)
  }
  return `${banner(version)}\n${code}`
}

/** The script: one classic file, as browsers refuse module scripts on pages opened from a drive. */
async function script (version) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(here, 'explorer.js')],
    bundle: true,
    minify: true,
    format: 'iife',
    target,
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: banner(version) },
    write: false
  })
  return outputFiles[0].text
}

const shipped = locked('govuk-frontend')
const files = {
  'explorer.css': await styles(shipped.version),
  'explorer.js': await script(shipped.version)
}
const manifest = {
  contains: [shipped],
  builtWith: [locked('sass'), locked('esbuild')],
  files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, {
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex')
  }])),
  notice: await readFile(join(here, 'NOTICE.txt'), 'utf8')
}
files['ASSETS.json'] = JSON.stringify(manifest, null, 2) + '\n'

await mkdir(destination, { recursive: true })
for (const [name, text] of Object.entries(files)) await writeFile(join(destination, name), text)
