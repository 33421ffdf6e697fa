import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const software: Setting = {
  domain: 'software',
  organisations: {
    en: ['Fathom Systems', 'Oakbyte', 'Kiteline Cloud', 'Paperclip Apps', 'Rookery Labs'],
    fr: ['Sillage Systèmes', 'Chêne Numérique', 'Nuage Bleu', 'Trombone Applications', 'Ateliers Corbeau'],
  },
  roles: {
    en: ['a release manager', 'the on-call engineer', 'a product owner', 'the support lead'],
    fr: ['responsable des livraisons', "ingénieure d'astreinte", 'propriétaire de produit', 'responsable support'],
  },
  sites: {
    en: ['Staging', 'Production EU', 'Production US', 'Build Farm', 'Test Lab', 'Backup Region'],
    fr: [
      'préproduction',
      'production UE',
      'production US',
      'ferme de compilation',
      'laboratoire de test',
      'région de secours',
    ],
  },
  teams: [
    ['Platform', 'Plateforme'],
    ['Mobile', 'Mobile'],
    ['Security', 'Sécurité'],
    ['Data', 'Données'],
    ['Search', 'Recherche'],
  ],
  articles: [
    article(['seat licence', 'seat licences'], ['licence utilisateur', 'licences utilisateur'], 'f', [9, 49]),
    article(
      ['build minute pack', 'build minute packs'],
      ['lot de minutes de compilation', 'lots de minutes de compilation'],
      'm',
      [12, 60],
    ),
    article(['support hour', 'support hours'], ["heure d'assistance", "heures d'assistance"], 'f', [70, 160]),
    article(['storage block', 'storage blocks'], ['bloc de stockage', 'blocs de stockage'], 'm', [5, 30]),
    article(['security audit', 'security audits'], ['audit de sécurité', 'audits de sécurité'], 'm', [380, 950]),
    article(['domain name', 'domain names'], ['nom de domaine', 'noms de domaine'], 'm', [8, 35]),
  ],
  record: {
    en: ['bug report', 'bug reports'],
    fr: ["rapport d'anomalie", "rapports d'anomalie"],
    gender: 'm',
    prefix: 'BUG',
    states: [
      ['triaged', 'qualifié'],
      ['in development', 'en développement'],
      ['in review', 'en relecture'],
      ['released', 'livré'],
    ],
  },
  subjects: [
    subject(
      ['crash', 'plantage'],
      [
        'The app closes by itself when I open a photo.',
        "L'application se ferme toute seule à l'ouverture d'une photo.",
      ],
      ['The server answers with a stack trace.', 'Le serveur répond par une trace de pile.'],
      ['Saving freezes the window until I kill it.', "L'enregistrement fige la fenêtre jusqu'à l'arrêt forcé."],
    ),
    subject(
      ['performance', 'performance'],
      ['Search takes ten seconds to answer since the update.', 'La recherche met dix secondes depuis la mise à jour.'],
      ['The dashboard loads more and more slowly.', 'Le tableau de bord se charge de plus en plus lentement.'],
      ['Exports of large files crawl.', 'Les exports de gros fichiers se traînent.'],
    ),
    subject(
      ['feature request', 'demande de fonctionnalité'],
      ['A dark mode would be kind to my eyes.', 'Un mode sombre reposerait mes yeux.'],
      ['Could you add shortcuts for the keyboard?', 'Pourriez-vous ajouter des raccourcis clavier ?'],
      ['I wish I could tag several items at once.', "J'aimerais pouvoir étiqueter plusieurs éléments à la fois."],
    ),
    subject(
      ['security', 'sécurité'],
      ['I can see the invoices of another company.', "Je vois les factures d'une autre société."],
      ['An access token shows up in the public log.', "Un jeton d'accès apparaît dans le journal public."],
      ['Old passwords still work after a reset.', 'Les anciens mots de passe marchent encore après réinitialisation.'],
    ),
    subject(
      ['installation', 'installation'],
      ['The setup stops at the licence page.', "L'installateur s'arrête à la page de licence."],
      ['Which version of the runtime is required to deploy?', 'Quelle version du moteur faut-il pour déployer ?'],
      ['The package cannot be unpacked on our machine.', 'Le paquet ne se décompresse pas sur notre machine.'],
    ),
  ],
  steps: [
    ['code review', 'revue de code'],
    ['database migration', 'migration de base'],
    ['load test', 'test de charge'],
    ['release notes', 'notes de version'],
    ['security scan', 'analyse de sécurité'],
    ['rollback drill', 'exercice de retour arrière'],
    ['user interview', 'entretien utilisateur'],
    ['feature flag clean-up', "nettoyage des options d'activation"],
  ],
  remarks: [
    ['The old endpoint is still called by one client.', "L'ancien point d'accès est encore appelé par un client."],
    ['Log lines are now structured.', 'Les lignes de journal sont désormais structurées.'],
    ['The build cache was cleared by mistake.', 'Le cache de compilation a été vidé par erreur.'],
    ['The design of the settings page is under discussion.', 'La maquette de la page de réglages est en discussion.'],
    ['A flaky test was quarantined.', 'Un test instable a été mis de côté.'],
    ['The certificate was renewed in time.', 'Le certificat a été renouvelé à temps.'],
    ['Newcomers like the written runbook.', "Les nouveaux apprécient le guide d'exploitation."],
    ['The error page got a friendlier text.', "La page d'erreur a un texte plus aimable."],
    ['Nobody uses the legacy import any more.', "Plus personne n'utilise l'ancien import."],
    ['The mobile team paired with the platform team.', "L'équipe mobile a travaillé en binôme avec la plateforme."],
  ],
  replacements: [
    replacement(
      ['Add the address to the {}.', "Ajoutez l'adresse à la {}."],
      ['whitelist', 'liste blanche'],
      ['allow list', "liste d'autorisation"],
    ),
    replacement(
      ['The {} is deployed at night.', 'La {} est déployée la nuit.'],
      ['patch', 'rustine'],
      ['update', 'mise à jour'],
    ),
    replacement(
      ['Open the {} to change the language.', 'Ouvrez les {} pour changer la langue.'],
      ['preferences', 'préférences'],
      ['settings', 'paramètres'],
    ),
    replacement(
      ['Please {} before you leave.', 'Merci de vous {} avant de partir.'],
      ['log off', 'déloguer'],
      ['sign out', 'déconnecter'],
    ),
  ],
  phrases: [
    phrase(['release', 'livraison'], ['The release is planned for Thursday.', 'La livraison est prévue jeudi.']),
    phrase(
      ['access rights', "droits d'accès"],
      ['Access rights are checked every month.', "Les droits d'accès sont vérifiés chaque mois."],
    ),
    phrase(
      ['database', 'base de données'],
      ['The database is backed up at night.', 'La base de données est sauvegardée la nuit.'],
    ),
    phrase(
      ['user interface', 'interface utilisateur'],
      ['The user interface has been simplified.', "L'interface utilisateur a été simplifiée."],
    ),
    phrase(
      ['two-factor authentication', 'authentification à deux facteurs'],
      ['Two-factor authentication is mandatory.', "L'authentification à deux facteurs est obligatoire."],
    ),
    phrase(['source code', 'code source'], ['The source code is public.', 'Le code source est public.']),
  ],
  code: { records: 'builds', group: 'branch', amount: 'seconds', groups: ['main', 'mobile', 'search', 'docs'] },
};
