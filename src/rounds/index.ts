import type { RoundKind } from './kind.ts';
import { accessReview } from './kinds/access-review.ts';
import { annualBudget } from './kinds/annual-budget.ts';
import { annualMeeting } from './kinds/annual-meeting.ts';
import { archiveCensus } from './kinds/archive-census.ts';
import { archiveTransfer } from './kinds/archive-transfer.ts';
import { assetCount } from './kinds/asset-count.ts';
import { attendanceCheck } from './kinds/attendance-check.ts';
import { attendanceReport } from './kinds/attendance-report.ts';
import { backupCheck } from './kinds/backup-check.ts';
import { brandSurvey } from './kinds/brand-survey.ts';
import { cleaning } from './kinds/cleaning.ts';
import { complianceCheck } from './kinds/compliance-check.ts';
import { complianceNotice } from './kinds/compliance-notice.ts';
import { complianceTraining } from './kinds/compliance-training.ts';
import { emergencyPlan } from './kinds/emergency-plan.ts';
import { energyReading } from './kinds/energy-reading.ts';
import { environmentScore } from './kinds/environment-score.ts';
import { expenseLedger } from './kinds/expense-ledger.ts';
import { facilityRound } from './kinds/facility-round.ts';
import { fireDrill } from './kinds/fire-drill.ts';
import { fullDrill } from './kinds/full-drill.ts';
import { logisticsPlan } from './kinds/logistics-plan.ts';
import { newsletter } from './kinds/newsletter.ts';
import { policyCensus } from './kinds/policy-census.ts';
import { processAudit } from './kinds/process-audit.ts';
import { quarterBudget } from './kinds/quarter-budget.ts';
import { relationsReview } from './kinds/relations-review.ts';
import { safetyInspection } from './kinds/safety-inspection.ts';
import { stockTake } from './kinds/stock-take.ts';
import { supplierReview } from './kinds/supplier-review.ts';
import { supplierVisit } from './kinds/supplier-visit.ts';
import { systemSecurity } from './kinds/system-security.ts';
import { themeEvent } from './kinds/theme-event.ts';

/** Every piece of recurring work, by hand, by how often it comes. A new one: a file in kinds/, its name in office.yaml's list, a line here. */
export const roundKinds: readonly RoundKind[] = [
  facilityRound,
  cleaning,
  attendanceCheck,
  backupCheck,
  attendanceReport,
  expenseLedger,
  environmentScore,
  safetyInspection,
  systemSecurity,
  stockTake,
  archiveTransfer,
  complianceNotice,
  newsletter,
  energyReading,
  quarterBudget,
  fireDrill,
  accessReview,
  supplierVisit,
  relationsReview,
  processAudit,
  complianceTraining,
  themeEvent,
  assetCount,
  fullDrill,
  complianceCheck,
  brandSurvey,
  archiveCensus,
  policyCensus,
  emergencyPlan,
  supplierReview,
  annualBudget,
  annualMeeting,
  logisticsPlan,
];

const byName: ReadonlyMap<string, RoundKind> = new Map(roundKinds.map((kind) => [kind.name, kind]));

/** A kind by its name; undefined for a name that an older version of the program knew. */
export const roundNamed = (name: string): RoundKind | undefined => byName.get(name);
