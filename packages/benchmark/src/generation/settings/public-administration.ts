import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const publicAdministration: Setting = {
  domain: 'public-administration',
  organisations: {
    en: [
      'Wexcombe Town Council',
      'Eastmoor District',
      'Barrow Hill Library Service',
      'Linton Borough',
      'Sedge Valley Transport',
    ],
    fr: [
      'Mairie de Valmont',
      'Communauté du Haut-Pays',
      'Médiathèques de la Plaine',
      'Ville de Saint-Aubin',
      'Transports du Bassin',
    ],
  },
  roles: {
    en: ['a registry officer', 'the clerk to the council', 'a housing officer', 'the front-desk supervisor'],
    fr: ["officier d'état civil", 'secrétaire de mairie', 'chargée du logement', "responsable de l'accueil"],
  },
  sites: {
    en: ['Town Hall', 'Market Square', 'Municipal Pool', 'East Annexe', 'Central Library', 'Civic Depot'],
    fr: [
      'hôtel de ville',
      'place du Marché',
      'piscine municipale',
      'mairie annexe est',
      'bibliothèque centrale',
      'centre technique',
    ],
  },
  teams: [
    ['Civil Registry', 'État civil'],
    ['Planning', 'Urbanisme'],
    ['Roads', 'Voirie'],
    ['Social Services', 'Action sociale'],
    ['Culture', 'Culture'],
  ],
  articles: [
    article(['swimming pass', 'swimming passes'], ['abonnement piscine', 'abonnements piscine'], 'm', [18, 95]),
    article(
      ['parking permit', 'parking permits'],
      ['carte de stationnement', 'cartes de stationnement'],
      'f',
      [12, 60],
    ),
    article(['market stall', 'market stalls'], ['emplacement de marché', 'emplacements de marché'], 'm', [9, 34]),
    article(['school meal', 'school meals'], ['repas scolaire', 'repas scolaires'], 'm', [2, 6]),
    article(['hall rental', 'hall rentals'], ['location de salle', 'locations de salle'], 'f', [45, 280]),
    article(['library card', 'library cards'], ['carte de bibliothèque', 'cartes de bibliothèque'], 'f', [5, 25]),
  ],
  record: {
    en: ['permit', 'permits'],
    fr: ['demande de permis', 'demandes de permis'],
    gender: 'f',
    prefix: 'PRM',
    states: [
      ['filed', 'déposée'],
      ['under review', "à l'instruction"],
      ['granted', 'accordée'],
      ['refused', 'refusée'],
    ],
  },
  subjects: [
    subject(
      ['roads', 'voirie'],
      ['There is a deep pothole in front of the bakery.', 'Il y a un nid-de-poule profond devant la boulangerie.'],
      ['The street lamp at the crossing is broken.', 'Le lampadaire du carrefour est cassé.'],
      ['The pavement is blocked by a fallen sign.', 'Le trottoir est bloqué par un panneau tombé.'],
    ),
    subject(
      ['civil registry', 'état civil'],
      ['I need a copy of my birth certificate.', "J'ai besoin d'une copie de mon acte de naissance."],
      ['How do we declare the birth of our son?', 'Comment déclarer la naissance de notre fils ?'],
      ['We would like to marry in June: which papers?', 'Nous voulons nous marier en juin : quels papiers ?'],
    ),
    subject(
      ['housing', 'logement'],
      ['I am looking for a council flat on the ground floor.', 'Je cherche un appartement social en rez-de-chaussée.'],
      ['My social flat has mould on the walls.', 'Mon HLM a de la moisissure aux murs.'],
      [
        'Where do I stand on the waiting list for a home?',
        "Où en est ma place sur la liste d'attente pour un logement ?",
      ],
    ),
    subject(
      ['planning', 'urbanisme'],
      ['May I build a shed along the hedge?', 'Puis-je construire un abri le long de la haie ?'],
      ['My neighbour raises his roof without a permit.', 'Mon voisin surélève son toit sans permis.'],
      [
        'I want to change the colour of my shutters in the old town.',
        'Je veux changer la couleur de mes volets dans le centre ancien.',
      ],
    ),
    subject(
      ['local tax', 'impôts locaux'],
      ['I was billed for a house that I sold.', "J'ai été imposé pour une maison que j'ai vendue."],
      ['Can I pay the property levy in instalments?', 'Puis-je payer la taxe foncière en plusieurs fois ?'],
      [
        'The reduction for my disability is missing on the notice.',
        "L'abattement pour mon handicap manque sur l'avis.",
      ],
    ),
  ],
  steps: [
    ['site visit', 'visite sur place'],
    ['public notice', 'affichage public'],
    ['council vote', 'vote du conseil'],
    ['tender opening', 'ouverture des plis'],
    ['street closure', 'fermeture de rue'],
    ['polling station set-up', 'installation du bureau de vote'],
    ['budget hearing', "débat d'orientation budgétaire"],
    ['archive transfer', "versement d'archives"],
  ],
  remarks: [
    ['The fountain is running again.', 'La fontaine coule de nouveau.'],
    ['Residents asked for more benches.', 'Les habitants demandent plus de bancs.'],
    ['The market moved for the works.', 'Le marché a été déplacé pendant les travaux.'],
    ['The brass band opened the ceremony.', 'La fanfare a ouvert la cérémonie.'],
    ['A bee hive was found in the bell tower.', 'Un essaim a été trouvé dans le clocher.'],
    ['The counter now opens at lunchtime.', 'Le guichet ouvre désormais à midi.'],
    ['Forms are available in large print.', 'Les formulaires existent en gros caractères.'],
    ['The bus shelter was rebuilt.', "L'abribus a été reconstruit."],
    ['Volunteers planted trees along the canal.', 'Des bénévoles ont planté des arbres le long du canal.'],
    ['The old school becomes a youth club.', "L'ancienne école devient une maison des jeunes."],
  ],
  replacements: [
    replacement(
      ['The {} must sign the form.', 'Le {} doit signer le formulaire.'],
      ['petitioner', 'pétitionnaire'],
      ['applicant', 'demandeur'],
    ),
    replacement(
      ['Bring a {} of your identity card.', "Apportez une {} de votre carte d'identité."],
      ['duplicate', 'reproduction'],
      ['copy', 'copie'],
    ),
    replacement(
      ['The office is closed on {}.', 'Le bureau est fermé les {}.'],
      ['bank holidays', 'jours chômés'],
      ['public holidays', 'jours fériés'],
    ),
    replacement(
      ['You may {} the decision in writing.', 'Vous pouvez {} la décision par écrit.'],
      ['impugn', 'attaquer'],
      ['challenge', 'contester'],
    ),
  ],
  phrases: [
    phrase(
      ['town council', 'conseil municipal'],
      ['The town council meets tonight.', 'Le conseil municipal se réunit ce soir.'],
    ),
    phrase(
      ['birth certificate', 'acte de naissance'],
      ['The birth certificate is free of charge.', "L'acte de naissance est gratuit."],
    ),
    phrase(
      ['building permit', 'permis de construire'],
      ['The building permit is valid for three years.', 'Le permis de construire est valable trois ans.'],
    ),
    phrase(
      ['polling station', 'bureau de vote'],
      ['The polling station closes at eight.', 'Le bureau de vote ferme à vingt heures.'],
    ),
    phrase(
      ['property tax', 'taxe foncière'],
      ['The property tax is due in October.', 'La taxe foncière est due en octobre.'],
    ),
    phrase(
      ['waiting list', "liste d'attente"],
      ['The waiting list is getting shorter.', "La liste d'attente diminue."],
    ),
  ],
  code: { records: 'permits', group: 'district', amount: 'days', groups: ['north', 'market', 'harbour', 'hills'] },
};
