import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const education: Setting = {
  domain: 'education',
  organisations: {
    en: [
      'Hollybank School',
      'St Anne Sixth Form',
      'Riverside Adult College',
      'Marlow Language Centre',
      'Westgate Academy',
    ],
    fr: [
      'Collège Jean-Moulin',
      'Lycée des Glycines',
      'Université populaire du Val',
      'Centre de langues Rivoli',
      'École des Tilleuls',
    ],
  },
  roles: {
    en: ['a form tutor', 'the timetable officer', 'the school librarian', 'a department head'],
    fr: [
      'professeure principale',
      'secrétaire de scolarité',
      'professeur documentaliste',
      'conseillère principale d’éducation',
    ],
  },
  sites: {
    en: ['Main Building', 'Science Wing', 'Library', 'Sports Hall', 'Annexe', 'Language Lab'],
    fr: ['bâtiment principal', 'aile des sciences', 'CDI', 'gymnase', 'annexe', 'laboratoire de langues'],
  },
  teams: [
    ['Mathematics', 'Mathématiques'],
    ['Languages', 'Langues'],
    ['Pastoral', 'Vie scolaire'],
    ['Admissions', 'Inscriptions'],
    ['Examinations', 'Examens'],
  ],
  articles: [
    article(['textbook', 'textbooks'], ['manuel', 'manuels'], 'm', [14, 42]),
    article(['calculator', 'calculators'], ['calculatrice', 'calculatrices'], 'f', [18, 85]),
    article(['museum ticket', 'museum tickets'], ['billet de musée', 'billets de musée'], 'm', [4, 15]),
    article(['lab coat', 'lab coats'], ['blouse de laboratoire', 'blouses de laboratoire'], 'f', [12, 30]),
    article(['private lesson', 'private lessons'], ['cours particulier', 'cours particuliers'], 'm', [22, 60]),
    article(['exam booklet', 'exam booklets'], ["livret d'examen", "livrets d'examen"], 'm', [2, 9]),
  ],
  record: {
    en: ['enrolment', 'enrolments'],
    fr: ['inscription', 'inscriptions'],
    gender: 'f',
    prefix: 'ENR',
    states: [
      ['received', 'reçue'],
      ['incomplete', 'incomplète'],
      ['accepted', 'acceptée'],
      ['withdrawn', 'retirée'],
    ],
  },
  subjects: [
    subject(
      ['absence', 'absence'],
      ['My daughter has a fever and stays at home today.', 'Ma fille a de la fièvre et reste à la maison aujourd’hui.'],
      ['Sami will miss the afternoon because of the dentist.', 'Sami manquera l’après-midi à cause du dentiste.'],
      ['We are at a funeral and he cannot come.', 'Nous sommes à un enterrement et il ne pourra pas venir.'],
    ),
    subject(
      ['marks', 'notes'],
      [
        'I think the essay deserved a better grade.',
        'Je pense que la dissertation méritait une meilleure appréciation chiffrée.',
      ],
      ['Two answers of the test were not counted.', "Deux réponses du contrôle n'ont pas été comptées."],
      ['Could you explain how the average was worked out?', 'Pourriez-vous expliquer le calcul de la moyenne ?'],
    ),
    subject(
      ['canteen', 'cantine'],
      ['He is allergic to nuts, please tell the kitchen.', 'Il est allergique aux noix, merci de prévenir la cuisine.'],
      ['We would like the vegetarian menu from now on.', 'Nous souhaitons désormais le menu végétarien.'],
      ['Her lunch card has stopped working.', 'Sa carte de repas ne fonctionne plus.'],
    ),
    subject(
      ['school trip', 'sortie scolaire'],
      ['Where is the coach leaving from on Thursday?', "D'où part le car jeudi ?"],
      ['I can come along as an accompanying parent.', 'Je peux venir comme parent accompagnateur.'],
      ['The permission slip for the museum is attached.', "L'autorisation pour le musée est jointe."],
    ),
    subject(
      ['enrolment', 'inscription'],
      [
        'We are moving and need a place in your school.',
        'Nous déménageons et cherchons une place dans votre établissement.',
      ],
      ['Which papers are needed to register my son?', 'Quels papiers faut-il pour inscrire mon fils ?'],
      ['Is there still room in the beginners’ class?', 'Reste-t-il de la place dans le cours débutant ?'],
    ),
  ],
  steps: [
    ['room allocation', 'attribution des salles'],
    ['marking', 'correction des copies'],
    ['class council', 'conseil de classe'],
    ['parents’ evening', 'réunion parents-professeurs'],
    ['mock exam', 'examen blanc'],
    ['library induction', 'visite du CDI'],
    ['report writing', 'rédaction des bulletins'],
    ['open day', 'journée portes ouvertes'],
  ],
  remarks: [
    ['The choir rehearsed in the hall.', 'La chorale a répété dans le hall.'],
    ['Several pupils asked for a chess club.', "Plusieurs élèves ont demandé un club d'échecs."],
    ['The projector of the language lab was repaired.', 'Le vidéoprojecteur du laboratoire de langues a été réparé.'],
    ['Parents welcomed the shorter forms.', 'Les parents ont apprécié les formulaires plus courts.'],
    ['The science corridor was repainted.', 'Le couloir des sciences a été repeint.'],
    ['A supply teacher took over the German classes.', "Un remplaçant assure les cours d'allemand."],
    [
      'The reading week was extended by popular demand.',
      'La semaine de la lecture a été prolongée à la demande générale.',
    ],
    ['Homework is now posted in one place only.', 'Les devoirs sont désormais publiés à un seul endroit.'],
    ['The garden project won the sympathy of the neighbours.', 'Le projet de jardin a séduit les voisins.'],
    ['Lockers are still in short supply.', 'Les casiers restent insuffisants.'],
  ],
  replacements: [
    replacement(
      ['The {} begins in September.', 'La {} commence en septembre.'],
      ['course', 'classe'],
      ['programme', 'formation'],
    ),
    replacement(
      ['Please hand in your {} on paper.', 'Merci de rendre votre {} sur papier.'],
      ['homework', 'devoir'],
      ['assignment', 'travail personnel'],
    ),
    replacement(
      ['Every {} receives a timetable.', 'Chaque {} reçoit un emploi du temps.'],
      ['student', 'étudiant'],
      ['learner', 'apprenant'],
    ),
    replacement(
      ['The {} is open to all families.', 'La {} est ouverte à toutes les familles.'],
      ['meeting', 'réunion'],
      ['information evening', 'soirée d’information'],
    ),
  ],
  phrases: [
    phrase(
      ['report card', 'bulletin scolaire'],
      ['The report card arrives in January.', 'Le bulletin scolaire arrive en janvier.'],
    ),
    phrase(
      ['boarding school', 'internat'],
      ['The boarding school is closed at weekends.', "L'internat est fermé le week-end."],
    ),
    phrase(
      ['tuition fees', 'frais de scolarité'],
      ['Tuition fees are paid in three parts.', 'Les frais de scolarité se règlent en trois fois.'],
    ),
    phrase(
      ['timetable', 'emploi du temps'],
      ['The timetable changes next week.', "L'emploi du temps change la semaine prochaine."],
    ),
    phrase(['scholarship', 'bourse'], ['The scholarship covers the books.', 'La bourse couvre les livres.']),
    phrase(
      ['playground', 'cour de récréation'],
      ['The playground is closed for repairs.', 'La cour de récréation est fermée pour travaux.'],
    ),
  ],
  code: { records: 'lessons', group: 'subject', amount: 'hours', groups: ['maths', 'history', 'biology', 'french'] },
};
