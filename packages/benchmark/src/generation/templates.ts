import type { Template } from './template.ts';
import { accountOverTurns } from './templates/account-over-turns.ts';
import { actionItems } from './templates/action-items.ts';
import { appointmentLines } from './templates/appointment-lines.ts';
import { backlogHours } from './templates/backlog-hours.ts';
import { bookingOverTurns } from './templates/booking-over-turns.ts';
import { changeHeadline } from './templates/change-headline.ts';
import { chronologicalRewrite } from './templates/chronological-rewrite.ts';
import { codeCheckDigit } from './templates/code-check-digit.ts';
import { codeGroupTotals } from './templates/code-group-totals.ts';
import { codeLatestState } from './templates/code-latest-state.ts';
import { codeLongestRun } from './templates/code-longest-run.ts';
import { codeMendList } from './templates/code-mend-list.ts';
import { codeMergeIntervals } from './templates/code-merge-intervals.ts';
import { codeParseDuration } from './templates/code-parse-duration.ts';
import { codeRanking } from './templates/code-ranking.ts';
import { codeTieredPrice } from './templates/code-tiered-price.ts';
import { commonSlot } from './templates/common-slot.ts';
import { correctedOrder } from './templates/corrected-order.ts';
import { costSharing } from './templates/cost-sharing.ts';
import { currencyExchange } from './templates/currency-exchange.ts';
import { decisionSummary } from './templates/decision-summary.ts';
import { documentNeedle } from './templates/document-needle.ts';
import { eligibleApplicants } from './templates/eligible-applicants.ts';
import { feedbackTally } from './templates/feedback-tally.ts';
import { figuresSummary } from './templates/figures-summary.ts';
import { formOverTurns } from './templates/form-over-turns.ts';
import { glossaryTranslation } from './templates/glossary-translation.ts';
import { incidentDigest } from './templates/incident-digest.ts';
import { initialLetters } from './templates/initial-letters.ts';
import { injectedInstruction } from './templates/injected-instruction.ts';
import { interfaceStrings } from './templates/interface-strings.ts';
import { invoiceFields } from './templates/invoice-fields.ts';
import { invoiceTotal } from './templates/invoice-total.ts';
import { keywordBlurb } from './templates/keyword-blurb.ts';
import { listOverTurns } from './templates/list-over-turns.ts';
import { localisedFigures } from './templates/localised-figures.ts';
import { logFilter } from './templates/log-filter.ts';
import { mendJson } from './templates/mend-json.ts';
import { messageFields } from './templates/message-fields.ts';
import { messageSubject } from './templates/message-subject.ts';
import { noticeWithFacts } from './templates/notice-with-facts.ts';
import { numbersInText } from './templates/numbers-in-text.ts';
import { orderOverTurns } from './templates/order-over-turns.ts';
import { packingUnits } from './templates/packing-units.ts';
import { percentageChange } from './templates/percentage-change.ts';
import { preferredTerms } from './templates/preferred-terms.ts';
import { priorityMatrix } from './templates/priority-matrix.ts';
import { projectDuration } from './templates/project-duration.ts';
import { queueOrder } from './templates/queue-order.ts';
import { refundReply } from './templates/refund-reply.ts';
import { removePersonalData } from './templates/remove-personal-data.ts';
import { routeByRules } from './templates/route-by-rules.ts';
import { ruleOverTurns } from './templates/rule-over-turns.ts';
import { sortIntoBands } from './templates/sort-into-bands.ts';
import { statusTally } from './templates/status-tally.ts';
import { stockRunOut } from './templates/stock-run-out.ts';
import { tableAggregate } from './templates/table-aggregate.ts';
import { tableToJson } from './templates/table-to-json.ts';
import { tableTranslation } from './templates/table-translation.ts';
import { tariffWithExceptions } from './templates/tariff-with-exceptions.ts';
import { textMessageReminder } from './templates/text-message-reminder.ts';
import { tidyList } from './templates/tidy-list.ts';
import { timeZones } from './templates/time-zones.ts';
import { timedAgenda } from './templates/timed-agenda.ts';
import { whoDoesWhat } from './templates/who-does-what.ts';
import { workingDayDeadline } from './templates/working-day-deadline.ts';

/** Every template. Their order decides nothing but which of them a generated benchmark takes first. */
export const TEMPLATES: readonly Template[] = [
  accountOverTurns,
  actionItems,
  appointmentLines,
  backlogHours,
  bookingOverTurns,
  changeHeadline,
  chronologicalRewrite,
  codeCheckDigit,
  codeGroupTotals,
  codeLatestState,
  codeLongestRun,
  codeMendList,
  codeMergeIntervals,
  codeParseDuration,
  codeRanking,
  codeTieredPrice,
  commonSlot,
  correctedOrder,
  costSharing,
  currencyExchange,
  decisionSummary,
  documentNeedle,
  eligibleApplicants,
  feedbackTally,
  figuresSummary,
  formOverTurns,
  glossaryTranslation,
  incidentDigest,
  initialLetters,
  injectedInstruction,
  interfaceStrings,
  invoiceFields,
  invoiceTotal,
  keywordBlurb,
  listOverTurns,
  localisedFigures,
  logFilter,
  mendJson,
  messageFields,
  messageSubject,
  noticeWithFacts,
  numbersInText,
  orderOverTurns,
  packingUnits,
  percentageChange,
  preferredTerms,
  priorityMatrix,
  projectDuration,
  queueOrder,
  refundReply,
  removePersonalData,
  routeByRules,
  ruleOverTurns,
  sortIntoBands,
  statusTally,
  stockRunOut,
  tableAggregate,
  tableToJson,
  tableTranslation,
  tariffWithExceptions,
  textMessageReminder,
  tidyList,
  timeZones,
  timedAgenda,
  whoDoesWhat,
  workingDayDeadline,
];
