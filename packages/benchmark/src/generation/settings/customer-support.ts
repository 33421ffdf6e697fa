import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const customerSupport: Setting = {
  domain: 'customer-support',
  organisations: {
    en: ['Larkfield Broadband', 'Ossia Home', 'Tidewell Mobile', 'Pembroke Appliances', 'Greyline Internet'],
    fr: ['Calliope Télécom', 'Maison Verneuil', 'Altéa Mobile', 'Ménager Dubreuil', 'Filigrane Internet'],
  },
  roles: {
    en: ['a support agent', 'the shift lead of the help desk', 'a quality coach', 'the second-line specialist'],
    fr: ['conseiller clientèle', "cheffe d'équipe au centre d'appels", 'coach qualité', 'technicien de niveau 2'],
  },
  sites: {
    en: ['Leeds Centre', 'Cardiff Centre', 'Night Desk', 'Chat Hub', 'Dundee Office', 'Partner Desk'],
    fr: ['centre de Brest', 'centre de Metz', 'plateau de nuit', 'pôle chat', "plateau d'Arras", 'cellule partenaires'],
  },
  teams: [
    ['Billing', 'Facturation'],
    ['Repairs', 'Réparations'],
    ['Retention', 'Fidélisation'],
    ['Deliveries', 'Livraisons'],
    ['Accounts', 'Comptes clients'],
  ],
  articles: [
    article(
      ['replacement router', 'replacement routers'],
      ['box de remplacement', 'box de remplacement'],
      'f',
      [39, 120],
    ),
    article(
      ['technician visit', 'technician visits'],
      ['visite de technicien', 'visites de technicien'],
      'f',
      [45, 95],
    ),
    article(['headset', 'headsets'], ['casque', 'casques'], 'm', [25, 140]),
    article(['prepaid card', 'prepaid cards'], ['carte prépayée', 'cartes prépayées'], 'f', [10, 50]),
    article(
      ['extended warranty', 'extended warranties'],
      ['extension de garantie', 'extensions de garantie'],
      'f',
      [29, 89],
    ),
    article(['remote control', 'remote controls'], ['télécommande', 'télécommandes'], 'f', [12, 35]),
  ],
  record: {
    en: ['ticket', 'tickets'],
    fr: ['ticket', 'tickets'],
    gender: 'm',
    prefix: 'TCK',
    states: [
      ['new', 'nouveau'],
      ['in progress', 'en cours'],
      ['waiting for customer', 'en attente client'],
      ['closed', 'clos'],
    ],
  },
  subjects: [
    subject(
      ['billing', 'facturation'],
      ['I was charged twice for the same month.', "J'ai été débité deux fois pour le même mois."],
      [
        'My invoice shows an option that I never ordered.',
        "Ma facture comporte une option que je n'ai jamais commandée.",
      ],
      ['The direct debit went out on the wrong day.', 'Le prélèvement est passé à la mauvaise date.'],
    ),
    subject(
      ['breakdown', 'panne'],
      ['The line has been dead since last night.', 'La ligne ne fonctionne plus depuis hier soir.'],
      ['My box blinks red and nothing connects.', 'Ma box clignote en rouge et rien ne se connecte.'],
      ['The picture freezes every few minutes.', "L'image se fige toutes les deux minutes."],
    ),
    subject(
      ['cancellation', 'résiliation'],
      ['I want to end my contract at the end of the month.', 'Je souhaite mettre fin à mon contrat en fin de mois.'],
      [
        'Please stop my subscription, I am moving abroad.',
        "Merci d'arrêter mon abonnement, je pars vivre à l'étranger.",
      ],
      ['How do I leave you without a fee?', 'Comment vous quitter sans frais ?'],
    ),
    subject(
      ['delivery', 'livraison'],
      ['The parcel has been stuck at the depot for days.', 'Le colis est bloqué au dépôt depuis plusieurs jours.'],
      ['The courier left it at the wrong address.', "Le livreur l'a déposé à la mauvaise adresse."],
      ['Nobody came although I stayed at home all day.', "Personne n'est passé alors que je suis resté chez moi."],
    ),
    subject(
      ['account access', 'accès au compte'],
      ['The site no longer accepts my password.', 'Le site refuse mon mot de passe.'],
      ['I never receive the code to log in.', 'Je ne reçois jamais le code de connexion.'],
      ['My customer area says that I do not exist.', "Mon espace client indique que je n'existe pas."],
    ),
  ],
  steps: [
    ['line test', 'test de ligne'],
    ['callback to the customer', 'rappel du client'],
    ['call review', "réécoute d'appels"],
    ['script update', 'mise à jour du script'],
    ['refund check', 'contrôle des remboursements'],
    ['team briefing', "brief d'équipe"],
    ['new-starter coaching', 'accompagnement des nouveaux'],
    ['complaint committee', 'comité réclamations'],
  ],
  remarks: [
    [
      'Callers asked less often for a supervisor than the week before.',
      'Les demandes de responsable ont été moins fréquentes que la semaine précédente.',
    ],
    ['The new greeting was well received.', "La nouvelle formule d'accueil a été bien perçue."],
    ['Two agents moved to the evening rota.', 'Deux conseillers sont passés en horaires du soir.'],
    ['The knowledge base article on roaming still needs a rewrite.', "La fiche sur l'itinérance reste à réécrire."],
    [
      'Chat transcripts are now attached to the customer file.',
      'Les conversations chat sont désormais jointes au dossier client.',
    ],
    [
      'The wallboard was switched off during the network works.',
      "L'écran de suivi a été coupé pendant les travaux réseau.",
    ],
    ['Customers praised the shorter menu.', 'Les clients ont apprécié le menu raccourci.'],
    ['A coach sat in on the morning calls.', 'Un coach a suivi les appels du matin.'],
    ['The waiting music was changed again.', "La musique d'attente a de nouveau été changée."],
    ['Wrong transfers remain the main irritant.', "Les transferts erronés restent l'irritant principal."],
  ],
  replacements: [
    replacement(
      ['We will look at your {} today.', "Nous examinons votre {} aujourd'hui."],
      ['complaint', 'plainte'],
      ['request', 'demande'],
    ),
    replacement(
      ['Our {} will call you back.', 'Notre {} vous rappellera.'],
      ['call centre', "centre d'appels"],
      ['customer care team', 'service client'],
    ),
    replacement(
      ['Please send us your {}.', 'Merci de nous transmettre votre {}.'],
      ['subscriber number', "numéro d'abonné"],
      ['customer reference', 'référence client'],
    ),
    replacement(
      ['The technician noted a {} on the line.', 'Le technicien a constaté un {} sur la ligne.'],
      ['fault', 'défaut'],
      ['service interruption', 'incident de service'],
    ),
  ],
  phrases: [
    phrase(['outage', 'panne'], ['The outage affects the whole district.', 'La panne touche tout le quartier.']),
    phrase(
      ['direct debit', 'prélèvement automatique'],
      ['The direct debit will be cancelled tomorrow.', 'Le prélèvement automatique sera annulé demain.'],
    ),
    phrase(
      ['contract period', "durée d'engagement"],
      ['The contract period has already ended.', "La durée d'engagement est déjà terminée."],
    ),
    phrase(
      ['help desk', "service d'assistance"],
      ['Our help desk answers every day.', "Notre service d'assistance répond tous les jours."],
    ),
    phrase(['refund', 'remboursement'], ['Your refund has been approved.', 'Votre remboursement a été accepté.']),
    phrase(
      ['customer account', 'compte client'],
      ['The amount is shown in your customer account.', 'Le montant figure dans votre compte client.'],
    ),
  ],
  code: { records: 'tickets', group: 'queue', amount: 'minutes', groups: ['billing', 'repairs', 'chat', 'sales'] },
};
