// node ask.mjs QUERY SOURCE... : ask Comunica, print the rows as JSON, one object a row.
// sparql@ADDRESS says that a source is an endpoint, as on Comunica's own command line.
import { QueryEngine } from '@comunica/query-sparql';

const [query, ...given] = process.argv.slice(2);
const sources = given.map((source) => (source.startsWith('sparql@')
  ? { type: 'sparql', value: source.slice('sparql@'.length) }
  : source));
const engine = new QueryEngine();
const found = await engine.queryBindings(query, { sources });
const rows = [];
for await (const row of found) {
  rows.push(Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
}
console.log(JSON.stringify(rows));
