import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const healthcare: Setting = {
  domain: 'healthcare',
  organisations: {
    en: ['Brookside Clinic', 'Elm Grove Practice', 'Harbour Dental Care', 'Willow Physiotherapy', 'Northcote Hospital'],
    fr: [
      'Clinique du Ruisseau',
      'Cabinet médical des Ormes',
      'Centre dentaire du Port',
      'Kiné des Saules',
      'Hôpital Sainte-Odile',
    ],
  },
  roles: {
    en: ['a ward clerk', 'the practice manager', 'a pharmacy technician', 'the bed coordinator'],
    fr: ['secrétaire médicale', 'cadre de santé', 'préparateur en pharmacie', 'gestionnaire de lits'],
  },
  sites: {
    en: ['Ward B', 'Day Surgery', 'Outpatients', 'Radiology', 'Maternity', 'Pharmacy Store'],
    fr: [
      'unité B',
      'chirurgie ambulatoire',
      'consultations externes',
      'radiologie',
      'maternité',
      'réserve de la pharmacie',
    ],
  },
  teams: [
    ['Reception', 'Accueil'],
    ['Nursing', 'Soins infirmiers'],
    ['Pharmacy', 'Pharmacie'],
    ['Imaging', 'Imagerie'],
    ['Home Care', 'Soins à domicile'],
  ],
  articles: [
    article(['box of gloves', 'boxes of gloves'], ['boîte de gants', 'boîtes de gants'], 'f', [5, 14]),
    article(
      ['blood pressure cuff', 'blood pressure cuffs'],
      ['brassard de tensiomètre', 'brassards de tensiomètre'],
      'm',
      [18, 55],
    ),
    article(['wound dressing', 'wound dressings'], ['pansement', 'pansements'], 'm', [2, 9]),
    article(['consultation', 'consultations'], ['consultation', 'consultations'], 'f', [25, 70]),
    article(['crutch pair', 'crutch pairs'], ['paire de béquilles', 'paires de béquilles'], 'f', [15, 40]),
    article(['thermometer', 'thermometers'], ['thermomètre', 'thermomètres'], 'm', [9, 38]),
  ],
  record: {
    en: ['appointment', 'appointments'],
    fr: ['rendez-vous', 'rendez-vous'],
    gender: 'm',
    prefix: 'APT',
    states: [
      ['requested', 'demandé'],
      ['confirmed', 'confirmé'],
      ['attended', 'honoré'],
      ['missed', 'manqué'],
    ],
  },
  subjects: [
    subject(
      ['appointment', 'rendez-vous'],
      ['Could I come on Thursday instead of Tuesday?', 'Puis-je venir jeudi plutôt que mardi ?'],
      ['I will be late for my visit this morning.', 'Je serai en retard à ma visite de ce matin.'],
      ['Is there a free slot with the dermatologist?', 'Y a-t-il un créneau libre chez la dermatologue ?'],
    ),
    subject(
      ['prescription', 'ordonnance'],
      ['My repeat medicine runs out on Sunday.', 'Mon traitement habituel se termine dimanche.'],
      ['The pharmacy says that the dose is not legible.', 'La pharmacie dit que la posologie est illisible.'],
      ['Please renew the tablets for my thyroid.', 'Merci de renouveler les comprimés pour ma thyroïde.'],
    ),
    subject(
      ['test results', "résultats d'examens"],
      ['Has the laboratory sent my blood values?', 'Le laboratoire a-t-il transmis ma prise de sang ?'],
      ['I am waiting for the report of my scan.', "J'attends le compte rendu de mon scanner."],
      ['Where do I see the outcome of the swab?', 'Où consulter le résultat du prélèvement ?'],
    ),
    subject(
      ['insurance papers', 'papiers de mutuelle'],
      ['My insurer asks for an itemised bill of the stay.', 'Ma mutuelle demande le détail des frais du séjour.'],
      [
        'I need the form for the refund of the physiotherapy.',
        'Il me faut la feuille pour le remboursement de la kinésithérapie.',
      ],
      ['The cover card that you have on file is out of date.', 'La carte de complémentaire que vous avez est périmée.'],
    ),
    subject(
      ['hospital stay', 'hospitalisation'],
      ['What should I pack for the operation?', 'Que faut-il emporter pour l’opération ?'],
      ['At what time can my mother leave the ward?', 'À quelle heure ma mère pourra-t-elle sortir du service ?'],
      ['May I have a single room during my stay?', 'Puis-je avoir une chambre seule pendant mon séjour ?'],
    ),
  ],
  steps: [
    ['stock check', 'contrôle du stock'],
    ['ward round', 'visite des chambres'],
    ['equipment sterilisation', 'stérilisation du matériel'],
    ['handover meeting', 'transmissions'],
    ['vaccination session', 'séance de vaccination'],
    ['file archiving', 'archivage des dossiers'],
    ['fire drill', 'exercice incendie'],
    ['device calibration', 'étalonnage des appareils'],
  ],
  remarks: [
    ['The waiting room was rearranged.', "La salle d'attente a été réaménagée."],
    ['Patients like the reminders by text message.', 'Les patients apprécient les rappels par SMS.'],
    ['The lift to the second floor is working again.', "L'ascenseur du deuxième étage fonctionne de nouveau."],
    ['A volunteer reads to the children on Wednesdays.', 'Une bénévole lit des histoires aux enfants le mercredi.'],
    ['The linen delivery came late.', 'La livraison du linge est arrivée en retard.'],
    ['Two beds were moved to the recovery room.', 'Deux lits ont été déplacés en salle de réveil.'],
    ['The parking barrier is stuck now and then.', 'La barrière du parking se bloque de temps en temps.'],
    ['Trainees joined the morning rounds.', 'Des stagiaires ont suivi les visites du matin.'],
    ['The cold room was serviced.', 'La chambre froide a été révisée.'],
    ['Families ask for longer visiting hours.', 'Les familles demandent des visites plus longues.'],
  ],
  replacements: [
    replacement(
      ['The {} is kept at reception.', "Le {} est conservé à l'accueil."],
      ['chart', 'carnet'],
      ['patient record', 'dossier patient'],
    ),
    replacement(
      ['Ask the {} before you eat.', "Demandez l'avis de {} avant de manger."],
      ['sister', 'la surveillante'],
      ['nurse in charge', "l'infirmière référente"],
    ),
    replacement(
      ['We offer {} on Mondays.', 'Nous proposons des {} le lundi.'],
      ['check-ups', 'visites'],
      ['follow-up consultations', 'consultations de suivi'],
    ),
    replacement(
      ['Take the {} after the meal.', 'Prenez le {} après le repas.'],
      ['drug', 'cachet'],
      ['medicine', 'médicament'],
    ),
  ],
  phrases: [
    phrase(
      ['waiting room', "salle d'attente"],
      ['The waiting room is on the left.', "La salle d'attente est à gauche."],
    ),
    phrase(['prescription', 'ordonnance'], ['Bring your prescription with you.', 'Apportez votre ordonnance.']),
    phrase(
      ['blood test', 'prise de sang'],
      ['The blood test takes five minutes.', 'La prise de sang dure cinq minutes.'],
    ),
    phrase(
      ['discharge letter', 'lettre de sortie'],
      ['The discharge letter is sent to your doctor.', 'La lettre de sortie est envoyée à votre médecin.'],
    ),
    phrase(
      ['side effect', 'effet indésirable'],
      ['Tell us about any side effect.', 'Signalez-nous tout effet indésirable.'],
    ),
    phrase(
      ['emergency department', 'service des urgences'],
      ['The emergency department never closes.', 'Le service des urgences ne ferme jamais.'],
    ),
  ],
  code: {
    records: 'visits',
    group: 'ward',
    amount: 'minutes',
    groups: ['surgery', 'radiology', 'maternity', 'triage'],
  },
};
