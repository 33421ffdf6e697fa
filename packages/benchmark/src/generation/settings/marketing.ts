import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const marketing: Setting = {
  domain: 'marketing',
  organisations: {
    en: ['Redkite Agency', 'Saltbox Studio', 'Hazel & Finch', 'Drumlin Media', 'Open Door Events'],
    fr: ['Agence Cerf-Volant', 'Studio Salines', 'Noisette & Pinson', 'Média Colline', 'Portes Ouvertes Événements'],
  },
  roles: {
    en: ['an account manager', 'the community manager', 'a copywriter', 'the media buyer'],
    fr: ['chef de projet', 'responsable des réseaux sociaux', 'conceptrice-rédactrice', "acheteuse d'espace"],
  },
  sites: {
    en: ['Trade Fair Stand', 'Pop-up Store', 'Main Studio', 'Client Lounge', 'Print Workshop', 'Radio Booth'],
    fr: ['stand du salon', 'boutique éphémère', 'grand studio', 'espace clients', 'atelier print', 'cabine radio'],
  },
  teams: [
    ['Content', 'Contenus'],
    ['Paid Media', 'Achat média'],
    ['Events', 'Événementiel'],
    ['Insights', 'Études'],
    ['Brand', 'Marque'],
  ],
  articles: [
    article(['poster', 'posters'], ['affiche', 'affiches'], 'f', [3, 18]),
    article(['tote bag', 'tote bags'], ['sac en toile', 'sacs en toile'], 'm', [2, 9]),
    article(['radio spot', 'radio spots'], ['spot radio', 'spots radio'], 'm', [140, 480]),
    article(
      ['sponsored post', 'sponsored posts'],
      ['publication sponsorisée', 'publications sponsorisées'],
      'f',
      [60, 390],
    ),
    article(['roll-up banner', 'roll-up banners'], ['kakémono', 'kakémonos'], 'm', [55, 130]),
    article(
      ['hour of photography', 'hours of photography'],
      ['heure de prise de vue', 'heures de prise de vue'],
      'f',
      [75, 190],
    ),
  ],
  record: {
    en: ['campaign', 'campaigns'],
    fr: ['campagne', 'campagnes'],
    gender: 'f',
    prefix: 'CMP',
    states: [
      ['briefed', 'briefée'],
      ['in design', 'en création'],
      ['live', 'en ligne'],
      ['ended', 'terminée'],
    ],
  },
  subjects: [
    subject(
      ['press request', 'demande presse'],
      ['I write for the local paper and need a quote.', "J'écris pour le journal local et cherche une citation."],
      ['Could our magazine interview your founder?', 'Notre magazine peut-il interviewer votre fondatrice ?'],
      [
        'Please send high-resolution logos for our article.',
        'Merci d’envoyer vos logos en haute définition pour notre article.',
      ],
    ),
    subject(
      ['partnership', 'partenariat'],
      ['Our festival is looking for a sponsor.', 'Notre festival cherche un mécène.'],
      ['Shall we put both brands on one product?', 'Et si nous mettions nos deux marques sur un même produit ?'],
      [
        'We would like to show your range in our shops in return for visibility.',
        'Nous aimerions exposer votre gamme en échange de visibilité.',
      ],
    ),
    subject(
      ['unsubscribe', 'désinscription'],
      ['Take my address off your mailing list.', 'Retirez mon adresse de votre liste de diffusion.'],
      ['I do not wish to receive your newsletter any more.', 'Je ne souhaite plus recevoir votre infolettre.'],
      ['The opt-out link in your mail leads nowhere.', 'Le lien pour ne plus recevoir vos mails ne mène nulle part.'],
    ),
    subject(
      ['complaint about an advert', 'réclamation publicité'],
      ['Your poster shows a child without a helmet.', 'Votre affiche montre un enfant sans casque.'],
      ['The price in the commercial was not the one in the shop.', "Le prix du spot n'était pas celui du magasin."],
      ['I find the joke in your video hurtful.', 'Je trouve la blague de votre vidéo blessante.'],
    ),
    subject(
      ['competition', 'jeu-concours'],
      ['Have the winners of the draw been told?', 'Les gagnants du tirage ont-ils été prévenus ?'],
      ['My entry form for the prize was not accepted.', 'Mon bulletin de participation a été refusé.'],
      ['When will the prize be sent to me?', 'Quand mon lot sera-t-il envoyé ?'],
    ),
  ],
  steps: [
    ['creative briefing', 'brief créatif'],
    ['photo shoot', 'prise de vue'],
    ['copy approval', 'validation des textes'],
    ['print proof', 'bon à tirer'],
    ['media booking', "réservation d'espace"],
    ['landing page test', "test de la page d'arrivée"],
    ['influencer call', 'appel avec l’influenceuse'],
    ['post-campaign review', 'bilan de campagne'],
  ],
  remarks: [
    ['The slogan was tested on passers-by.', 'Le slogan a été testé auprès de passants.'],
    ['The blue version drew more comments.', 'La version bleue a suscité plus de commentaires.'],
    ['The printer delivered a day early.', "L'imprimeur a livré avec un jour d'avance."],
    ['A drone shot had to be redone.', 'Un plan de drone a dû être refait.'],
    ['The client wants fewer adjectives.', "Le client veut moins d'adjectifs."],
    ['Comments under the video stay friendly.', 'Les commentaires sous la vidéo restent bienveillants.'],
    ['The mascot is back by request.', 'La mascotte revient à la demande générale.'],
    ['The stand was placed near the entrance.', "Le stand était placé près de l'entrée."],
    ['Subtitles were added to every clip.', 'Des sous-titres ont été ajoutés à chaque clip.'],
    ['The podcast changed its jingle.', 'Le podcast a changé de générique.'],
  ],
  replacements: [
    replacement(
      ['Our {} love the new flavour.', 'Nos {} adorent la nouvelle saveur.'],
      ['consumers', 'consommateurs'],
      ['fans', 'amateurs'],
    ),
    replacement(['The product is {}.', 'Le produit est {}.'], ['cheap', 'bon marché'], ['affordable', 'accessible']),
    replacement(
      ['Download the {} for free.', 'Téléchargez le {} gratuitement.'],
      ['brochure', 'prospectus'],
      ['guide', 'livret'],
    ),
    replacement(
      ['Join our {} today.', "Rejoignez notre {} dès aujourd'hui."],
      ['mailing list', 'liste de diffusion'],
      ['community', 'communauté'],
    ),
  ],
  phrases: [
    phrase(
      ['target audience', 'public cible'],
      ['The target audience is under thirty.', 'Le public cible a moins de trente ans.'],
    ),
    phrase(
      ['brand awareness', 'notoriété'],
      ['Brand awareness grew in spring.', 'La notoriété a progressé au printemps.'],
    ),
    phrase(
      ['trade fair', 'salon professionnel'],
      ['The trade fair opens on Tuesday.', 'Le salon professionnel ouvre mardi.'],
    ),
    phrase(
      ['press release', 'communiqué de presse'],
      ['The press release goes out tonight.', 'Le communiqué de presse part ce soir.'],
    ),
    phrase(
      ['loyalty programme', 'programme de fidélité'],
      ['The loyalty programme has a new name.', 'Le programme de fidélité change de nom.'],
    ),
    phrase(
      ['word of mouth', 'bouche-à-oreille'],
      ['Word of mouth does the rest.', 'Le bouche-à-oreille fait le reste.'],
    ),
  ],
  code: { records: 'campaigns', group: 'channel', amount: 'clicks', groups: ['email', 'radio', 'social', 'print'] },
};
