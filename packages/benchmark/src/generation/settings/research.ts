import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const research: Setting = {
  domain: 'research',
  organisations: {
    en: ['Calder Institute', 'Marram Marine Station', 'Lowther Survey Group', 'Fallow Field Lab', 'Tern Observatory'],
    fr: [
      'Institut Calder',
      'Station marine des Dunes',
      'Groupe d’enquêtes Lorient',
      'Laboratoire des Jachères',
      'Observatoire de la Sterne',
    ],
  },
  roles: {
    en: ['a lab manager', 'the survey coordinator', 'a doctoral student', 'the grants officer'],
    fr: ['responsable de laboratoire', "coordinatrice d'enquêtes", 'doctorant', 'chargée des financements'],
  },
  sites: {
    en: ['Cold Room', 'Field Plot A', 'Field Plot B', 'Microscopy Suite', 'Greenhouse', 'Data Office'],
    fr: ['chambre froide', 'parcelle A', 'parcelle B', 'plateau de microscopie', 'serre', 'bureau des données'],
  },
  teams: [
    ['Fieldwork', 'Terrain'],
    ['Genomics', 'Génomique'],
    ['Statistics', 'Statistique'],
    ['Ethics', 'Éthique'],
    ['Collections', 'Collections'],
  ],
  articles: [
    article(['pipette tip box', 'pipette tip boxes'], ['boîte de cônes', 'boîtes de cônes'], 'f', [7, 28]),
    article(['sequencing run', 'sequencing runs'], ['séquençage', 'séquençages'], 'm', [140, 480]),
    article(['soil core', 'soil cores'], ['carotte de sol', 'carottes de sol'], 'f', [12, 45]),
    article(['survey interview', 'survey interviews'], ["entretien d'enquête", "entretiens d'enquête"], 'm', [15, 60]),
    article(['data logger', 'data loggers'], ['enregistreur de données', 'enregistreurs de données'], 'm', [65, 190]),
    article(['beam hour', 'beam hours'], ['heure de faisceau', 'heures de faisceau'], 'f', [180, 420]),
  ],
  record: {
    en: ['sample', 'samples'],
    fr: ['échantillon', 'échantillons'],
    gender: 'm',
    prefix: 'SMP',
    states: [
      ['collected', 'prélevé'],
      ['in analysis', 'en analyse'],
      ['validated', 'validé'],
      ['discarded', 'écarté'],
    ],
  },
  subjects: [
    subject(
      ['data access', 'accès aux données'],
      ['May I reuse your survey files for my thesis?', "Puis-je réutiliser vos fichiers d'enquête pour ma thèse ?"],
      ['The link to the repository gives an error.', "Le lien vers l'entrepôt affiche une erreur."],
      ['Which licence covers the sequences?', 'Quelle licence couvre les séquences ?'],
    ),
    subject(
      ['equipment booking', "réservation d'équipement"],
      ['I need the microscope on Friday morning.', "J'ai besoin du microscope vendredi matin."],
      ['Can we swap our slot on the spectrometer?', 'Pouvons-nous échanger notre créneau de spectromètre ?'],
      ['Please cancel my time on the centrifuge.', 'Merci d’annuler mon passage sur la centrifugeuse.'],
    ),
    subject(
      ['funding', 'financement'],
      ['When does the call for travel grants close?', "Quand ferme l'appel à bourses de voyage ?"],
      ['The budget table of the proposal must be signed.', 'Le tableau budgétaire du projet doit être signé.'],
      ['Which costs does the foundation pay?', 'Quels frais la fondation prend-elle en charge ?'],
    ),
    subject(
      ['ethics', 'éthique'],
      ['A participant withdraws her consent.', 'Une participante retire son consentement.'],
      [
        'Do interviews with minors need an approval?',
        'Les entretiens avec des mineurs exigent-ils un avis favorable ?',
      ],
      ['The consent form has no contact address.', 'Le formulaire de consentement n’indique aucun contact.'],
    ),
    subject(
      ['publication', 'publication'],
      [
        'The reviewers ask for one more figure in the paper.',
        "Les relecteurs demandent une figure de plus dans l'article.",
      ],
      ['Who is the corresponding author of the manuscript?', "Qui est l'auteur correspondant du manuscrit ?"],
      [
        'The journal has accepted our article with minor changes.',
        'La revue accepte notre article avec des corrections mineures.',
      ],
    ),
  ],
  steps: [
    ['sampling', 'échantillonnage'],
    ['instrument warm-up', "mise en température de l'appareil"],
    ['interview coding', 'codage des entretiens'],
    ['pilot study', 'étude pilote'],
    ['ethics review', 'avis éthique'],
    ['data cleaning', 'nettoyage des données'],
    ['group seminar', "séminaire d'équipe"],
    ['manuscript revision', 'révision du manuscrit'],
  ],
  remarks: [
    ['The control plot stayed dry.', 'La parcelle témoin est restée sèche.'],
    ['The instrument drifted slightly overnight.', "L'appareil a légèrement dérivé pendant la nuit."],
    ['Labels peeled off in the freezer.', 'Des étiquettes se sont décollées au congélateur.'],
    ['Interviewers found the last question too long.', 'Les enquêteurs ont trouvé la dernière question trop longue.'],
    ['The weather balloon was lost at sea.', 'Le ballon-sonde s’est perdu en mer.'],
    ['A visiting student checked the protocol.', 'Une étudiante invitée a vérifié le protocole.'],
    ['The calibration gas was replaced.', "Le gaz d'étalonnage a été remplacé."],
    ['Foxes visited the traps.', 'Des renards ont visité les pièges.'],
    ['Two coders disagreed on a few answers.', 'Deux codeurs étaient en désaccord sur quelques réponses.'],
    ['The server room was too warm.', 'La salle des serveurs était trop chaude.'],
  ],
  replacements: [
    replacement(
      ['The {} was repeated twice.', "On a répété l'{} deux fois."],
      ['test', 'essai'],
      ['experiment', 'expérience'],
    ),
    replacement(
      ['Each {} gave written consent.', 'Chaque {} a donné son accord écrit.'],
      ['subject', 'sujet'],
      ['participant', 'participant'],
    ),
    replacement(
      ['The results {} the first study.', 'Les résultats {} la première étude.'],
      ['prove', 'prouvent'],
      ['support', 'confortent'],
    ),
    replacement(
      ['We used a {} of households.', 'Nous avons utilisé un {} de ménages.'],
      ['bunch', 'lot'],
      ['random sample', 'échantillon aléatoire'],
    ),
  ],
  phrases: [
    phrase(
      ['sample size', "taille de l'échantillon"],
      ['The sample size was doubled.', "La taille de l'échantillon a été doublée."],
    ),
    phrase(
      ['control group', 'groupe témoin'],
      ['The control group received no treatment.', "Le groupe témoin n'a reçu aucun traitement."],
    ),
    phrase(
      ['peer review', 'évaluation par les pairs'],
      ['Peer review took four months.', "L'évaluation par les pairs a pris quatre mois."],
    ),
    phrase(['data set', 'jeu de données'], ['The data set is public.', 'Le jeu de données est public.']),
    phrase(['margin of error', "marge d'erreur"], ['The margin of error is small.', "La marge d'erreur est faible."]),
    phrase(
      ['field work', 'travail de terrain'],
      ['Field work begins in April.', 'Le travail de terrain commence en avril.'],
    ),
  ],
  code: { records: 'samples', group: 'plot', amount: 'grams', groups: ['dune', 'marsh', 'meadow', 'shore'] },
};
