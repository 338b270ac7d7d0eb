"""Categories of the history tables and their names for people: value in the files → (French, English)."""

from __future__ import annotations

from typing import Final

from scoring_dash.data.schema.builders import Vocabulary

BUREAU_STATES: Final[Vocabulary] = {
    "Active": ("En cours", "Running"),
    "Closed": ("Soldé", "Closed"),
    "Sold": ("Cédé", "Sold to a third party"),
    "Bad debt": ("Créance douteuse", "Bad debt"),
}

CURRENCIES: Final[Vocabulary] = {
    f"currency {number}": (f"Devise {number}", f"Currency {number}") for number in range(1, 5)
}

BUREAU_CREDIT_TYPES: Final[Vocabulary] = {
    "Consumer credit": ("Crédit à la consommation", "Consumer loan"),
    "Credit card": ("Carte de crédit", "Credit card"),
    "Car loan": ("Crédit automobile", "Car loan"),
    "Mortgage": ("Crédit immobilier", "Mortgage"),
    "Microloan": ("Microcrédit", "Microloan"),
    "Cash loan (non-earmarked)": ("Prêt personnel non affecté", "Personal loan without a stated purpose"),
    "Real estate loan": ("Prêt immobilier", "Property loan"),
    "Loan for business development": ("Prêt pour développer une entreprise", "Business development loan"),
    "Loan for working capital replenishment": ("Prêt de trésorerie d'entreprise", "Working capital loan"),
    "Loan for the purchase of equipment": ("Prêt d'équipement", "Equipment loan"),
    "Loan for purchase of shares (margin lending)": ("Prêt pour acheter des titres", "Loan to buy securities"),
    "Interbank credit": ("Crédit interbancaire", "Interbank loan"),
    "Mobile operator loan": ("Crédit d'un opérateur mobile", "Loan from a mobile operator"),
    "Another type of loan": ("Autre crédit", "Other loan"),
    "Unknown type of loan": ("Crédit de nature inconnue", "Loan of an unknown kind"),
}

MONTHLY_STATUSES: Final[Vocabulary] = {
    "0": ("Aucun retard", "No arrears"),
    "1": ("Retard de 1 à 30 jours", "1 to 30 days in arrears"),
    "2": ("Retard de 31 à 60 jours", "31 to 60 days in arrears"),
    "3": ("Retard de 61 à 90 jours", "61 to 90 days in arrears"),
    "4": ("Retard de 91 à 120 jours", "91 to 120 days in arrears"),
    "5": ("Retard de plus de 120 jours, crédit cédé ou passé en perte", "Over 120 days, sold or written off"),
    "C": ("Soldé", "Closed"),
    "X": ("Statut inconnu", "Status unknown"),
}

PREVIOUS_CONTRACT_TYPES: Final[Vocabulary] = {
    "Cash loans": ("Prêt personnel", "Personal loan"),
    "Consumer loans": ("Crédit affecté à un achat", "Loan for a purchase"),
    "Revolving loans": ("Crédit renouvelable", "Revolving credit"),
}

LOAN_PURPOSES: Final[Vocabulary] = {
    "Building a house or an annex": ("Construction ou extension", "Building a house or an annexe"),
    "Business development": ("Développement d'une activité", "Developing a business"),
    "Buying a garage": ("Achat d'un garage", "Buying a garage"),
    "Buying a holiday home / land": ("Résidence secondaire ou terrain", "Holiday home or land"),
    "Buying a home": ("Achat d'un logement", "Buying a home"),
    "Buying a new car": ("Achat d'une voiture neuve", "Buying a new car"),
    "Buying a used car": ("Achat d'une voiture d'occasion", "Buying a used car"),
    "Car repairs": ("Réparation automobile", "Car repairs"),
    "Education": ("Études", "Education"),
    "Everyday expenses": ("Dépenses courantes", "Everyday expenses"),
    "Furniture": ("Mobilier", "Furniture"),
    "Gasification / water supply": ("Raccordement au gaz ou à l'eau", "Gas or water connection"),
    "Hobby": ("Loisirs", "Hobby"),
    "Journey": ("Voyage", "Travel"),
    "Medicine": ("Soins médicaux", "Medical care"),
    "Money for a third person": ("Argent pour un tiers", "Money for someone else"),
    "Other": ("Autre usage", "Other purpose"),
    "Payments on other loans": ("Remboursement d'autres crédits", "Repaying other loans"),
    "Purchase of electronic equipment": ("Équipement électronique", "Electronic equipment"),
    "Refusal to name the goal": ("Refus de préciser", "Refused to say"),
    "Repairs": ("Travaux", "Home repairs"),
    "Urgent needs": ("Besoin urgent", "Urgent need"),
    "Wedding / gift / holiday": ("Mariage, cadeau ou fête", "Wedding, gift or celebration"),
}

