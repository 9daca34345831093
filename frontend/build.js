// Builds explorer.css, the scripts and ASSETS.json into the folder given as argument.
//
// Run by hatch_build.py in a copy of this folder, after `npm ci --ignore-scripts`. Two runs on the
// same lock give the same bytes: nothing here reads a clock, a path or the machine's name.

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
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

// Each becomes a script of its own. To add one, add it here and to OUTPUTS in hatch_build.py.
const scripts = ['explorer', 'graph', 'query']

// The level that GOV.UK Frontend itself is published at; explorer.js starts only in browsers with
// modules, and all of those know it.
const target = 'es2017'

/** The line at the head of a file: which packages it contains parts of. */
function banner (packages) {
  const plain = (licence) => licence.replace(/[()]/g, '')
  const named = packages.map((one) => `${one.name} ${one.version} (${plain(one.licence)})`)
  return `/*! Contains parts of ${named.join(', ')}; their terms are in ASSETS.json */`
}

/** The facts about one installed package, from the lock. */
function locked (name) {
  const entry = lock.packages[`node_modules/${name}`]
  return { name, version: entry.version, licence: entry.license, integrity: entry.integrity }
}

/** The terms of one package, as it brings them; NOTICE.txt has those of packages that do not. */
async function terms (name) {
  const folder = join(here, 'node_modules', name)
  const found = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort()
  // Of two licences to choose from, MIT is the one that says whose the work is.
  const mit = found.filter((file) => /mit/i.test(file))
  const texts = (mit.length ? mit : found).map((file) => readFile(join(folder, file), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

/** The style sheet: Sass to CSS, then minified, with syntax kept as it was written. */
async function styles (shipped) {
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
  return `${banner([shipped])}\n${code}`
}

/** A script: one classic file, as browsers refuse module scripts on pages opened from a drive. */
async function script (name) {
  const options = {
    absWorkingDir: here,
    entryPoints: [`${name}.js`],
    bundle: true,
    minify: true,
    format: 'iife',
    target,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    write: false
  }
  const { outputFiles, metafile } = await esbuild.build(options)
  const [{ inputs }] = Object.values(metafile.outputs)
  const used = new Set()
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const inside = path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)
    if (inside && bytesInOutput > 0) used.add(inside[1])
  }
  const packages = [...used].sort().map(locked)
  const head = packages.length ? `${banner(packages)}\n` : ''
  return { packages, text: head + outputFiles[0].text }
}

const shipped = locked('govuk-frontend')
const files = { 'explorer.css': await styles(shipped) }
// The fonts with which pictures are drawn, as wide as Arial: no picture depends on a machine's fonts.
// No page loads them.
const font = locked('@expo-google-fonts/arimo')
for (const name of ['400Regular', '700Bold']) {
  const file = `Arimo_${name}.ttf`
  files[file] = await readFile(join(here, 'node_modules', font.name, name, file))
}
const contained = new Map([[shipped.name, shipped], [font.name, font]])
for (const name of scripts) {
  const { packages, text } = await script(name)
  files[`${name}.js`] = text
  for (const one of packages) contained.set(one.name, one)
}
const contains = [...contained.values()].sort((a, b) => a.name < b.name ? -1 : 1)
const manifest = {
  contains: await Promise.all(contains.map(async (one) => ({ ...one, terms: await terms(one.name) }))),
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
