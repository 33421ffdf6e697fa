import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const energyEnvironment: Setting = {
  domain: 'energy-environment',
  organisations: {
    en: ['Moorland Wind', 'Brightfield Energy', 'Clearbrook Water', 'Heathside Recycling', 'Solace Heat Networks'],
    fr: [
      'Éoliennes du Causse',
      'Énergie Plein Champ',
      'Eaux de la Vive',
      'Recyclage des Landes',
      'Réseaux de chaleur Solane',
    ],
  },
  roles: {
    en: ['an energy auditor', 'the site environment officer', 'a metering technician', 'the waste contracts manager'],
    fr: [
      'auditrice énergie',
      'responsable environnement de site',
      'technicien comptage',
      'gestionnaire des contrats déchets',
    ],
  },
  sites: {
    en: ['Ridge Farm', 'Canal Street Plant', 'Lower Weir', 'Quarry Road Depot', 'East Substation', 'Beacon Hill'],
    fr: [
      'ferme des Crêtes',
      'usine du Canal',
      'barrage du Bas',
      'dépôt des Carrières',
      'poste Est',
      'colline du Phare',
    ],
  },
  teams: [
    ['Metering', 'Comptage'],
    ['Grid', 'Réseau'],
    ['Biodiversity', 'Biodiversité'],
    ['Waste', 'Déchets'],
    ['Renewables', 'Renouvelables'],
  ],
  articles: [
    article(['solar panel', 'solar panels'], ['panneau solaire', 'panneaux solaires'], 'm', [95, 260]),
    article(['smart meter', 'smart meters'], ['compteur communicant', 'compteurs communicants'], 'm', [60, 140]),
    article(
      ['heat pump service', 'heat pump services'],
      ['entretien de pompe à chaleur', 'entretiens de pompe à chaleur'],
      'm',
      [120, 240],
    ),
    article(['rain barrel', 'rain barrels'], ["récupérateur d'eau", "récupérateurs d'eau"], 'm', [35, 130]),
    article(['LED tube', 'LED tubes'], ['tube LED', 'tubes LED'], 'm', [6, 22]),
    article(['compost bin', 'compost bins'], ['composteur', 'composteurs'], 'm', [28, 75]),
  ],
  record: {
    en: ['inspection', 'inspections'],
    fr: ['inspection', 'inspections'],
    gender: 'f',
    prefix: 'INS',
    states: [
      ['planned', 'planifiée'],
      ['under way', 'en cours'],
      ['report pending', 'rapport en attente'],
      ['completed', 'terminée'],
    ],
  },
  subjects: [
    subject(
      ['meter reading', 'relevé de compteur'],
      ['The display of my meter shows dashes only.', "L'afficheur de mon compteur ne montre que des tirets."],
      ['I want to send you my index for this month.', 'Je souhaite vous transmettre mon index de ce mois.'],
      ['Nobody came to read the dial in the cellar.', "Personne n'est venu lire le cadran à la cave."],
    ),
    subject(
      ['pollution report', 'signalement de pollution'],
      [
        'There is an oily film on the stream behind the mill.',
        'Il y a un film huileux sur le ruisseau derrière le moulin.',
      ],
      ['Somebody dumps rubble at the edge of the wood.', "Quelqu'un déverse des gravats en lisière de forêt."],
      ['Black smoke comes out of the chimney every evening.', 'Une fumée noire sort de la cheminée chaque soir.'],
    ),
    subject(
      ['grant', 'aide financière'],
      ['Is there a subsidy for insulating the loft?', 'Existe-t-il une prime pour isoler les combles ?'],
      [
        'My application for the heat pump bonus has no answer yet.',
        'Ma demande de prime pour la pompe à chaleur reste sans réponse.',
      ],
      ['What income limits apply to the renovation cheque?', 'Quels plafonds de revenus pour le chèque rénovation ?'],
    ),
    subject(
      ['outage', 'coupure'],
      ['The whole street has been in the dark since noon.', 'Toute la rue est privée de courant depuis midi.'],
      ['No hot water comes from the district network.', "Le réseau de chaleur ne fournit plus d'eau chaude."],
      ['The power went off during the storm.', "L'électricité s'est arrêtée pendant l'orage."],
    ),
    subject(
      ['waste collection', 'collecte des déchets'],
      ['The yellow bin was not emptied.', "Le bac jaune n'a pas été vidé."],
      ['On which day do you take bulky items?', 'Quel jour ramassez-vous les encombrants ?'],
      ['Our building needs a second container for glass.', 'Notre immeuble a besoin d’un second bac à verre.'],
    ),
  ],
  steps: [
    ['meter replacement', 'remplacement des compteurs'],
    ['turbine inspection', "inspection d'éolienne"],
    ['water sampling', "prélèvements d'eau"],
    ['bird survey', 'recensement des oiseaux'],
    ['cable laying', 'pose du câble'],
    ['noise measurement', 'mesure de bruit'],
    ['thermal imaging', 'thermographie'],
    ['public hearing', 'réunion publique'],
  ],
  remarks: [
    ['Hedgehogs were seen near the new pond.', 'Des hérissons ont été aperçus près de la nouvelle mare.'],
    ['The access road was muddy after the rain.', "Le chemin d'accès était boueux après la pluie."],
    ['Residents asked for quieter lorries.', 'Les riverains demandent des camions plus silencieux.'],
    ['The blades were cleaned from a rope.', 'Les pales ont été nettoyées sur corde.'],
    ['A spare transformer is kept at the depot.', 'Un transformateur de secours est gardé au dépôt.'],
    ['The sorting belt stopped for maintenance.', 'Le tapis de tri a été arrêté pour entretien.'],
    ['Wild flowers were sown along the fence.', 'Une prairie fleurie a été semée le long de la clôture.'],
    ['The weather station sends its readings again.', 'La station météo transmet de nouveau ses relevés.'],
    ['The mayor visited the pumping station.', 'Le maire a visité la station de pompage.'],
    ['Some bins were too full to close.', 'Certains bacs étaient trop pleins pour fermer.'],
  ],
  replacements: [
    replacement(
      ['The {} is measured every hour.', 'La {} est mesurée chaque heure.'],
      ['consumption', 'conso'],
      ['energy use', "consommation d'énergie"],
    ),
    replacement(
      ['{} is collected on Tuesdays.', '{} sont collectées le mardi.'],
      ['Rubbish', 'Les poubelles'],
      ['Household waste', 'Les ordures ménagères'],
    ),
    replacement(
      ['Our {} runs all year.', 'Notre {} tourne toute l’année.'],
      ['windmill', 'moulin à vent'],
      ['wind turbine', 'aérogénérateur'],
    ),
    replacement(
      ['Please report any {} at once.', 'Signalez sans tarder toute {}.'],
      ['spill', 'fuite'],
      ['accidental release', 'pollution accidentelle'],
    ),
  ],
  phrases: [
    phrase(
      ['wind farm', 'parc éolien'],
      ['The wind farm produces more in winter.', 'Le parc éolien produit davantage en hiver.'],
    ),
    phrase(
      ['heat pump', 'pompe à chaleur'],
      ['The heat pump needs a yearly service.', 'La pompe à chaleur nécessite un entretien annuel.'],
    ),
    phrase(['groundwater', 'nappe phréatique'], ['The groundwater is rising again.', 'La nappe phréatique remonte.']),
    phrase(
      ['carbon footprint', 'empreinte carbone'],
      ['The carbon footprint is published every spring.', "L'empreinte carbone est publiée chaque printemps."],
    ),
    phrase(
      ['landfill', "centre d'enfouissement"],
      ['The landfill closes next year.', "Le centre d'enfouissement ferme l'an prochain."],
    ),
    phrase(
      ['power cut', 'coupure de courant'],
      ['The power cut lasted all night.', 'La coupure de courant a duré toute la nuit.'],
    ),
  ],
  code: { records: 'readings', group: 'meter', amount: 'kwh', groups: ['roof', 'cellar', 'pump', 'lighting'] },
};