APPLICATION_STATUSES: Final[Vocabulary] = {
    "Approved": ("Acceptée", "Accepted"),
    "Refused": ("Refusée", "Refused"),
    "Canceled": ("Annulée par le client", "Cancelled by the client"),
    "Unused offer": ("Offre non utilisée", "Offer not taken up"),
}

PAYMENT_TYPES: Final[Vocabulary] = {
    "Cash through the bank": ("Espèces au guichet d'une banque", "Cash at a bank counter"),
    "Non-cash from your account": ("Prélèvement sur le compte du client", "Transfer from the client's account"),
    "Cashless from the account of the employer": ("Virement de l'employeur", "Transfer by the employer"),
}

REJECTION_REASONS: Final[Vocabulary] = {
    "HC": ("Politique de crédit du prêteur", "Lender's credit policy"),
    "LIMIT": ("Plafond d'engagement dépassé", "Exposure limit exceeded"),
    "SCO": ("Score insuffisant", "Score too low"),
    "SCOFR": ("Soupçon de fraude par le score", "Fraud score"),
    "CLIENT": ("Renoncement du client", "Withdrawn by the client"),
    "VERIF": ("Vérification non concluante", "Verification failed"),
    "SYSTEM": ("Motif technique", "Technical reason"),
}

CLIENT_TYPES: Final[Vocabulary] = {
    "New": ("Nouveau client", "New client"),
    "Repeater": ("Client fidèle", "Returning client"),
    "Refreshed": ("Ancien client de retour", "Former client come back"),
}

GOODS: Final[Vocabulary] = {
    "Additional Service": ("Service complémentaire", "Additional service"),
    "Animals": ("Animaux", "Animals and pets"),
    "Audio/Video": ("Audio et vidéo", "Audio and video"),
    "Auto Accessories": ("Accessoires automobiles", "Car accessories"),
    "Clothing and Accessories": ("Vêtements et accessoires", "Clothing and accessories"),
    "Computers": ("Informatique", "Computers"),
    "Construction Materials": ("Matériaux de construction", "Building materials"),
    "Consumer Electronics": ("Électroménager et électronique", "Consumer electronics"),
    "Direct Sales": ("Vente directe", "Direct sales"),
    "Education": ("Formation", "Education"),
    "Fitness": ("Remise en forme", "Fitness"),
    "Furniture": ("Meubles", "Furniture"),
    "Gardening": ("Jardinage", "Gardening"),
    "Homewares": ("Articles de maison", "Homewares"),
    "House Construction": ("Construction de maison", "House building"),
    "Insurance": ("Assurance", "Insurance"),
    "Jewelry": ("Bijoux", "Jewellery"),
    "Medical Supplies": ("Matériel médical", "Medical supplies"),
    "Medicine": ("Soins et médicaments", "Medicine"),
    "Mobile": ("Téléphone mobile", "Mobile phone"),
    "Office Appliances": ("Équipement de bureau", "Office equipment"),
    "Other": ("Autre bien", "Other goods"),
    "Photo / Cinema Equipment": ("Photo et cinéma", "Photo and film equipment"),
    "Sport and Leisure": ("Sport et loisirs", "Sport and leisure"),
    "Tourism": ("Tourisme", "Travel"),
    "Vehicles": ("Véhicules", "Motor vehicles"),
    "Weapon": ("Armes", "Weapons"),
}

PORTFOLIOS: Final[Vocabulary] = {
    "POS": ("Crédit en magasin", "In-store loans"),
    "Cash": ("Prêts personnels", "Personal loans"),
    "Cards": ("Cartes", "Credit cards"),
    "Cars": ("Automobile", "Car loans"),
}

