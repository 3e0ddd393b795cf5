/** `npm run golden`: draws the golden cards anew, and the table of their sizes in docs/cards.md. Look at what changed before you commit it. */
import { renewSizes } from '../test/cards/sizes.ts';
import { renewGoldens } from '../test/cards/golden.ts';

renewGoldens();
renewSizes();
console.log(
  'test/cards/golden/ and docs/cards.md are as the office draws now; git diff shows what changed',
);
