import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const industry: Setting = {
  domain: 'industry',
  organisations: {
    en: ['Thornby Castings', 'Vickers Lane Plastics', 'Ashdown Bearings', 'Millbrook Packaging', 'Stanton Valves'],
    fr: [
      'Fonderies de la Meuse',
      'Plasturgie Vasseur',
      'Roulements Delorme',
      'Cartonnages du Moulin',
      'Robinetterie Stavelot',
    ],
  },
  roles: {
    en: ['a production planner', 'the maintenance foreman', 'a quality inspector', 'the stores manager'],
    fr: ['planificatrice de production', 'chef d’atelier maintenance', 'contrôleur qualité', 'responsable magasin'],
  },
  sites: {
    en: ['Line 1', 'Line 2', 'Paint Shop', 'Foundry Hall', 'Packing Bay', 'Tool Room'],
    fr: ['ligne 1', 'ligne 2', 'atelier peinture', 'halle de fonderie', 'zone de conditionnement', 'outillage'],
  },
  teams: [
    ['Maintenance', 'Maintenance'],
    ['Quality', 'Qualité'],
    ['Planning', 'Planification'],
    ['Stores', 'Magasin'],
    ['Methods', 'Méthodes'],
  ],
  articles: [
    article(['ball bearing', 'ball bearings'], ['roulement à billes', 'roulements à billes'], 'm', [4, 38]),
    article(['gasket', 'gaskets'], ["joint d'étanchéité", "joints d'étanchéité"], 'm', [1, 12]),
    article(['drive belt', 'drive belts'], ['courroie', 'courroies'], 'f', [14, 65]),
    article(['pressure sensor', 'pressure sensors'], ['capteur de pression', 'capteurs de pression'], 'm', [48, 210]),
    article(
      ['drum of coolant', 'drums of coolant'],
      ['fût de liquide de coupe', 'fûts de liquide de coupe'],
      'm',
      [85, 260],
    ),
    article(['cutting insert', 'cutting inserts'], ['plaquette de coupe', 'plaquettes de coupe'], 'f', [6, 19]),
  ],
  record: {
    en: ['work order', 'work orders'],
    fr: ['ordre de travail', 'ordres de travail'],
    gender: 'm',
    prefix: 'WO',
    states: [
      ['open', 'ouvert'],
      ['waiting for parts', 'en attente de pièces'],
      ['in repair', 'en réparation'],
      ['done', 'terminé'],
    ],
  },
  subjects: [
    subject(
      ['breakdown', 'panne machine'],
      ['Press 4 stopped with a hydraulic alarm.', 'La presse 4 s’est arrêtée sur alarme hydraulique.'],
      [
        'The conveyor motor smells of burning and stands still.',
        'Le moteur du convoyeur sent le brûlé et ne tourne plus.',
      ],
      ['The robot no longer finds its zero position.', 'Le robot ne retrouve plus son point zéro.'],
    ),
    subject(
      ['quality defect', 'défaut qualité'],
      ['The last batch shows burrs on the inner edge.', 'Le dernier lot présente des bavures sur le bord intérieur.'],
      ['Paint peels off the housings within minutes.', 'La peinture s’écaille sur les carters en quelques minutes.'],
      ['The bore is out of tolerance on every third part.', "L'alésage est hors tolérance une pièce sur trois."],
    ),
    subject(
      ['supply shortage', 'rupture d’approvisionnement'],
      ['We run out of resin before the night shift.', 'Nous n’aurons plus de résine avant l’équipe de nuit.'],
      ['The supplier of castings is a week late.', 'Le fournisseur de pièces brutes a une semaine de retard.'],
      ['There are no pallets left for the finished goods.', 'Il ne reste aucune palette pour les produits finis.'],
    ),
    subject(
      ['safety', 'sécurité'],
      ['The guard of the saw was taken off.', 'Le capot de la scie a été démonté.'],
      ['Oil on the walkway: somebody will fall.', 'De l’huile dans l’allée : quelqu’un va tomber.'],
      ['The emergency exit is blocked by crates.', "L'issue de secours est bloquée par des caisses."],
    ),
    subject(
      ['improvement idea', "idée d'amélioration"],
      [
        'A shadow board would save us from searching for tools.',
        'Un panneau à ombres nous éviterait de chercher les outils.',
      ],
      [
        'If the labels were pre-cut, packing would go faster.',
        'Avec des étiquettes prédécoupées, le conditionnement irait plus vite.',
      ],
      ['We could reuse the cardboard of incoming parts.', 'On pourrait réutiliser les cartons des pièces reçues.'],
    ),
  ],
  steps: [
    ['mould change', 'changement de moule'],
    ['first-part check', 'contrôle première pièce'],
    ['lubrication round', 'tournée de graissage'],
    ['tool sharpening', 'affûtage des outils'],
    ['stock transfer', 'transfert de stock'],
    ['pressure test', "essai d'étanchéité"],
    ['line cleaning', 'nettoyage de ligne'],
    ['crane inspection', 'contrôle du pont roulant'],
  ],
  remarks: [
    ['The compressor was moved outside.', "Le compresseur a été installé à l'extérieur."],
    ['Operators prefer the new gloves.', 'Les opérateurs préfèrent les nouveaux gants.'],
    ['The forklift battery is charged overnight.', 'La batterie du chariot est chargée la nuit.'],
    ['The scrap skip was emptied twice.', 'La benne à rebuts a été vidée deux fois.'],
    ['A customer audited the paint shop.', "Un client a audité l'atelier peinture."],
    ['The drawings were re-issued with a new index.', 'Les plans ont été réédités avec un nouvel indice.'],
    ['The night shift swapped two stations.', "L'équipe de nuit a permuté deux postes."],
    ['Noise on the ageing press is being watched.', 'Le bruit de la vieille presse est sous surveillance.'],
    ['The apprentice built a fixture.', "L'apprenti a fabriqué un gabarit."],
    ['The floor marking was renewed.', 'Le marquage au sol a été refait.'],
  ],
  replacements: [
    replacement(
      ['Send the {} to the lab.', 'Envoyez la {} au laboratoire.'],
      ['reject', 'pièce loupée'],
      ['non-conforming part', 'pièce non conforme'],
    ),
    replacement(
      ['The meeting with the {} is at six.', 'La réunion avec {} est à six heures.'],
      ['day gang', 'la brigade du matin'],
      ['day shift', "l'équipe du matin"],
    ),
    replacement(
      ['Close the {} before cleaning.', 'Fermez la {} avant le nettoyage.'],
      ['tap', 'manette'],
      ['isolating valve', "vanne d'isolement"],
    ),
    replacement(
      ['A {} is planned for June.', 'Une {} est prévue en juin.'],
      ['stoppage', 'coupure'],
      ['scheduled shutdown', 'mise à l’arrêt programmée'],
    ),
  ],
  phrases: [
    phrase(
      ['spare part', 'pièce de rechange'],
      ['The spare part arrives tomorrow.', 'La pièce de rechange arrive demain.'],
    ),
    phrase(
      ['assembly line', 'chaîne de montage'],
      ['The assembly line stops at noon.', 'La chaîne de montage s’arrête à midi.'],
    ),
    phrase(['work order', 'ordre de travail'], ['The work order is closed.', "L'ordre de travail est clos."]),
    phrase(['scrap rate', 'taux de rebut'], ['The scrap rate fell again.', 'Le taux de rebut a encore baissé.']),
    phrase(
      ['stainless steel', 'acier inoxydable'],
      ['The housing is made of stainless steel.', 'Le carter est en acier inoxydable.'],
    ),
    phrase(
      ['preventive maintenance', 'maintenance préventive'],
      ['Preventive maintenance takes place on Saturdays.', 'La maintenance préventive a lieu le samedi.'],
    ),
  ],
  code: { records: 'runs', group: 'machine', amount: 'parts', groups: ['press', 'lathe', 'mill', 'oven'] },
};