PRODUCT_TYPES: Final[Vocabulary] = {
    "x-sell": ("Proposé à un client existant", "Offered to an existing client"),
    "walk-in": ("Demandé par le client", "Asked for by the client"),
}

CHANNELS: Final[Vocabulary] = {
    "AP+ (Cash loan)": ("Partenaire (prêts personnels)", "Partner (personal loans)"),
    "Car dealer": ("Concessionnaire automobile", "Car dealer"),
    "Channel of corporate sales": ("Ventes aux entreprises", "Corporate sales"),
    "Contact center": ("Centre d'appels", "Call centre"),
    "Country-wide": ("Réseau national", "Country-wide network"),
    "Credit and cash offices": ("Agences", "Credit and cash offices"),
    "Regional / Local": ("Réseau régional ou local", "Regional or local network"),
    "Stone": ("Magasins partenaires", "Partner shops"),
}

SELLER_INDUSTRIES: Final[Vocabulary] = {
    "Auto technology": ("Équipement automobile", "Car equipment"),
    "Clothing": ("Habillement", "Clothing trade"),
    "Connectivity": ("Téléphonie", "Telephones"),
    "Construction": ("Construction et bricolage", "Building and DIY"),
    "Consumer electronics": ("Électronique grand public", "Consumer electronics"),
    "Furniture": ("Ameublement", "Furniture trade"),
    "Industry": ("Industrie", "Manufacturing"),
    "Jewelry": ("Bijouterie", "Jewellery trade"),
    "MLM partners": ("Vente par réseau", "Network marketing"),
    "Tourism": ("Voyages", "Travel trade"),
}

YIELD_GROUPS: Final[Vocabulary] = {
    "low_action": ("Taux promotionnel", "Promotional rate"),
    "low_normal": ("Taux bas", "Low rate"),
    "middle": ("Taux moyen", "Medium rate"),
    "high": ("Taux élevé", "High rate"),
}

PRODUCTS: Final[Vocabulary] = {
    "Cash": ("Prêt personnel", "Personal loan"),
    "Cash Street: low": ("Prêt personnel en agence, taux bas", "Personal loan at a branch, low rate"),
    "Cash Street: middle": ("Prêt personnel en agence, taux moyen", "Personal loan at a branch, medium rate"),
    "Cash Street: high": ("Prêt personnel en agence, taux élevé", "Personal loan at a branch, high rate"),
    "Cash X-Sell: low": ("Prêt personnel à un client existant, taux bas", "Personal loan to a client, low rate"),
    "Cash X-Sell: middle": (
        "Prêt personnel à un client existant, taux moyen",
        "Personal loan to a client, medium rate",
    ),
    "Cash X-Sell: high": ("Prêt personnel à un client existant, taux élevé", "Personal loan to a client, high rate"),
    "Card Street": ("Carte en agence", "Card at a branch"),
    "Card X-Sell": ("Carte à un client existant", "Card to an existing client"),
    "POS household with interest": ("Équipement du foyer, avec intérêts", "Household goods, with interest"),
    "POS household without interest": ("Équipement du foyer, sans intérêts", "Household goods, interest-free"),
    "POS industry with interest": ("Achat professionnel, avec intérêts", "Industrial goods, with interest"),
    "POS industry without interest": ("Achat professionnel, sans intérêts", "Industrial goods, interest-free"),
    "POS mobile with interest": ("Téléphone, avec intérêts", "Mobile phone, with interest"),
    "POS mobile without interest": ("Téléphone, sans intérêts", "Mobile phone, interest-free"),
    "POS other with interest": ("Autre achat, avec intérêts", "Other goods, with interest"),
    "POS others without interest": ("Autre achat, sans intérêts", "Other goods, interest-free"),
}

CONTRACT_STATUSES: Final[Vocabulary] = {
    "Active": ("En cours", "Running"),
    "Amortized debt": ("Dette amortie", "Amortised debt"),
    "Approved": ("Accepté", "Accepted"),
    "Canceled": ("Annulé", "Cancelled"),
    "Completed": ("Terminé", "Completed"),
    "Demand": ("Mis en recouvrement", "Called in"),
    "Refused": ("Refusé", "Rejected"),
    "Returned to the store": ("Bien rendu au magasin", "Goods returned to the shop"),
    "Sent proposal": ("Proposition envoyée", "Offer sent"),
    "Signed": ("Signé", "Signed contract"),
}
