import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const humanResources: Setting = {
  domain: 'human-resources',
  organisations: {
    en: ['Castell Logistics', 'Orchard Foods', 'Beaumont Hotels', 'Quillon Software', 'Fairway Construction'],
    fr: ['Castel Logistique', 'Vergers Réunis', 'Hôtels Beaumont', 'Plume Logiciels', 'Bâtisseurs du Sud'],
  },
  roles: {
    en: ['a payroll officer', 'the recruitment lead', 'an HR business partner', 'the training coordinator'],
    fr: ['gestionnaire de paie', 'chargée de recrutement', 'responsable RH', 'coordinateur formation'],
  },
  sites: {
    en: ['Head Office', 'Swindon Plant', 'Derby Depot', 'Glasgow Branch', 'Training Centre', 'Reading Office'],
    fr: ['siège', 'usine de Cholet', 'dépôt de Valence', 'agence de Lille', 'centre de formation', 'bureau de Pau'],
  },
  teams: [
    ['Payroll', 'Paie'],
    ['Recruitment', 'Recrutement'],
    ['Training', 'Formation'],
    ['Health and Safety', 'Santé et sécurité'],
    ['Mobility', 'Mobilité'],
  ],
  articles: [
    article(['training day', 'training days'], ['journée de formation', 'journées de formation'], 'f', [180, 640]),
    article(['job advert', 'job adverts'], ["offre d'emploi", "offres d'emploi"], 'f', [90, 350]),
    article(['meal voucher', 'meal vouchers'], ['titre-restaurant', 'titres-restaurant'], 'm', [8, 13]),
    article(['safety helmet', 'safety helmets'], ['casque de chantier', 'casques de chantier'], 'm', [11, 45]),
    article(['medical check', 'medical checks'], ['visite médicale', 'visites médicales'], 'f', [60, 125]),
    article(['onboarding kit', 'onboarding kits'], ["kit d'accueil", "kits d'accueil"], 'm', [25, 80]),
  ],
  record: {
    en: ['application', 'applications'],
    fr: ['candidature', 'candidatures'],
    gender: 'f',
    prefix: 'APP',
    states: [
      ['received', 'reçue'],
      ['interview planned', 'entretien prévu'],
      ['offer made', 'offre envoyée'],
      ['declined', 'écartée'],
    ],
  },
  subjects: [
    subject(
      ['leave', 'congés'],
      ['I would like the second week of May off.', 'Je souhaite poser la deuxième semaine de mai.'],
      ['How many holidays do I have left this year?', 'Combien de jours de vacances me reste-t-il cette année ?'],
      ['Can I carry over my unused days off?', 'Puis-je reporter mes jours non pris ?'],
    ),
    subject(
      ['payroll', 'paie'],
      ['My overtime is missing from the payslip.', 'Mes heures supplémentaires manquent sur le bulletin.'],
      ['The salary was paid into my old account.', 'Le salaire a été versé sur mon ancien compte.'],
      ['Why is the tax deduction higher this month?', 'Pourquoi la retenue fiscale est-elle plus élevée ce mois-ci ?'],
    ),
    subject(
      ['training', 'formation'],
      ['Is there a course on running meetings?', 'Existe-t-il un stage sur la conduite de réunion ?'],
      ['My forklift licence must be renewed in class.', 'Mon permis cariste doit être renouvelé en stage.'],
      ['I would like to learn Spanish in working hours.', "J'aimerais apprendre l'espagnol sur le temps de travail."],
    ),
    subject(
      ['recruitment', 'recrutement'],
      ['I am applying for the post of site manager.', 'Je postule au poste de chef de chantier.'],
      ['When will I hear back after the interview?', 'Quand aurai-je un retour après l’entretien ?'],
      ['A friend of mine would fit the vacancy perfectly.', 'Un ami conviendrait parfaitement au poste vacant.'],
    ),
    subject(
      ['workplace accident', 'accident du travail'],
      ['I slipped on the loading dock and hurt my wrist.', 'J’ai glissé sur le quai et me suis blessé au poignet.'],
      ['A colleague was hit by a falling box.', 'Un collègue a reçu un carton sur la tête.'],
      ['I burnt my hand on the oven of the kitchen.', 'Je me suis brûlé la main au four de la cuisine.'],
    ),
  ],
  steps: [
    ['shortlisting', 'présélection'],
    ['reference calls', 'prise de références'],
    ['contract signature', 'signature du contrat'],
    ['badge photo', 'photo du badge'],
    ['safety induction', 'accueil sécurité'],
    ['payroll entry', 'saisie en paie'],
    ['mentor meeting', 'rencontre avec le tuteur'],
    ['trial period review', "bilan de période d'essai"],
  ],
  remarks: [
    ['The welcome booklet was translated.', "Le livret d'accueil a été traduit."],
    ['Managers asked for a shorter review form.', "Les managers souhaitent une grille d'entretien plus courte."],
    ['The works council met in the canteen.', "Le comité d'entreprise s'est réuni à la cantine."],
    ['A bicycle shed was opened behind the plant.', "Un abri à vélos a ouvert derrière l'usine."],
    ['Exit interviews mention the commute.', 'Les entretiens de départ évoquent les trajets.'],
    ['The first-aid course was full within a day.', 'La formation aux premiers secours a été complète en un jour.'],
    ['Teleworking rules are posted on the intranet.', "Les règles du télétravail sont sur l'intranet."],
    ['The mentoring scheme found new volunteers.', 'Le dispositif de mentorat a trouvé de nouveaux volontaires.'],
    ['The canteen menu drew many comments.', 'Le menu de la cantine a suscité de nombreux commentaires.'],
    ['Interviews now take place in pairs.', 'Les entretiens se mènent désormais à deux.'],
  ],
  replacements: [
    replacement(
      ['Every {} signs the charter.', 'Chaque {} signe la charte.'],
      ['worker', 'employé'],
      ['colleague', 'collaborateur'],
    ),
    replacement(
      ['The {} takes place in spring.', "L'{} a lieu au printemps."],
      ['appraisal', 'évaluation'],
      ['annual review', 'entretien annuel'],
    ),
    replacement(
      ['The {} is open until Friday.', 'Le {} est ouvert jusqu’à vendredi.'],
      ['vacancy', 'poste vacant'],
      ['position', 'poste à pourvoir'],
    ),
    replacement(
      ['We thank him for his {}.', 'Nous le remercions pour ses {}.'],
      ['man-hours', 'heures-homme'],
      ['working hours', 'heures de travail'],
    ),
  ],
  phrases: [
    phrase(
      ['payslip', 'bulletin de paie'],
      ['The payslip is sent by post.', 'Le bulletin de paie est envoyé par courrier.'],
    ),
    phrase(
      ['trial period', "période d'essai"],
      ['The trial period lasts two months.', "La période d'essai dure deux mois."],
    ),
    phrase(['sick leave', 'arrêt maladie'], ['The sick leave ends on Monday.', "L'arrêt maladie se termine lundi."]),
    phrase(
      ['works council', 'comité social et économique'],
      ['The works council gave its opinion.', 'Le comité social et économique a rendu son avis.'],
    ),
    phrase(
      ['overtime', 'heures supplémentaires'],
      ['Overtime is paid in the next month.', 'Les heures supplémentaires sont payées le mois suivant.'],
    ),
    phrase(
      ['job offer', "offre d'emploi"],
      ['The job offer is valid for one week.', "L'offre d'emploi est valable une semaine."],
    ),
  ],
  code: { records: 'shifts', group: 'department', amount: 'hours', groups: ['payroll', 'kitchen', 'depot', 'sales'] },
};
