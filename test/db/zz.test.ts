import { expect, test } from 'vitest';
import { freshDatabase } from '../office/database.ts';
test('t', async () => { const ts: number[] = []; for (let i = 0; i < 10; i++) { const t = performance.now(); const f = await freshDatabase(); ts.push(Math.round(performance.now() - t)); await f.drop(); } console.log(ts.join(' ')); expect(1).toBe(1); });
