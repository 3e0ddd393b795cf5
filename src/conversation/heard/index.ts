import type { HeardAs } from '../../language/lexicon.ts';
import { modify } from './amend.ts';
import { approval } from './approval.ts';
import { asset } from './asset.ts';
import { freeRooms } from './free-rooms.ts';
import { cancel } from './cancel.ts';
import { document } from './document.ts';
import { minutes } from './minutes.ts';
import { query, urge } from './query.ts';
import { quiet } from './quiet.ts';
import { digest, monthlyReport } from './reports.ts';
import { tasks } from './tasks.ts';
import { seal } from './seal.ts';
import { confirm, greeting, help, nevermind, other } from './talk.ts';
import { todo } from './todo.ts';
import { visitor } from './visitor.ts';

/** How everything sounds that is not the asking of a request kind: dealing with requests, the rest of the office, talk. */
export const heardAs: readonly HeardAs[] = [
  query,
  cancel,
  modify,
  urge,
  approval,
  tasks,
  freeRooms,
  visitor,
  seal,
  document,
  asset,
  minutes,
  todo,
  quiet,
  digest,
  monthlyReport,
  help,
  greeting,
  confirm,
  nevermind,
  other,
];
