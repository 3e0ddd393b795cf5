import type { Migration } from 'kysely/migration';
import * as office from './0001-office.ts';
import * as simulator from './0002-simulator.ts';
import * as imports from './0003-imports.ts';
import * as language from './0004-language.ts';
import * as approvals from './0005-approvals.ts';
import * as deliveries from './0006-deliveries.ts';
import * as responses from './0008-responses.ts';
import * as reports from './0009-reports.ts';
import * as quiet from './0010-quiet.ts';
import * as rounds from './0011-rounds.ts';
import * as meetings from './0012-meetings.ts';
import * as minutes from './0013-minutes.ts';
import * as lookups from './0014-lookups.ts';
import * as reaching from './0015-reaching.ts';
import * as directory from './0016-directory.ts';
import * as messages from './0017-messages.ts';
import * as counterparts from './0018-counterparts.ts';
import * as centres from './0019-centres.ts';
import * as series from './0020-series.ts';
import * as roomUse from './0021-room-use.ts';
import * as stock from './0022-stock.ts';
import * as trips from './0023-trips.ts';
import * as repairs from './0024-repairs.ts';
import * as faults from './0025-faults.ts';
import * as doors from './0026-doors.ts';
import * as calendarFeed from './0027-calendar-feed.ts';
import * as supplies from './0028-supplies.ts';
import * as deeds from './0029-deeds.ts';
import * as growth from './0030-growth.ts';
import * as kept from './0031-kept.ts';
import * as spaces from './0032-spaces.ts';
import * as organisationChange from './0033-organisation-change.ts';
import * as deliveryNext from './0034-delivery-next.ts';
import * as limits from './0035-limits.ts';
import * as absenceChange from './0036-absence-change.adds.ts';

/** Every migration in order. A name, once released, never changes. */
export const migrations: { readonly [name: string]: Migration } = {
  '0001-office': office,
  '0002-simulator': simulator,
  '0003-imports': imports,
  '0004-language': language,
  '0005-approvals': approvals,
  '0006-deliveries': deliveries,
  '0008-responses': responses,
  '0009-reports': reports,
  '0010-quiet': quiet,
  '0011-rounds': rounds,
  '0012-meetings': meetings,
  '0013-minutes': minutes,
  '0014-lookups': lookups,
  '0015-reaching': reaching,
  '0016-directory': directory,
  '0017-messages': messages,
  '0018-counterparts': counterparts,
  '0019-centres': centres,
  '0020-series': series,
  '0021-room-use': roomUse,
  '0022-stock': stock,
  '0023-trips': trips,
  '0024-repairs': repairs,
  '0025-faults': faults,
  '0026-doors': doors,
  '0027-calendar-feed': calendarFeed,
  '0028-supplies': supplies,
  '0029-deeds': deeds,
  '0030-growth': growth,
  '0031-kept': kept,
  '0032-spaces': spaces,
  '0033-organisation-change': organisationChange,
  '0034-delivery-next': deliveryNext,
  '0035-limits': limits,
  '0036-absence-change.adds': absenceChange,
};
