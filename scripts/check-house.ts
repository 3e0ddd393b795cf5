/** The house's own rules, run by `npm run check`: one line a finding, and exit code 1 when there is any. */
import { fileURLToPath } from 'node:url';
import { doorFindings } from './house/doors.ts';
import { floorFindings } from './house/floors.ts';
import { paperFindings } from './house/papers.ts';
import { supplyFindings } from './house/supplies.ts';
import { readTree } from './house/tree.ts';

const tree = readTree(fileURLToPath(new URL('..', import.meta.url)));
const findings = [
  ...floorFindings(tree),
  ...doorFindings(tree),
  ...paperFindings(tree),
  ...supplyFindings(tree),
];

for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(`house: ${findings.length} findings`);
  process.exit(1);
}
console.log(`house: ${tree.sources.length} files keep the rules`);
