import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const travel: Setting = {
  domain: 'travel',
  organisations: {
    en: ['Seven Coves Travel', 'Highland Rail Tours', 'Hotel Meridian Quay', 'Puffin Ferries', 'Compass Coaches'],
    fr: ['Voyages des Sept Criques', 'Rail & Sommets', 'Hôtel du Quai', 'Traversées du Large', 'Cars Boussole'],
  },
  roles: {
    en: ['a travel agent', 'the tour leader', 'the night receptionist', 'a group booking clerk'],
    fr: ['agente de voyages', 'guide accompagnateur', 'réceptionniste de nuit', 'chargée des groupes'],
  },
  sites: {
    en: ['Airport Desk', 'Ferry Terminal', 'City Office', 'Mountain Lodge', 'Lakeside Hotel', 'Central Station'],
    fr: [
      "comptoir de l'aéroport",
      'gare maritime',
      'agence du centre',
      "refuge d'altitude",
      'hôtel du lac',
      'gare centrale',
    ],
  },
  teams: [
    ['Reservations', 'Réservations'],
    ['Groups', 'Groupes'],
    ['Guides', 'Guides'],
    ['Guest Care', 'Relations voyageurs'],
    ['Ticketing', 'Billetterie'],
  ],
  articles: [
    article(['room night', 'room nights'], ['nuitée', 'nuitées'], 'f', [58, 190]),
    article(['ferry crossing', 'ferry crossings'], ['traversée', 'traversées'], 'f', [14, 85]),
    article(['guided tour', 'guided tours'], ['visite guidée', 'visites guidées'], 'f', [12, 55]),
    article(['rail pass', 'rail passes'], ['forfait train', 'forfaits train'], 'm', [45, 230]),
    article(['airport transfer', 'airport transfers'], ['transfert aéroport', 'transferts aéroport'], 'm', [18, 70]),
    article(['packed lunch', 'packed lunches'], ['panier-repas', 'paniers-repas'], 'm', [7, 19]),
  ],
  record: {
    en: ['booking', 'bookings'],
    fr: ['réservation', 'réservations'],
    gender: 'f',
    prefix: 'BKG',
    states: [
      ['on option', 'en option'],
      ['confirmed', 'confirmée'],
      ['paid in full', 'soldée'],
      ['cancelled', 'annulée'],
    ],
  },
  subjects: [
    subject(
      ['luggage', 'bagages'],
      ['My suitcase did not come out on the belt.', "Ma valise n'est pas arrivée sur le tapis."],
      ['The wheel of my trolley case was torn off.', 'La roulette de ma valise a été arrachée.'],
      ['How heavy may the cabin bag be?', 'Quel poids maximal pour le sac en cabine ?'],
    ),
    subject(
      ['booking change', 'modification de réservation'],
      ['I have to move the trip to the following week.', 'Je dois décaler le voyage à la semaine suivante.'],
      ['Please add a child to our reservation.', 'Merci d’ajouter un enfant à notre dossier.'],
      ['Can I swap the twin room for a double?', 'Puis-je échanger la chambre à deux lits contre une double ?'],
    ),
    subject(
      ['delay', 'retard'],
      [
        'We missed the connection because the train was late.',
        'Nous avons raté la correspondance à cause du retard du train.',
      ],
      [
        'The flight left four hours after the time on the ticket.',
        "L'avion est parti quatre heures après l'horaire prévu.",
      ],
      ['Our coach has been standing still since noon.', 'Notre car est immobilisé depuis midi.'],
    ),
    subject(
      ['special assistance', 'assistance particulière'],
      [
        'My father uses a wheelchair: who helps him board?',
        "Mon père est en fauteuil roulant : qui l'aide à embarquer ?",
      ],
      ['I travel with a guide dog.', 'Je voyage avec un chien guide.'],
      ['My daughter of ten travels alone.', 'Ma fille de dix ans voyage seule.'],
    ),
    subject(
      ['hotel complaint', 'réclamation hôtel'],
      ['The air conditioning roared all night.', 'La climatisation a vrombi toute la nuit.'],
      ['The bathroom had not been cleaned.', "La salle de bains n'avait pas été nettoyée."],
      ['The pool in the brochure does not exist.', "La piscine de la brochure n'existe pas."],
    ),
  ],
  steps: [
    ['coach inspection', 'contrôle du car'],
    ['guest welcome', 'accueil des voyageurs'],
    ['museum visit', 'visite du musée'],
    ['boat trip', 'sortie en bateau'],
    ['room check', 'contrôle des chambres'],
    ['luggage loading', 'chargement des bagages'],
    ['cooking class', 'cours de cuisine'],
    ['farewell dinner', "dîner d'adieu"],
  ],
  remarks: [
    ['The lake was calm for the crossing.', 'Le lac était calme pour la traversée.'],
    ['Breakfast was served on the terrace.', 'Le petit déjeuner a été servi en terrasse.'],
    ['A folk group played at the station.', 'Un groupe folklorique jouait à la gare.'],
    ['The path to the lighthouse is closed.', 'Le sentier du phare est fermé.'],
    ['Guests asked for the recipe of the soup.', 'Les voyageurs ont demandé la recette de la soupe.'],
    ['The guide lent out umbrellas.', 'La guide a prêté des parapluies.'],
    ['The funicular reopens after its service.', 'Le funiculaire rouvre après révision.'],
    ['The pillow menu was a success.', 'Le choix des oreillers a plu.'],
    ['The bay was full of sails.', 'La baie était couverte de voiles.'],
    ['The night train arrived on time.', "Le train de nuit est arrivé à l'heure."],
  ],
  replacements: [
    replacement(
      ['Our {} will meet you at the exit.', 'Notre {} vous attend à la sortie.'],
      ['rep', 'animateur'],
      ['local guide', 'guide local'],
    ),
    replacement(
      ['The {} includes breakfast.', 'Le {} comprend le petit déjeuner.'],
      ['package', 'paquet'],
      ['holiday plan', 'forfait séjour'],
    ),
    replacement(
      ['Every {} receives a map.', 'Chaque {} reçoit un plan.'],
      ['tourist', 'touriste'],
      ['guest', 'voyageur'],
    ),
    replacement(
      ['Please show your {} at the gate.', "Présentez votre {} à la porte d'embarquement."],
      ['ticket', 'billet'],
      ['boarding pass', "carte d'embarquement"],
    ),
  ],
  phrases: [
    phrase(
      ['boarding pass', "carte d'embarquement"],
      ['The boarding pass is on your phone.', "La carte d'embarquement est sur votre téléphone."],
    ),
    phrase(
      ['travel insurance', 'assurance voyage'],
      ['Travel insurance is optional.', "L'assurance voyage est facultative."],
    ),
    phrase(['round trip', 'aller-retour'], ['The round trip takes six hours.', "L'aller-retour prend six heures."]),
    phrase(
      ['check-in desk', "comptoir d'enregistrement"],
      ['The check-in desk opens at five.', "Le comptoir d'enregistrement ouvre à cinq heures."],
    ),
    phrase(
      ['sleeping car', 'voiture-lits'],
      ['The sleeping car is at the front of the train.', 'La voiture-lits est en tête de train.'],
    ),
    phrase(['half board', 'demi-pension'], ['Half board is included.', 'La demi-pension est incluse.']),
  ],
  code: { records: 'bookings', group: 'route', amount: 'seats', groups: ['coast', 'alps', 'lakes', 'islands'] },
};
