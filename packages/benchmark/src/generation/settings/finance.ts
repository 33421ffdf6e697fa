import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const finance: Setting = {
  domain: 'finance',
  organisations: {
    en: [
      'Harcourt & Vale Accounting',
      'Northgate Mutual',
      'Ledgerstone',
      'Copperfield Credit Union',
      'Abbey Row Insurance',
    ],
    fr: ['Cabinet Harcourt', 'Mutuelle du Nord', 'Grand Livre Conseil', 'Caisse des Tanneurs', 'Assurances Belle-Rive'],
  },
  roles: {
    en: ['an accounts payable clerk', 'the treasury analyst', 'a claims handler', 'the internal auditor'],
    fr: ['comptable fournisseurs', 'analyste trésorerie', 'gestionnaire de sinistres', 'auditrice interne'],
  },
  sites: {
    en: ['Bristol Branch', 'City Office', 'Harbour Branch', 'Shared Service Centre', 'Exeter Branch', 'Call Desk'],
    fr: [
      'agence de Nantes',
      'siège',
      'agence du Port',
      'centre de services partagés',
      'agence de Dijon',
      'plateau conseillers',
    ],
  },
  teams: [
    ['Payables', 'Fournisseurs'],
    ['Treasury', 'Trésorerie'],
    ['Claims', 'Sinistres'],
    ['Audit', 'Audit'],
    ['Lending', 'Crédits'],
  ],
  articles: [
    article(['audit day', 'audit days'], ["journée d'audit", "journées d'audit"], 'f', [420, 980]),
    article(['account statement', 'account statements'], ['relevé de compte', 'relevés de compte'], 'm', [3, 12]),
    article(
      ['payment terminal', 'payment terminals'],
      ['terminal de paiement', 'terminaux de paiement'],
      'm',
      [18, 65],
    ),
    article(['credit report', 'credit reports'], ['rapport de solvabilité', 'rapports de solvabilité'], 'm', [15, 48]),
    article(['bank transfer', 'bank transfers'], ['virement', 'virements'], 'm', [1, 9]),
    article(['tax return', 'tax returns'], ['déclaration fiscale', 'déclarations fiscales'], 'f', [90, 320]),
  ],
  record: {
    en: ['claim', 'claims'],
    fr: ['sinistre', 'sinistres'],
    gender: 'm',
    prefix: 'CLM',
    states: [
      ['opened', 'ouvert'],
      ['under assessment', 'en expertise'],
      ['settled', 'réglé'],
      ['rejected', 'refusé'],
    ],
  },
  subjects: [
    subject(
      ['lost card', 'carte perdue'],
      ['I cannot find my bank card since the market.', 'Je ne retrouve plus ma carte depuis le marché.'],
      ['Please block the card, my wallet was stolen.', 'Merci de bloquer la carte, on m’a volé mon portefeuille.'],
      ['The cash machine swallowed my card.', 'Le distributeur a avalé ma carte.'],
    ),
    subject(
      ['loan', 'crédit'],
      ['I would like to repay my mortgage early.', 'Je souhaite rembourser mon prêt immobilier par anticipation.'],
      ['What rate would you offer for a car loan?', 'Quel taux proposez-vous pour un prêt auto ?'],
      ['Can I skip one monthly repayment?', 'Puis-je reporter une mensualité ?'],
    ),
    subject(
      ['insurance claim', 'sinistre'],
      ['Water came through the ceiling and ruined the floor.', "L'eau a traversé le plafond et abîmé le parquet."],
      ['Another driver hit my parked car.', 'Un autre conducteur a heurté ma voiture en stationnement.'],
      ['Hail broke the roof window.', 'La grêle a cassé la fenêtre de toit.'],
    ),
    subject(
      ['suspicious transaction', 'opération suspecte'],
      [
        'There is a payment in a city where I never was.',
        'Un paiement apparaît dans une ville où je ne suis jamais allé.',
      ],
      ['Somebody withdrew money that I did not ask for.', "Quelqu'un a retiré de l'argent à mon insu."],
      [
        'A text message asked me to confirm a transfer that is not mine.',
        "Un SMS me demande de confirmer un virement qui n'est pas de moi.",
      ],
    ),
    subject(
      ['savings', 'épargne'],
      ['Which account gives the best return for two years?', 'Quel livret rapporte le plus sur deux ans ?'],
      [
        'I want to set up a standing payment into my savings.',
        'Je veux programmer un versement régulier sur mon épargne.',
      ],
      ['When is the interest of the deposit credited?', 'Quand les intérêts du placement sont-ils versés ?'],
    ),
  ],
  steps: [
    ['bank reconciliation', 'rapprochement bancaire'],
    ['payment run', 'campagne de paiement'],
    ['budget review', 'revue budgétaire'],
    ['stock valuation', 'valorisation des stocks'],
    ['tax filing', 'dépôt de la déclaration fiscale'],
    ['credit committee', 'comité de crédit'],
    ['petty cash count', 'comptage de la caisse'],
    ['auditor meeting', 'rendez-vous avec les auditeurs'],
  ],
  remarks: [
    ['The auditors asked for the signed contracts.', 'Les auditeurs ont demandé les contrats signés.'],
    ['Late suppliers were reminded by letter.', 'Les fournisseurs en retard ont été relancés par courrier.'],
    ['The new approval form is easier to read.', "Le nouveau formulaire d'approbation est plus lisible."],
    ['A signature was missing on one transfer order.', 'Une signature manquait sur un ordre de virement.'],
    [
      'The exchange desk closed early before the holiday.',
      'Le guichet de change a fermé plus tôt avant le jour férié.',
    ],
    [
      'Rounding differences were posted to a separate account.',
      'Les écarts d’arrondi ont été passés sur un compte à part.',
    ],
    ['The committee wants a simpler dashboard.', 'Le comité souhaite un tableau de bord plus simple.'],
    ['The lease file was moved to the archive.', 'Le dossier de bail est passé aux archives.'],
    ['Two vendors share the same name: beware.', 'Deux fournisseurs portent le même nom : attention.'],
    ['The cash box key was handed over against signature.', 'La clé de la caisse a été remise contre signature.'],
  ],
  replacements: [
    replacement(
      ['The {} is due on the first.', 'La {} est exigible le premier du mois.'],
      ['instalment', 'traite'],
      ['monthly repayment', 'mensualité'],
    ),
    replacement(
      ['Your {} has been updated.', 'Votre {} a été mis à jour.'],
      ['bank file', 'compte bancaire'],
      ['account record', 'dossier de compte'],
    ),
    replacement(
      ['We charge a {} for this service.', 'Ce service fait l’objet de {}.'],
      ['penalty', 'pénalités'],
      ['processing fee', 'frais de dossier'],
    ),
    replacement(
      ['The {} covers water damage.', 'Le {} couvre les dégâts des eaux.'],
      ['policy', 'contrat'],
      ['insurance cover', 'volet assurance'],
    ),
  ],
  phrases: [
    phrase(['balance sheet', 'bilan'], ['The balance sheet closes in December.', 'Le bilan est arrêté en décembre.']),
    phrase(
      ['overdraft', 'découvert'],
      ['The overdraft is limited this year.', 'Le découvert est plafonné cette année.'],
    ),
    phrase(
      ['interest rate', "taux d'intérêt"],
      ['The interest rate is fixed for the whole loan.', "Le taux d'intérêt est fixe pendant tout le prêt."],
    ),
    phrase(
      ['standing order', 'virement permanent'],
      ['The standing order starts in May.', 'Le virement permanent démarre en mai.'],
    ),
    phrase(
      ['deductible', 'franchise'],
      ['The deductible is the same for every claim.', 'La franchise est la même pour chaque sinistre.'],
    ),
    phrase(
      ['cash flow', 'trésorerie'],
      ['The cash flow improved in spring.', "La trésorerie s'est améliorée au printemps."],
    ),
  ],
  code: { records: 'payments', group: 'account', amount: 'cents', groups: ['rent', 'payroll', 'travel', 'fees'] },
};
