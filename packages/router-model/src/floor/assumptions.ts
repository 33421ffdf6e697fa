import type { Certificate } from './certificate.ts';

/** What must hold for a certificate to mean what it says, in words for the reader of the certificate. */
export function assumptionsOf({
  floor,
  scope,
  strongest,
}: Pick<Certificate, 'floor' | 'scope' | 'strongest'>): string[] {
  return [
    'The router did not learn from the calibration requests or from near-duplicates of them.',
    'Groups of near-duplicates are independent draws from the traffic that is served, and each group counts once, however often it is asked.',
    scope === 'mixture'
      ? "Live traffic has the calibration data's mix of domains and familiarity: the promise is about their average."
      : "Within each certified domain, live requests are like the calibration data's; the mix of the domains may change.",
    'Scores mean live what they mean here: same judge or checks, same rubric, unbiased; for a biased judge the promise is about its scores.',
    'Predictions, expected costs, domains and familiarity are made when serving as they were for the replay; none of them had seen the replies.',
    'The models behind the names, the router and the familiarity limit are the ones replayed; any change asks for a new certificate.',
    floor.kind === 'share-of-strongest'
      ? `The comparison is with ${strongest} on the same requests, whichever model may be better by then.`
      : `Replies count as below ${floor.score} by their overall score, request by request, not by any average.`,
    scope === 'mixture'
      ? `The probability of ${floor.confidence} is over the draw of the calibration data: it is that of issuing a right certificate, not of any one request.`
      : `The probability of ${floor.confidence} is over the draw of the calibration data, for all certified domains together (Bonferroni).`,
    'The promise is about the average over much traffic; a short stretch of requests varies around it.',
    'Certifying again and again on one data set until a certificate comes out voids the confidence.',
  ];
}
