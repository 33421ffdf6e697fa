import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const legal: Setting = {
  domain: 'legal',
  organisations: {
    en: ['Whitcombe & Rae Solicitors', 'Fenwick Chambers', 'Alder Notaries', 'Pryor Legal Aid', 'Langdale Partners'],
    fr: [
      'Cabinet Roussel & Fabre',
      'Étude des Quais',
      'SCP Morin Notaires',
      'Permanence juridique du Parc',
      'Lambert Avocats',
    ],
  },
  roles: {
    en: ['a paralegal', 'the court clerk', 'a trainee solicitor', 'the contracts manager'],
    fr: ['juriste', 'greffière', 'avocat stagiaire', 'gestionnaire de contrats'],
  },
  sites: {
    en: ['Hearing Room 2', 'Registry', 'Temple Street Office', 'Archive', 'Client Lounge', 'Park Row Office'],
    fr: ["salle d'audience 2", 'greffe', 'bureau de la rue du Temple', 'archives', 'salon clients', 'bureau du Parc'],
  },
  teams: [
    ['Litigation', 'Contentieux'],
    ['Contracts', 'Contrats'],
    ['Property', 'Immobilier'],
    ['Family', 'Famille'],
    ['Employment', 'Droit social'],
  ],
  articles: [
    article(['hour of advice', 'hours of advice'], ['heure de conseil', 'heures de conseil'], 'f', [120, 320]),
    article(['certified copy', 'certified copies'], ['copie certifiée', 'copies certifiées'], 'f', [5, 22]),
    article(
      ['sworn translation', 'sworn translations'],
      ['traduction assermentée', 'traductions assermentées'],
      'f',
      [45, 130],
    ),
    article(['court filing', 'court filings'], ['dépôt au greffe', 'dépôts au greffe'], 'm', [30, 95]),
    article(
      ['land register extract', 'land register extracts'],
      ['extrait du cadastre', 'extraits du cadastre'],
      'm',
      [8, 25],
    ),
    article(['expert report', 'expert reports'], ["rapport d'expertise", "rapports d'expertise"], 'm', [380, 900]),
  ],
  record: {
    en: ['case file', 'case files'],
    fr: ['dossier', 'dossiers'],
    gender: 'm',
    prefix: 'CSE',
    states: [
      ['opened', 'ouvert'],
      ['awaiting evidence', 'en attente de pièces'],
      ['listed for hearing', 'audiencé'],
      ['archived', 'archivé'],
    ],
  },
  subjects: [
    subject(
      ['tenancy', 'bail'],
      ['My landlord keeps the deposit without a reason.', 'Mon propriétaire garde la caution sans motif.'],
      ['The flat has had no heating since November.', "L'appartement est sans chauffage depuis novembre."],
      ['May the tenant sublet a room?', 'Le locataire peut-il sous-louer une chambre ?'],
    ),
    subject(
      ['employment', 'travail'],
      ['I was dismissed by a text message.', "J'ai été licencié par SMS."],
      ['My employer refuses to pay the bonus in the contract.', 'Mon employeur refuse la prime prévue au contrat.'],
      ['Can they move my workplace without my consent?', 'Peut-on changer mon lieu de travail sans mon accord ?'],
    ),
    subject(
      ['inheritance', 'succession'],
      ['My uncle left two wills that contradict each other.', 'Mon oncle a laissé deux testaments contradictoires.'],
      [
        'How is the house shared between the three children?',
        'Comment la maison est-elle partagée entre les trois enfants ?',
      ],
      ['I want to refuse an estate full of debts.', 'Je veux renoncer à un héritage plein de dettes.'],
    ),
    subject(
      ['contract dispute', 'litige contractuel'],
      ['The builder stopped halfway and keeps the advance.', "L'entrepreneur a arrêté les travaux et garde l'acompte."],
      ['The supplier delivers something else than agreed.', 'Le fournisseur livre autre chose que convenu.'],
      ['The buyer cancels the sale after signing.', "L'acheteur annule la vente après signature."],
    ),
    subject(
      ['data protection', 'données personnelles'],
      ['A shop sent my details to advertisers.', 'Un magasin a transmis mes coordonnées à des annonceurs.'],
      [
        'I ask for all information that you hold about me.',
        'Je demande toutes les informations que vous détenez sur moi.',
      ],
      ['My photo is online without my permission.', 'Ma photo est en ligne sans mon autorisation.'],
    ),
  ],
  steps: [
    ['client interview', 'entretien client'],
    ['evidence review', 'examen des pièces'],
    ['drafting of the claim', "rédaction de l'assignation"],
    ['filing at court', 'dépôt au greffe'],
    ['witness preparation', 'préparation des témoins'],
    ['mediation session', 'séance de médiation'],
    ['expert appointment', "désignation d'expert"],
    ['closing of the file', 'clôture du dossier'],
  ],
  remarks: [
    ['The judge asked for better copies.', 'Le juge a demandé des copies plus lisibles.'],
    ['The other side changed its lawyer.', "La partie adverse a changé d'avocat."],
    ['Original deeds stay in the safe.', 'Les actes originaux restent au coffre.'],
    ['The interpreter was booked again.', "L'interprète a de nouveau été réservé."],
    ['A clause on noise was added to the lease.', 'Une clause sur le bruit a été ajoutée au bail.'],
    ['The hearing room was too small for the public.', "La salle d'audience était trop petite pour le public."],
    ['The opinion was read by two colleagues.', "L'avis a été relu par deux confrères."],
    ['The registry now accepts electronic filings.', 'Le greffe accepte désormais les dépôts électroniques.'],
    ['The parties are willing to talk.', 'Les parties acceptent de discuter.'],
    ['Old files were sent to the archive.', 'Les anciens dossiers sont partis aux archives.'],
  ],
  replacements: [
    replacement(
      ['The {} shall pay the rent monthly.', 'Le {} paie le loyer chaque mois.'],
      ['renter', 'locataire'],
      ['Tenant', 'Preneur'],
    ),
    replacement(['This {} ends in June.', 'Ce {} prend fin en juin.'], ['deal', 'deal'], ['agreement', 'contrat']),
    replacement(
      ['The {} was heard on Tuesday.', 'Le {} a été entendu mardi.'],
      ['accused man', 'mis en cause'],
      ['defendant', 'défendeur'],
    ),
    replacement(
      ['Both sides signed the {}.', 'Les deux parties ont signé le {}.'],
      ['paper', 'papier'],
      ['deed', 'procès-verbal'],
    ),
  ],
  phrases: [
    phrase(['power of attorney', 'procuration'], ['The power of attorney is signed.', 'La procuration est signée.']),
    phrase(
      ['statute of limitations', 'délai de prescription'],
      ['The statute of limitations expires in March.', 'Le délai de prescription expire en mars.'],
    ),
    phrase(
      ['plaintiff', 'demandeur'],
      ['The plaintiff asks for damages.', 'Le demandeur réclame des dommages et intérêts.'],
    ),
    phrase(['lease', 'bail'], ['The lease was renewed.', 'Le bail a été renouvelé.']),
    phrase(['settlement', 'transaction'], ['The settlement ends the dispute.', 'La transaction met fin au litige.']),
    phrase(['hearing', 'audience'], ['The hearing is open to the public.', "L'audience est publique."]),
  ],
  code: { records: 'entries', group: 'client', amount: 'hours', groups: ['alder', 'fenwick', 'rae', 'pryor'] },
};
