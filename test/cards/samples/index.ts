/** All cards that the office can show. A new view, or a new card in `cards/`, has its sample here: golden.test.ts asks for it. */
import { answers } from './answers.ts';
import { meetings } from './meetings.ts';
import { office } from './office.ts';
import { requests } from './requests.ts';
import { trips } from './trips.ts';
import { rooms } from './rooms.ts';
import type { Sample } from './sample.ts';
import { stock } from './stock.ts';

export const samples: readonly Sample[] = [
  ...requests,
  ...answers,
  ...meetings,
  ...rooms,
  ...office,
  ...stock,
  ...trips,
];
