import { article, phrase, replacement, type Setting, subject } from '../setting.ts';

export const eCommerce: Setting = {
  domain: 'e-commerce',
  organisations: {
    en: ['Birch & Linen', 'Kettleby Outdoor', 'The Lamp Yard', 'Nutmeg Kitchen', 'Fernhill Books'],
    fr: ['Lin & Bouleau', 'Grand Large Outdoor', 'La Lampisterie', 'Cuisine Muscade', 'Librairie des Fougères'],
  },
  roles: {
    en: ['the marketplace manager', 'a merchandiser', 'the returns supervisor', 'an order clerk'],
    fr: ['responsable place de marché', 'chef de produit', 'responsable des retours', 'gestionnaire de commandes'],
  },
  sites: {
    en: ['North Warehouse', 'South Warehouse', 'Outlet Shop', 'Dark Store', 'Returns Bay', 'Pick-up Point'],
    fr: [
      'entrepôt nord',
      'entrepôt sud',
      'magasin de déstockage',
      'point de préparation',
      'quai des retours',
      'point relais',
    ],
  },
  teams: [
    ['Catalogue', 'Catalogue'],
    ['Returns', 'Retours'],
    ['Payments', 'Paiements'],
    ['Logistics', 'Logistique'],
    ['Seller Care', 'Vendeurs'],
  ],
  articles: [
    article(['desk lamp', 'desk lamps'], ['lampe de bureau', 'lampes de bureau'], 'f', [24, 89]),
    article(['linen sheet', 'linen sheets'], ['drap en lin', 'draps en lin'], 'm', [39, 120]),
    article(['rucksack', 'rucksacks'], ['sac à dos', 'sacs à dos'], 'm', [35, 140]),
    article(['cast-iron pot', 'cast-iron pots'], ['cocotte en fonte', 'cocottes en fonte'], 'f', [59, 180]),
    article(['scented candle', 'scented candles'], ['bougie parfumée', 'bougies parfumées'], 'f', [9, 32]),
    article(['wall clock', 'wall clocks'], ['horloge murale', 'horloges murales'], 'f', [19, 75]),
  ],
  record: {
    en: ['order', 'orders'],
    fr: ['commande', 'commandes'],
    gender: 'f',
    prefix: 'ORD',
    states: [
      ['paid', 'payée'],
      ['packed', 'préparée'],
      ['shipped', 'expédiée'],
      ['returned', 'retournée'],
    ],
  },
  subjects: [
    subject(
      ['return', 'retour'],
      ['The colour does not suit me, I am sending it back.', 'La couleur ne me convient pas, je renvoie le produit.'],
      ['Where do I print the label to send the parcel back?', "Où imprimer l'étiquette pour renvoyer le colis ?"],
      ['I changed my mind and the box is still sealed.', "J'ai changé d'avis et la boîte est encore scellée."],
    ),
    subject(
      ['damaged goods', 'produit abîmé'],
      ['It arrived with a crack across the glass.', "L'article est arrivé avec le verre fendu."],
      ['One handle was broken when I opened the box.', "Une poignée était cassée à l'ouverture du carton."],
      ['The fabric is torn along the seam.', 'Le tissu est déchiré le long de la couture.'],
    ),
    subject(
      ['stock question', 'question de stock'],
      ['When will the large size be available again?', 'Quand la grande taille sera-t-elle de nouveau disponible ?'],
      ['Do you still have the green one in the shop?', 'Avez-vous encore le modèle vert en magasin ?'],
      ['The page says sold out, will more come?', 'La page indique « épuisé », un réassort est-il prévu ?'],
    ),
    subject(
      ['payment', 'paiement'],
      ['My card was refused at the last step.', 'Ma carte a été refusée à la dernière étape.'],
      ['The voucher code is not deducted from the total.', "Le code promo n'est pas déduit du total."],
      ['I paid but the site sent me back to the basket.', "J'ai payé mais le site m'a renvoyé au panier."],
    ),
    subject(
      ['seller dispute', 'litige vendeur'],
      ['The third-party seller does not answer any more.', 'Le vendeur tiers ne répond plus.'],
      [
        'A shop on your marketplace sent me a counterfeit.',
        "Une boutique de votre place de marché m'a envoyé une contrefaçon.",
      ],
      [
        'The partner shop asks me for money outside the site.',
        "La boutique partenaire me réclame de l'argent hors du site.",
      ],
    ),
  ],
  steps: [
    ['stock count', 'inventaire'],
    ['photo session', 'séance photo'],
    ['price update', 'mise à jour des prix'],
    ['product page review', 'relecture des fiches produits'],
    ['carrier pick-up', 'enlèvement transporteur'],
    ['gift-wrap preparation', 'préparation des emballages cadeaux'],
    ['returns inspection', 'contrôle des retours'],
    ['newsletter mailing', "envoi de l'infolettre"],
  ],
  remarks: [
    ['The carrier changed its pick-up slot.', "Le transporteur a changé son créneau d'enlèvement."],
    ['Gift wrapping was popular again.', "L'emballage cadeau a de nouveau été très demandé."],
    ['Photos of the spring range are still missing.', 'Les photos de la collection de printemps manquent encore.'],
    [
      'The search box now tolerates spelling mistakes.',
      'Le moteur de recherche tolère désormais les fautes de frappe.',
    ],
    ['One shelf in the packing area had to be replaced.', "Une étagère de la zone d'emballage a dû être remplacée."],
    ['Reviews mention the sturdy packaging.', "Les avis soulignent la solidité de l'emballage."],
    ['The loyalty page was rewritten in plain words.', 'La page fidélité a été réécrite plus simplement.'],
    ['A competitor stopped free shipping.', 'Un concurrent a supprimé la livraison gratuite.'],
    [
      'Customers look for sets rather than single items.',
      "Les clients cherchent des lots plutôt que des articles à l'unité.",
    ],
    ['The banner on the home page was changed on Monday.', "La bannière de la page d'accueil a été changée lundi."],
  ],
  replacements: [
    replacement(['Your {} is on its way.', 'Votre {} est en route.'], ['parcel', 'paquet'], ['order', 'colis']),
    replacement(
      ['This {} ends on Sunday.', 'Cette {} se termine dimanche.'],
      ['sale', 'promo'],
      ['seasonal offer', 'offre saisonnière'],
    ),
    replacement(
      ['The item is {} for now.', "L'article est {} pour le moment."],
      ['out of stock', 'en rupture'],
      ['temporarily unavailable', 'momentanément indisponible'],
    ),
    replacement(
      ['Add it to your {} to see the price.', 'Ajoutez-le à votre {} pour voir le prix.'],
      ['cart', 'caddie'],
      ['basket', 'panier'],
    ),
  ],
  phrases: [
    phrase(
      ['shopping basket', 'panier'],
      ['Two items are left in your shopping basket.', 'Il reste deux articles dans votre panier.'],
    ),
    phrase(
      ['return label', 'étiquette de retour'],
      ['The return label is in the box.', "L'étiquette de retour se trouve dans le carton."],
    ),
    phrase(
      ['delivery fee', 'frais de port'],
      ['The delivery fee is waived this week.', 'Les frais de port sont offerts cette semaine.'],
    ),
    phrase(['gift card', 'carte cadeau'], ['The gift card never expires.', "La carte cadeau n'expire jamais."]),
    phrase(
      ['product page', 'fiche produit'],
      ['The size guide is on the product page.', 'Le guide des tailles figure sur la fiche produit.'],
    ),
    phrase(
      ['pick-up point', 'point relais'],
      ['Your parcel is waiting at the pick-up point.', 'Votre colis vous attend au point relais.'],
    ),
  ],
  code: { records: 'orders', group: 'warehouse', amount: 'units', groups: ['north', 'south', 'outlet', 'returns'] },
};
