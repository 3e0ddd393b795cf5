/** `npm start`. What is imported after the cache is on starts from what the last start compiled; the program is all of that. */
import './compile-cache.ts';

await import('./program.ts');
