# Comptoir en français. Une entrée par phrase ; les mêmes entrées dans chaque catalogue.
## Nombres, montants, jours et heures

number-decimal = ,
number-group = {" "}
money = { $amount } { $symbol }
money-negative = − { $money }
money-positive = + { $money }
time = { $hour } h { $minute }
date = { $day } { $month } { $year }
date-short = { $day } { $month } { $year }
day-month = { $day } { $month }
day-today = Aujourd’hui
day-yesterday = Hier
weekday-date = { $weekday } { $date }
when-today = auj. { $time }
when-yesterday = hier { $time }
when-tomorrow = demain { $time }
when-row-yesterday = hier
span-minutes = { $count } min
span-hours = { $count } h
span-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
weekday-1 = Lundi
weekday-2 = Mardi
weekday-3 = Mercredi
weekday-4 = Jeudi
weekday-5 = Vendredi
weekday-6 = Samedi
weekday-7 = Dimanche

## What things are called: states, reasons, kinds

## Errors, in plain words

error-bad-title = Nous n’avons pas pu lire cela
error-bad-text = Il manque quelque chose dans l’envoi, ou c’est trop long. Revenez en arrière, relisez et renvoyez.
error-forbidden-title = Cette conversation n’est pas ouverte ici
error-forbidden-text = Le lien appartient à une autre adresse, ou il a expiré. Recevez le vôtre en une minute.
error-missing-title = Rien à cette adresse
error-missing-text = La page a peut-être bougé, ou l’adresse est incomplète. Vos commandes sont toujours là.
error-method-title = Cette page ne marche que par son bouton
error-method-text = Ouvrez la page qui la précède et utilisez le bouton qui s’y trouve.
error-conflict-title = Quelqu’un a été plus rapide
error-conflict-text = Ceci a changé pendant que vous le regardiez. Ouvrez à nouveau pour voir où cela en est.
error-often-title = Un peu trop souvent
error-often-text = Il y a eu beaucoup d’essais en peu de temps. Attendez quelques minutes, puis réessayez.
error-busy-title = Le comptoir est débordé
error-busy-text = Trop de monde d’un coup. Votre envoi n’a pas été enregistré ; réessayez dans un instant.
error-ours-title = C’est notre faute
error-ours-text = Quelque chose a échoué de notre côté. C’est noté ; réessayez dans un instant.
error-signed-out-title = Vous n’êtes pas connecté
error-signed-out-text = Connectez-vous, ou envoyez un jeton valable, puis réessayez.
error-large-title = C’est trop à la fois
error-large-text = L’envoi dépasse ce qui peut être reçu ici. Envoyez moins, ou en plusieurs fois.
error-query = L’adresse ne peut pas être lue : { $detail }
error-way-find = Retrouver ma commande
error-email-taken = Quelqu’un se connecte déjà avec cette adresse.
error-password-length = Un mot de passe compte entre { $min } et { $max } caractères.
error-text-empty = Écrivez d’abord quelque chose.
error-text-long = Cela fait { $length } caractères ; un message en contient { $max }. Envoyez-le en plusieurs fois.
error-text-control = Le texte contient des caractères de contrôle qui ne peuvent pas être affichés.
error-client-id = Un client_id compte 8 à 64 lettres, chiffres, - ou _.
error-words-long = Un mot pour l’atelier compte au plus { $max } caractères, sans caractère de contrôle.
error-resolve-undecided = Une demande de cette conversation attend sa décision. Décidez d’abord.
error-code-wrong = Ce n’est pas le code. Regardez le dernier e-mail reçu.
error-code-over = Ce code n’est plus valable. Demandez-en un nouveau.
error-stock-gone = Quelqu’un vient de prendre le dernier. Choisissez-en un autre.
error-case-quantity = Choisissez entre 1 et { $max }.
error-case-variant = L’échange se fait contre une autre couleur ou taille du même article.
error-case-same = C’est celui que vous avez. Choisissez une autre couleur ou taille.
error-case-approved-already = Cette demande a déjà été acceptée.
error-case-declined-already = Cette demande a déjà été refusée.
error-case-cancelled-already = Cette demande a déjà été retirée.
error-case-expired-already = Cette demande n’est plus valable.
error-case-completed-already = Cet échange est déjà terminé.
error-case-not-yet = Ce n’est pas encore possible.
error-case-approved-by = Déjà acceptée par { $name }.
error-case-declined-by = Déjà refusée par { $name }.
error-case-not-approved = La demande doit d’abord être acceptée.
error-case-step-made = C’est déjà fait.
error-connector-there = Cette boutique a déjà ce site de vente. Pour signer avec un autre secret, remplacez-le sur sa carte.
error-setup-over = Cette adresse d’installation a déjà servi. Redémarrez le serveur pour en obtenir une autre.
policy-cancelled = La commande a été annulée.
policy-no-goods = Seuls les articles s’échangent.
policy-unpaid = La commande n’est pas payée, ou a été remboursée en entier.
policy-given-back = Déjà rendu.
policy-asked-already = Déjà dans un échange.
policy-unknown-product = Absent du catalogue de la boutique.
policy-not-exchangeable = Non échangeable, par hygiène.
policy-retired = N’est plus vendu.
policy-too-late = Le délai d’échange est passé.
policy-no-price = Son prix n’est pas connu ici. Écrivez-nous, nous verrons.
check-window = { $since ->
    [one] { $since } jour après l’achat, limite { $limit }
   *[other] { $since } jours après l’achat, limite { $limit }
}
check-stock = { $left } en stock
check-stock-uncounted = La boutique ne compte pas son stock
check-delivered = Colis livré
check-not-delivered = Colis pas encore livré
error-cursor = Ce n’est pas un curseur de cette liste. Rendez celui de la page précédente.
error-field-missing = Ce champ manque.
error-field-unknown = Il n’y a pas de tel champ ici.
error-field-twice = Ce paramètre a été donné deux fois.
error-field-wrong = Cela ne convient pas : { $detail }
error-reference = référence à donner : { $reference }

## The shopper's pages

language-name = Français
skip-to-content = Aller au contenu
skip-to-message = Aller au message
opens-elsewhere = (ouvre la page du transporteur)
optional = (facultatif)

thread-title = Commande nº { $number }
thread-order = Votre commande
thread-conversation = Conversation avec { $shop }
thread-messages = Messages
thread-empty = Rien n’a encore été dit. Écrivez ici : { $shop } lit cette conversation.
order-eyebrow = Commande nº { $number } du { $date }
order-items = { $count ->
    [one] { $count } article
   *[other] { $count } articles
}
parcel-tracking = Suivi du colis
parcel-of = Colis { $number } sur { $total }
message-you = Vous
message-sent = Envoyé
message-sending = Envoi
message-failed = Non envoyé.
message-resend = Renvoyer
message-delete = Supprimer
quick-actions = Actions rapides
quick-track = Suivre
quick-exchange = Échanger
quick-question = Une question
composer-label = Votre message
composer-send = Envoyer
live-reconnecting = Reconnexion…
live-new-one = 1 nouveau message
case-for = contre
case-follow = Suivre cette demande

step-back = Retour
step-close = Fermer
step-continue = Continuer
exchange-step = Étape { $step } sur 4
exchange-which = Quel article souhaitez-vous échanger ?
exchange-why = Qu’est-ce qui ne va pas ?
exchange-why-hint = Votre réponse aide l’atelier à mieux faire.
exchange-note = Un mot pour l’atelier
exchange-choose = Choisir { $name }
exchange-check = Tout est bon ?
exchange-you-send = Vous renvoyez
exchange-you-get = Vous recevez
exchange-your-reason = Votre raison : { $reason }
exchange-send = Envoyer la demande
exchange-nothing-charged = Rien n’est prélevé maintenant.
exchange-cancel = Annuler la demande
exchange-to-thread = Revenir à la conversation

find-title = Retrouver votre commande
find-text = Donnez le numéro de votre commande et l’adresse e-mail avec laquelle vous avez commandé. Nous y envoyons un code à six chiffres.
find-number = Numéro de commande
find-number-hint = Il figure dans l’objet de votre e-mail de confirmation.
find-email = E-mail de la commande
find-email-example = vous@exemple.fr
find-send = Recevoir mon code
expired-title = Ce lien a expiré
expired-text = Par sécurité, un lien de conversation dure 90 jours. Recevez un code à l’adresse de votre commande et vous y revoilà.
code-title = Votre code à six chiffres
code-sent = Si la commande { $number } correspond à { $email }, le code y est parti. Il sert une fois, pendant 10 minutes.
code-label = Code
code-hint = Vous pouvez coller le code entier.
code-open = Voir ma commande
code-again = Envoyer un nouveau code
code-newest = Plusieurs e-mails reçus ? Seul le code du plus récent fonctionne.
code-nothing = Toujours rien ? Vérifiez les indésirables, ou
code-change = changez d’adresse.
code-just-ordered = Vous venez de commander ? Votre commande peut mettre une minute à arriver ici. Cette page regarde à nouveau toute seule.
opening-title = Ouverture de votre conversation
opening-text = Un instant.
opening-noscript = Votre navigateur n’exécute pas de script, et ce lien en a besoin. Avec le numéro de votre commande et votre adresse e-mail, vous entrez aussi.
opening-find = Retrouver ma commande

order-test = Commande d’essai
message-author = { $name }, { $shop }
card-confirmed = Commande confirmée
card-sent = Expédiée
card-partly = Une partie est expédiée
card-cancelled = Annulée
card-cancelled-on = le { $day }
card-refunded = Remboursée
card-returned = Retournée
card-arriving = Arrive { $day }
card-arriving-today = Arrive aujourd’hui
card-arriving-tomorrow = Arrive demain
card-parcels = { $count ->
    [one] en { $count } colis
   *[other] en { $count } colis
}
card-parcels-arrived = { $count ->
    [one] { $count } colis livré sur { $total }
   *[other] { $count } colis livrés sur { $total }
}
card-with = avec { $carrier }
card-when = { $when }
card-when-with = { $when }, avec { $carrier }
card-expected = désormais prévue le { $day }
progress-ordered = Commandée
progress-packed = Préparée
progress-shipped = Expédiée
progress-out = En livraison
progress-delivered = Livrée
progress-sentence = Étape { $step } sur 5 : { $label }
parcel-label-created = En préparation
parcel-accepted = Remis au transporteur
parcel-in-transit = En route
parcel-customs = À la douane
parcel-out-for-delivery = En cours de livraison
parcel-available-for-pickup = À retirer au point relais
parcel-attempt-failed = N’a pas pu être livré
parcel-delayed = En retard
parcel-exception = Retenu en route
parcel-delivered = Livré
parcel-returning = En route vers la boutique
parcel-returned = De retour à la boutique
parcel-cancelled = Colis annulé
parcel-expired = Sans nouvelles du transporteur
parcel-unknown = Expédié
parcel-lost = Perdu en route
parcel-hint = { $what }, { $when }
parcel-hint-place = { $what }, { $place }, { $when }
parcel-place-message = { $place } : { $message }
parcel-expected = Prévu
total-goods = Articles
total-discount = Remise
total-shipping = Livraison
total-free = offerte
total-tax = Taxes
total-tax-included = Taxes comprises
total-sum = Total
total-refunded = Remboursé

event-order-placed = Commande confirmée à { $time }
event-order-placed-on = Commande passée le { $day }
event-order-cancelled = Commande annulée à { $time }
event-parcel-label-created = Colis en préparation, { $when }
event-parcel-accepted = Colis remis au transporteur, { $when }
event-parcel-in-transit = Colis en route, { $when }
event-parcel-customs = Colis à la douane, { $when }
event-parcel-out-for-delivery = Colis en cours de livraison, { $when }
event-parcel-available-for-pickup = Colis à retirer, { $when }
event-parcel-attempt-failed = Le colis n’a pas pu être livré, { $when }
event-parcel-delayed = Colis en retard, { $when }
event-parcel-exception = Colis retenu en route, { $when }
event-parcel-delivered = Colis livré, { $when }
event-parcel-returning = Colis en route vers la boutique, { $when }
event-parcel-returned = Colis de retour à la boutique, { $when }
event-parcel-cancelled = Colis annulé, { $when }
event-parcel-expired = Sans nouvelles du transporteur, { $when }
event-parcel-unknown = Colis expédié, { $when }
event-parcel-lost = Colis perdu en route, { $when }
event-case-approved = { $who } a accepté l’échange
event-case-declined = { $who } a décliné l’échange
event-case-taken-back = Vous avez retiré votre demande
event-case-cancelled = { $who } a annulé l’échange
event-case-expired = La demande a expiré sans réponse
event-case-completed = L’échange est terminé
event-case-received = Votre article est de retour à la boutique
event-case-waived = Vous gardez votre article
event-case-sent = Votre nouvel article est en route
event-case-settled = La différence est réglée
event-resolved = { $who } a marqué cette conversation comme résolue
event-reopened = Cette conversation est rouverte

case-title = Votre échange
case-submitted = Demandé
case-proposed = Autre proposition
case-countered = Réponse envoyée
case-approved = Accepté
case-declined = Décliné
case-cancelled = Annulé
case-expired = Expiré
case-completed = Terminé
case-ticket-submitted = Échange demandé
case-ticket-proposed = Échange : autre proposition
case-ticket-countered = Échange : votre réponse est envoyée
case-ticket-approved = Échange accepté
case-ticket-declined = Échange décliné
case-ticket-cancelled = Échange annulé
case-ticket-expired = Demande d’échange expirée
case-ticket-completed = Échange terminé
case-to-pay = Différence à régler
case-to-get = Différence qui vous revient
case-left-to-pay = Il reste { $amount } à régler
case-left-to-get = { $amount } vous reviennent
next-submitted = { $shop } vous répond. Votre choix vous est réservé jusqu’au { $day }, { $time } ; sans réponse d’ici là, la demande prend fin et rien ne change.
next-submitted-open = { $shop } vous répond. D’ici là, rien ne change.
next-proposed = { $shop } vous propose autre chose. Répondez dans la conversation.
next-pay = { $shop } vous indique ici comment régler { $amount }. Votre nouvel article part ensuite.
next-send-back = { $shop } vous indique ici comment renvoyer votre article. Votre choix vous reste réservé.
next-send-back-sent = Votre nouvel article est en route. { $shop } vous indique ici comment renvoyer le vôtre.
next-replacement = { $shop } expédie votre nouvel article. Son départ vous est annoncé ici.
next-give-back = { $shop } vous rend { $amount }. Cela vous est annoncé ici.
next-declined = { $who } a décliné. Vous gardez votre article ; écrivez dans la conversation si vous avez une question.
next-declined-because = { $who } a écrit : « { $reason } » Vous gardez votre article ; écrivez dans la conversation si vous avez une question.
next-cancelled = Rien ne change : vous gardez votre article. Vous pouvez redemander tant que les échanges sont possibles.
next-expired = { $shop } n’a pas répondu à temps. Vous gardez votre article et pouvez redemander.
next-completed = Il n’y a plus rien à faire.
station-requested = Demande envoyée
station-answer = { $shop } vous répond
station-approved = Acceptée par { $who }
station-declined = Déclinée par { $who }
station-cancelled = Demande annulée
station-expired = Expirée sans réponse
station-pay = Régler la différence, { $amount }
station-give-back = Recevoir { $amount }
station-settled = Différence réglée
station-send-back = À renvoyer : { $name }
station-received = De retour à la boutique : { $name }
station-waived = Vous le gardez : { $name }
station-replacement = À expédier : { $name }
station-sent = Expédié : { $name }
station-completed = Échange terminé

exchange-title = Échanger
exchange-until = Échange possible jusqu’au { $day }, article non porté.
exchange-within = { $count ->
    [one] Échange possible dans le jour qui suit la livraison, article non porté.
   *[other] Échange possible dans les { $count } jours qui suivent la livraison, article non porté.
}
exchange-which-first = Choisissez d’abord l’article.
exchange-why-first = Choisissez d’abord une raison.
exchange-choose-other = C’est celui que vous avez. Choisissez-en un autre.
exchange-sold-out = { $name } est épuisé. Choisissez autre chose.
exchange-too-few = { $count ->
    [one] Il n’en reste que { $count }. Choisissez moins de pièces.
   *[other] Il n’en reste que { $count }. Choisissez moins de pièces.
}
exchange-how-many = Combien
exchange-item-several = { $name } × { $pieces }
exchange-paid = { $name }, déjà payé
exchange-to-pay = À payer une fois accepté
exchange-to-get = Vous revient une fois accepté
exchange-even = Différence
exchange-next = { $shop } vous répond. { $name } vous est réservé 48 heures ; sans réponse d’ici là, la demande prend fin et rien ne change.
option-colour = Couleur
option-size = Taille
option-other = Choix
stock-own = Votre achat
stock-plenty = En stock
stock-few = { $count ->
    [one] Plus que { $count }
   *[other] Plus que { $count }
}
stock-none = Épuisé
stock-uncounted = Disponible
reason-colour = La couleur ne me convient pas
reason-too-small = Trop petit
reason-too-large = Trop grand
reason-defect = Défaut ou article abîmé
reason-wrong-item = Ce n’est pas ce que j’ai commandé
reason-changed-mind = J’ai changé d’avis

find-number-wrong = Un numéro de commande a des chiffres, parfois des lettres, comme 10482.
find-email-wrong = Une adresse e-mail contient un @, comme vous@exemple.fr.
find-which-title = Ouvrez le lien de votre e-mail
find-which-text = Plusieurs boutiques sont chez elles ici. Le lien de l’e-mail sur votre commande mène à la vôtre.
code-look = Regarder à nouveau

## The desk

desk-skip = Aller à la conversation
desk-main = Navigation
desk-close = Fermer
desk-you = Votre compte
desk-sign-out = Se déconnecter
desk-keys = Raccourcis clavier
desk-undo = Annuler
desk-copy = Copier
desk-copied = Copié
desk-new-tab = (nouvel onglet)
desk-view-needs-reply = À répondre
desk-view-mine = Les miennes
desk-view-unassigned = Sans responsable
desk-view-waiting = Côté client
desk-view-resolved = Résolues
desk-view-all = Toutes
desk-view-exchanges = Échanges
desk-to-decide = À décider
desk-shops = Boutiques
desk-manage = Gérer
desk-connectors = Connexions
desk-mailbox = Boîte aux lettres
desk-tab-inbox = Boîte
desk-tab-more = Plus
desk-threads = Conversations
desk-conversation = Conversation
desk-messages = Messages
desk-unread = à répondre,
desk-assigned-to = Confiée à { $name }
desk-assigned-to-you = Vous est confiée, changer
desk-assign = Confier
desk-assign-to = Confier à
desk-assign-me = Moi
desk-assign-nobody = Personne
desk-resolve = Résoudre
desk-reopen = Rouvrir
desk-back = Retour à la liste
desk-context = Contexte
desk-order = Commande { $number }
desk-more = Conversations plus anciennes
desk-older = Messages précédents
desk-hint-move = parcourir
desk-reconnecting = Reconnexion… ce que vous écrivez partira dès que possible.
desk-new-one = 1 nouveau message
desk-sending = Envoi
desk-failed = Non envoyé.
desk-resend = Renvoyer
desk-discard = Supprimer
desk-empty-needs-reply = Tout le monde a sa réponse
desk-empty-needs-reply-text = Les nouvelles questions apparaissent ici d’elles-mêmes.
desk-empty-mine = Rien ne vous est confié
desk-empty-mine-text = Prenez une conversation avec A quand elle est ouverte.
desk-empty-unassigned = Chaque conversation a quelqu’un
desk-empty-unassigned-text = Les conversations que personne n’a prises apparaissent ici.
desk-empty-waiting = Aucun client ne vous doit de réponse
desk-empty-waiting-text = Les conversations répondues attendent ici le client.
desk-empty-resolved = Rien n’est encore résolu
desk-empty-resolved-text = Une conversation résolue se rouvre quand son client écrit.
desk-empty-all = Pas encore de commande
desk-empty-all-text = Chaque commande qui arrive ouvre une conversation ici.
desk-empty-decide = Rien à décider
desk-empty-decide-text = Les demandes des clients apparaissent ici avec ce que dit la politique.
desk-connect-title = Aucun système de commande connecté
desk-connect-text = Les conversations s’ouvrent d’elles-mêmes quand les commandes arrivent.
desk-connect-go = Voir les systèmes de commande
desk-nothing-open = Aucune conversation ouverte
desk-nothing-open-text = Choisissez-en une dans la liste, ou tapez J.
desk-welcome = Le comptoir est ouvert
desk-welcome-text = Connectez le système de vos commandes, et chaque commande ouvre sa conversation.
desk-state-open = Ouverte
desk-state-waiting-shopper = Côté client
desk-state-waiting-external = En attente d’un tiers
desk-state-snoozed = En pause
desk-state-resolved = Résolue
desk-state-spam = Indésirable
desk-sent-stored = Envoyé
desk-sent-delivered = Distribué
desk-sent-read = Lu
desk-said = { $name } a écrit :
desk-automatic = Automatique
desk-note-by = { $name }, note interne, { $time }
desk-composer = Réponse ou note interne
desk-reply = Réponse
desk-note = Note interne
desk-note-private = Seule votre équipe la voit
desk-writes-in = Écrit en { $language }
desk-your-text = Votre texte
desk-write = Écrivez une réponse
desk-write-note = Écrivez une note pour votre équipe
desk-send = Envoyer
desk-add-note = Ajouter la note
desk-send-and = Autres façons d’envoyer
desk-send-resolve = Envoyer et résoudre
desk-kind-question = Question
desk-kind-exchange = Échange
desk-kind-return = Retour
desk-kind-cancellation = Annulation
desk-kind-change = Modification
desk-kind-dispute = Litige
desk-decide-question = Question à décider
desk-decide-exchange = Échange à décider
desk-decide-return = Retour à décider
desk-decide-cancellation = Annulation à décider
desk-decide-change = Modification à décider
desk-decide-dispute = Litige à décider
desk-approve-question = Accepter
desk-approve-exchange = Accepter l’échange
desk-approve-return = Accepter le retour
desk-approve-cancellation = Accepter l’annulation
desk-approve-change = Accepter la modification
desk-approve-dispute = Donner raison au client
desk-ago = il y a { $span }
desk-swap-for = contre
desk-pieces = { $count ->
    [one] { $count } pièce
   *[other] { $count } pièces
}
desk-check-ok = en règle :
desk-check-warn = à regarder :
desk-pays-shopper = Le client paie
desk-pays-merchant = Vous rendez
desk-pays-nobody = Pas de différence
desk-reserved-until = La pièce voulue est gardée jusqu’au { $when }. Ensuite la demande expire.
desk-decline = Refuser
desk-decline-reason = Pourquoi, en mots que le client lira
desk-decline-hint = Envoyé tel quel au client. La pièce gardée retourne en stock.
desk-decline-send = Refuser et prévenir le client
desk-case-completed = Terminé
desk-case-running = En cours
desk-track-goods-back = Retour des articles
desk-track-goods-out = Envoi des articles
desk-track-money = Argent
desk-track-final = fait
desk-track-none = Rien à faire
desk-track-awaiting-handover = En attente d’envoi par le client
desk-track-label-created = Étiquette créée
desk-track-in-transit = En route
desk-track-delivered = Livré
desk-track-received = Reçu
desk-track-reserved = Gardé en stock
desk-track-committed = Transmis à la boutique
desk-track-shipped = Envoyé
desk-track-out-of-stock = Épuisé
desk-track-even = Pas de différence
desk-track-due-from-shopper = En attente de paiement du client
desk-track-due-to-shopper = À rendre au client
desk-track-paid = Payé
desk-track-refunded = Rendu
desk-track-settled = Réglé à la main
desk-mark-received = Marquer reçu
desk-mark-sent = Marquer envoyé
desk-settle = Régler à la main
desk-settle-due = Reste à régler
desk-settle-method = Moyen de règlement
desk-settle-bank = Virement
desk-settle-card = Carte, en boutique
desk-settle-cash = Espèces
desk-settle-other = Autre
desk-settle-reference = Référence
desk-settle-hint = Ce qui le prouve : le numéro du reçu ou du virement.
desk-settle-save = Marquer réglé à la main
desk-orders = { $count ->
    [one] { $count } commande
   *[other] { $count } commandes
}
desk-nobody = Client inconnu
desk-nobody-text = La commande est arrivée sans adresse e-mail. Copiez le lien et transmettez-le vous-même.
desk-link = Lien de cette conversation
desk-link-revoke = Révoquer tous les liens
desk-link-revoke-text = Les liens déjà envoyés ne fonctionnent plus et les pages ouvertes se ferment. Le prochain e-mail en porte un nouveau.
desk-link-text = Qui l’a peut lire et écrire ici comme le client, pendant 90 jours.
desk-order-cancelled = Annulée { $when }
desk-total = Total
desk-refunded = Remboursé
desk-parcel-problem = À vérifier
desk-parcel-step = Étape { $step } sur 5
desk-past-orders = Commandes passées
desk-connectors-lead = D’où viennent les commandes, l’adresse où chaque système les envoie, et comment il se porte.
desk-hook = Adresse pour ses webhooks
desk-connect = Connecter un système de commande
desk-connect-lead = Chaque commande qu’il envoie ouvre une conversation avec son acheteur.
desk-connect-shop = Boutique
desk-connect-kind = Type de système
desk-connect-own = Webhook de votre propre système
desk-connect-store = Site de vente
desk-connect-store-hint = Pour Shopify, son adresse : nom.myshopify.com. Pour WooCommerce, l’adresse de la boutique. Pour votre propre système, un nom court ou son domaine.
desk-connect-secret = Secret de signature
desk-connect-secret-hint = Shopify l’affiche sous la liste dans Paramètres, Notifications, Webhooks. Pour WooCommerce et votre propre système, laissez vide : nous en créons un.
desk-connect-do = Connecter
desk-mend-shop = Choisissez une boutique de la liste.
desk-mend-kind = Choisissez un type de système de la liste.
desk-mend-shopify = Indiquez l’adresse que Shopify a donnée au site, comme nom.myshopify.com.
desk-mend-store = Indiquez un nom court ou un domaine : lettres sans accent, chiffres, points et tirets.
desk-mend-secret = Collez le secret de signature entier, tel que Shopify l’affiche. Il n’est jamais renvoyé sur cette page.
desk-mend-secret-empty = Laissez vide : le secret de votre propre système est créé ici.
desk-secret-replace = Remplacer le secret
desk-secret-replace-text = L’ancien secret reste accepté 24 heures, pour que rien ne se perde. Vous pouvez y mettre fin plus tôt.
desk-secret-new = Nouveau secret de signature
desk-secret-make = Créer un nouveau secret
desk-connected = { $system } : connexion prête
desk-secret-replaced = Le secret est remplacé
desk-secret-once = Copiez le secret maintenant : vous pouvez le lire ici pendant 10 minutes, puis plus jamais.
desk-connected-next = À faire maintenant
desk-next-shopify = Dans Shopify, ouvrez Paramètres, Notifications, Webhooks et créez des webhooks en JSON avec cette adresse.
desk-next-topics = Créez-en un pour chacun de ces sujets :
desk-next-own = Donnez à votre système cette adresse et le secret, et faites-lui envoyer un événement signé par commande, selon Standard Webhooks.
desk-next-schema = La forme du corps, avec le sens de chaque champ :
desk-next-look = Le premier événement apparaît dans le journal de cette connexion en quelques secondes.
desk-next-replaced = Donnez le nouveau secret à votre système. Jusqu’à demain, ses événements sont acceptés avec l’un ou l’autre.
desk-next-replaced-own = Les événements signés avec l’ancien secret sont acceptés jusqu’à demain aussi.
desk-health-waiting = En attente du premier envoi
desk-health-well = Tout va bien, dernier envoi { $when }
desk-health-troubled = À vérifier, dernier envoi { $when }
desk-verdict-applied = Appliqué
desk-verdict-repeat = Répété, ignoré
desk-verdict-older = Plus ancien que connu
desk-verdict-nothing = Rien à faire
desk-verdict-failed = Gardé, non lu
desk-verdict-refused = Signature fausse
desk-intakes = Événements reçus
desk-intakes-lead = Tout ce qui a frappé à la porte, et ce que nous en avons fait.
desk-log = Journal
desk-log-all = Tous
desk-log-empty = Rien n’est arrivé ici.
desk-log-event = Événement
desk-log-verdict = Verdict
desk-log-time = Heure
desk-log-older = Plus anciens
desk-intake-kept = Rien n’est perdu : le corps est gardé.
desk-intake-delivery = Identifiant d’envoi
desk-intake-signature = Signature
desk-intake-matches = Conforme
desk-intake-body = Corps
desk-intake-bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}
desk-intake-headers = { $count ->
    [one] { $count } en-tête
   *[other] { $count } en-têtes
}
desk-intake-swept = Le corps a été effacé : son temps était passé.
desk-replay = Rejouer
desk-replay-hint = Applique encore le même corps. Ce qui est déjà connu ne change rien.
desk-mailbox-lead = Dans la démo, les e-mails sont écrits ici au lieu d’être envoyés.
desk-mails = E-mails
desk-mails-none = Aucun e-mail n’a encore été écrit.
desk-mail-from = De
desk-mail-to = À
desk-mail-when = Écrit
desk-mail-source = Source
desk-denied-title = Pas pour votre rôle
desk-denied-text = Les systèmes de commandes sont tenus par les propriétaires et les admins. Demandez à l’un d’eux.
desk-missing-title = Rien à cette adresse
desk-missing-text = La conversation est peut-être celle d’une autre entreprise, ou l’adresse est incomplète.
desk-way-inbox = Vers les conversations
desk-done-resolved = Résolue : { $name }
desk-done-approved = Accepté : { $name }. Le client est prévenu.
desk-done-replayed = Appliqué une fois de plus.
desk-done-failed = Essayé une fois de plus : toujours impossible à appliquer.
desk-intake-unnamed = Événement sans nom
desk-moment = { $date }, { $time }
desk-swap-line = { $from } → { $to }
desk-shopper = Le client
desk-app = Une application
desk-system = La boutique
desk-approved-by = Accepté par { $name }, { $when }
desk-approved-by-app = Accepté par une application, { $when }
desk-track-waived = Le client le garde
desk-track-settled-with = Réglé à la main : { $method }, { $reference }
desk-reason-colour = Une autre couleur
desk-reason-too-small = Trop petit
desk-reason-too-large = Trop grand
desk-reason-defect = Quelque chose ne va pas
desk-reason-wrong-item = Pas ce qui était commandé
desk-reason-changed-mind = A changé d’avis
desk-payment-pending = Pas encore payée
desk-payment-authorized = Autorisée
desk-payment-partially-paid = Payée en partie
desk-payment-paid = Payée
desk-payment-partially-refunded = Remboursée en partie
desk-payment-refunded = Remboursée
desk-payment-voided = Annulée
desk-payment-failed = Paiement échoué
desk-shipping = Livraison
desk-discount = Remise
desk-tax = Taxes
desk-parcel-label-created = Étiquette créée
desk-parcel-accepted = Chez le transporteur
desk-parcel-in-transit = En chemin
desk-parcel-customs = À la douane
desk-parcel-out-for-delivery = En livraison
desk-parcel-available-for-pickup = À retirer
desk-parcel-attempt-failed = Personne n’était là
desk-parcel-delayed = En retard
desk-parcel-exception = Retenu en route
desk-parcel-delivered = Livré
desk-parcel-returning = Sur le retour
desk-parcel-returned = Revenu à l’expéditeur
desk-parcel-cancelled = Annulé
desk-parcel-expired = Pas retiré à temps
desk-parcel-unknown = Envoyé
desk-parcel-lost = Perdu
desk-parcel-last = { $what }, { $when }
desk-system-generic = Webhook
desk-system-shopify = Shopify
desk-key-next = Conversation suivante
desk-key-previous = Conversation précédente
desk-key-open = Ouvrir
desk-key-list = Retour à la liste
desk-key-reply = Répondre
desk-key-note = Note interne
desk-key-send = Envoyer
desk-key-send-resolve = Envoyer et résoudre
desk-key-assign = Confier
desk-key-resolve = Résoudre ou rouvrir
desk-key-approve = Accepter la demande
desk-key-undo = Annuler
desk-key-context = Contexte, sur écran étroit
desk-key-all = Tous les raccourcis
desk-event-order-placed = Commande passée
desk-event-order-updated = Commande modifiée en boutique
desk-event-order-cancelled = Commande annulée
desk-event-assigned = { $who } a confié ceci à { $detail }
desk-event-taken = { $who } a pris cette conversation
desk-event-unassigned = { $who } a laissé ceci sans responsable
desk-event-snoozed = { $who } a mis ceci en pause
desk-event-resolved = { $who } a marqué ceci comme résolu
desk-event-reopened = Rouverte par { $who }
desk-event-shipment = Colis : { $detail }
desk-event-case-requested = { $who } a demandé un échange : { $detail }
desk-event-case-proposed = { $who } a proposé : { $detail }
desk-event-case-countered = { $who } a répondu par : { $detail }
desk-event-case-approved = { $who } a accepté : { $detail }
desk-event-case-declined = { $who } a refusé : { $detail }
desk-event-case-cancelled = { $who } a annulé : { $detail }
desk-event-case-expired = Expiré : { $detail }
desk-event-case-moved = Avancement : { $detail }
desk-event-case-completed = Terminé : { $detail }
desk-event-payment-requested = Paiement demandé : { $detail }
desk-event-payment-paid = Payé : { $detail }
desk-event-payment-failed = Paiement non abouti : { $detail }
desk-event-refund-submitted = Remboursement transmis à la banque : { $detail }
desk-event-refund-succeeded = Remboursé : { $detail }
desk-event-refund-failed = Remboursement non abouti : { $detail }

## Sign-in and first start

sign-in = Se connecter
sign-in-title = De retour au comptoir
sign-in-to = Connectez-vous à { $merchant }
sign-in-lead = Connectez-vous à votre espace
sign-in-email = E-mail
sign-in-password = Mot de passe
sign-in-mismatch = Ce mot de passe ne correspond pas à cet e-mail. Vérifiez la touche Verr. Maj.
sign-in-too-many = { $count ->
    [one] Trop d’essais. Réessayez dans { $count } minute.
   *[other] Trop d’essais. Réessayez dans { $count } minutes.
}
sign-in-stale = Cette page est restée ouverte trop longtemps. Connectez-vous à nouveau.
sign-in-ended = Vous êtes déconnecté.
sign-in-shopper = Vous avez commandé et cherchez votre conversation ? Ouvrez le lien de votre e-mail de commande, ou
sign-in-shopper-go = retrouvez-la par numéro de commande
setup-title = Ouvrez le comptoir
setup-lead = Vous êtes la première personne ici. Tapez le code que votre serveur a affiché.
setup-code = Code d’installation
setup-code-hint = Rempli pour vous quand vous avez ouvert l’adresse.
setup-code-wrong = Ce code ne convient pas, ou plus. Regardez ce que votre serveur a affiché en dernier.
setup-begin = Commencer
setup-time = Une minute : votre compte et votre boutique.
setup-server = Sur votre serveur
setup-first = Premier démarrage
setup-terminal = Pas encore de compte. Ouvrez cette adresse :
setup-no-default = Personne ne peut se connecter avant cela. Il n’y a pas de mot de passe par défaut.
setup-account = Votre compte
setup-account-lead = Tout ici vous appartiendra.
setup-mend = Quelques points à corriger
setup-merchant = Votre entreprise
setup-shop = Votre boutique, comme vos clients la connaissent
setup-shop-hint = Elle figure en haut de chaque page et e-mail.
setup-name = Votre nom
setup-name-hint = Vos clients lisent votre prénom.
setup-password-hint = Au moins 12 caractères. Quatre mots sans lien sont sûrs et faciles à taper.
setup-password-again = Mot de passe, encore une fois
setup-language = Langue de l’espace
setup-zone = Fuseau horaire
setup-open = Ouvrir le comptoir
setup-mend-merchant = Donnez un nom à votre entreprise, 200 caractères au plus.
setup-mend-shop = Donnez un nom à votre boutique, 200 caractères au plus.
setup-mend-name = Dites qui vous êtes, 200 caractères au plus.
setup-mend-email = Une adresse e-mail contient un @ et un domaine, comme ines@calanque.example.
setup-mend-password = Choisissez un mot de passe d’au moins 12 caractères.
setup-mend-password-again = Tapez deux fois le même mot de passe.
setup-mend-zone = Choisissez un fuseau horaire dans la liste.

## E-mail

mail-colon = {" "}:
mail-next-approved = Renvoyez ce que vous échangez ; la boutique expédie le nouvel article comme convenu. La page montre chaque étape.
mail-next-expired = Personne n’a décidé à temps, rien n’est donc plus réservé. Vous pouvez refaire la demande.
mail-about = Commande nº { $number }
mail-about-standing = Commande nº { $number }, { $standing }
mail-personal = Ce lien est personnel et ouvre votre commande sans mot de passe, pendant 90 jours. Ne le transférez pas.
mail-open-button = Ouvrir la conversation
mail-open-subject = { $shop } : votre commande nº { $number }
mail-open-subject-plain = { $shop } : votre commande
mail-open-title = Votre commande a sa page
mail-open-text = Suivez-y le colis, posez une question ou échangez un article, sans compte.
mail-open-glance = Suivre le colis, demander, échanger : tout au même endroit.
mail-reply-subject = { $name } vous a répondu, commande nº { $number }
mail-reply-title = { $name } vous a répondu
mail-by = { $name }, { $when }
mail-quote = « { $text } »
mail-before = Avant cela, vous écriviez : « { $text } »
mail-code-subject = { $code } est votre code pour { $shop }
mail-code-title = Votre code
mail-code-works = { $count ->
    [one] Il fonctionne { $count } minute, une seule fois.
   *[other] Il fonctionne { $count } minutes, une seule fois.
}
mail-code-not-you = Vous ne l’avez pas demandé ? Ne faites rien, et ne le donnez à personne.
mail-case-subject = { $title }, commande nº { $number }
mail-exchange-received = Nous avons votre demande d’échange
mail-exchange-approved = Votre échange est accepté
mail-exchange-declined = Votre échange n’est pas possible
mail-exchange-cancelled = Votre échange est annulé
mail-exchange-expired = Votre demande d’échange a expiré
mail-exchange-completed = Votre échange est terminé
mail-request-received = Nous avons votre demande
mail-request-approved = Votre demande est acceptée
mail-request-declined = Votre demande n’est pas possible
mail-request-cancelled = Votre demande est annulée
mail-request-expired = Votre demande a expiré
mail-request-completed = Votre demande est terminée
mail-swapped-for = contre
mail-due = Il reste { $amount } à régler, depuis la conversation.

# La journée au comptoir : temps restant, pause, annulation, plusieurs à la fois, touches, propositions
desk-view-snoozed = En pause
desk-view-spam = Indésirables
desk-empty-snoozed = Rien n’est en pause
desk-empty-snoozed-text = Mettez une conversation en pause avec H : elle revient quand vous le dites, ou quand le client écrit.
desk-empty-spam = Aucun indésirable
desk-empty-spam-text = Ce que vous marquez comme indésirable reste ici et peut en revenir.
desk-empty-filtered = Rien ne correspond à ces filtres
desk-empty-filtered-text = Il y a peut-être des conversations sans eux.
desk-left = encore { $span }
desk-late = { $span } de retard
desk-sleeps-until = jusqu’à { $when }
desk-snooze = Mettre en pause
desk-snooze-until = En pause jusqu’à
desk-snooze-at = Un jour et une heure
desk-pause-hour = Dans une heure
desk-pause-evening = Ce soir
desk-pause-tomorrow = Demain
desk-pause-monday = Lundi
desk-wake = Reprendre maintenant
desk-not-spam = Pas indésirable
desk-spam = Indésirable
desk-spam-text = La conversation quitte toutes les listes sauf Indésirables, et ses nouveaux messages ne la rouvrent pas.
desk-spam-mark = Marquer comme indésirable
desk-seconds = { $count } s
desk-pick = Sélectionner { $name }
desk-pick-many = Sélectionner des conversations
desk-bulk = Conversations sélectionnées
desk-bulk-chosen = sélectionnées
desk-bulk-clear = Vider la sélection
desk-bulk-resolved = { $count ->
    [one] { $count } conversation résolue.
   *[other] { $count } conversations résolues.
}
desk-bulk-snoozed = { $count ->
    [one] { $count } conversation en pause.
   *[other] { $count } conversations en pause.
}
desk-bulk-assigned = { $count ->
    [one] { $count } conversation attribuée.
   *[other] { $count } conversations attribuées.
}
desk-bulk-undone = { $count ->
    [one] { $count } conversation est comme avant.
   *[other] { $count } conversations sont comme avant.
}
desk-bulk-undecided = { $count ->
    [one] { $count } a une demande à décider.
   *[other] { $count } ont une demande à décider.
}
desk-bulk-other = { $count ->
    [one] { $count } est restée telle quelle.
   *[other] { $count } sont restées telles quelles.
}
desk-done-assigned = Attribuée : { $name }
desk-done-snoozed = En pause : { $name }
desk-done-spam = Marquée indésirable : { $name }
desk-done-undone = Comme avant : { $name }
desk-done-proposed = Proposition envoyée : { $name }
desk-done-declining = Refus en cours : { $name }
desk-done-refusal-back = Pas refusée : { $name }
desk-declining-mine = Vous refusez cette demande.
desk-declining = { $who } refuse cette demande.
desk-hand-over = Passer à { $name }
desk-sort = Trier par
desk-sorted = Triés par : { $by }
desk-sort-time-left = Temps restant
desk-sort-newest = Plus récents
desk-sort-oldest = Plus anciens
desk-sort-waking = Réveil le plus proche
desk-filter = Filtres
desk-filter-all = Toutes
desk-filter-late = En retard
desk-filter-any = Peu importe
desk-filter-nobody = Personne
desk-filter-shop = Boutique
desk-filter-assignee = Attribuée à
desk-filter-kind = Sujet
desk-filter-language = Langue
desk-filter-show = Afficher
desk-filter-clear = Retirer les filtres
desk-hint-pick = choisir
desk-hint-palette = commandes
desk-key-pick = Sélectionner la ligne
desk-key-snooze = Mettre en pause
desk-key-propose = Proposer autre chose
desk-keys-single = Les lettres seules agissent
desk-keys-single-text = Désactivez-les si vous dictez ou si vous appuyez par erreur.
desk-keys-save = Enregistrer
desk-palette = Commandes
desk-palette-field = Une commande, une vue ou un nom
desk-palette-found = Résultats
desk-palette-actions = Cette conversation
desk-palette-views = Aller à
desk-palette-nothing = Rien ne correspond.
desk-palette-choose = choisir
desk-palette-run = lancer
desk-propose = Proposer autre chose
desk-propose-which = Que proposez-vous ?
desk-propose-hint = Les deux sont réservés 48 heures. Le client peut accepter ou garder son choix.
desk-propose-send = Envoyer la proposition
desk-offered = En attente de la réponse du client
desk-offered-instead = Vous avez proposé à la place
desk-offered-until = Le client peut répondre jusqu’au { $when }
desk-approve-first-wish = Accepter la première demande
desk-kept = Autre chose a été proposé ; le client garde son choix.
desk-exchange-begin = Commencer un échange
desk-exchange-back = Retour à la conversation
desk-exchange-title = Échange pour { $name }
desk-exchange-lead = Pour un client qui a téléphoné. Les règles et le stock sont les mêmes que sur sa page, et la conversation montre que la demande vient de vous.
desk-exchange-line = Quel article ?
desk-exchange-which = Contre lequel ?
desk-exchange-why = Pourquoi ?
desk-exchange-pieces = Combien ?
desk-exchange-words = Ce que le client a dit
desk-exchange-next = L’article est réservé 48 heures. Vous décidez ensuite comme pour toute demande.
desk-exchange-send = Demander l’échange
desk-event-woken = La pause est finie
desk-event-spam = { $who } a marqué la conversation comme indésirable
desk-event-not-spam = { $who } a repris la conversation des indésirables
error-snooze-past = Choisissez un moment à venir.
error-snooze-far = Une conversation peut rester en pause un an au plus.
error-snooze-moment = Indiquez le jour et l’heure, comme 2026-11-30 09:00.
error-snooze-closed = Cette conversation est close. Rouvrez-la avant de la mettre en pause.
error-undo-late = Ce n’est plus annulable : le délai est passé.
error-undo-changed = Autre chose s’est passé ici depuis, ce n’est donc plus annulable.
error-bulk-none = Sélectionnez d’abord une conversation.
error-bulk-many = Vous avez sélectionné { $many } conversations ; { $max } au plus à la fois.
error-bulk-act = Choisissez quoi faire des conversations sélectionnées.
error-case-declining = { $name } refuse déjà cette demande.
error-refusal-taken-back = Cette demande n’est plus en cours de refus : quelqu’un est revenu dessus.
error-case-proposed-already = Autre chose est déjà proposé ; le client doit répondre.
error-proposal-same = Proposez autre chose que l’article acheté et que l’article demandé.
error-proposal-which = Choisissez un article disponible.
error-proposal-over = Cette proposition n’est plus ouverte.
error-exchange-line = Choisissez un article de la commande.
error-exchange-reason = Choisissez la raison donnée par le client.
offer-says = { $who } vous propose plutôt ceci
offer-accept = Prendre { $name }
offer-keep = Garder mon choix : { $name }
next-proposed-until = { $shop } vous propose autre chose. Les deux vous sont réservés jusqu’au { $day }, { $time } ; sans réponse d’ici là, la demande prend fin et rien ne change.
event-case-proposed = { $who } a proposé autre chose
event-case-kept = Vous avez gardé votre choix
event-case-accepted = Vous avez accepté la proposition
mail-exchange-proposed = Une autre proposition pour votre échange
mail-next-proposed = Acceptez-la ou gardez votre choix depuis la conversation, jusqu’à { $until }. Il n’y a rien à payer.
mail-next-proposed-pay = Acceptez-la ou gardez votre choix depuis la conversation, jusqu’à { $until }. Avec elle, il reste { $amount } à régler.
mail-next-proposed-get = Acceptez-la ou gardez votre choix depuis la conversation, jusqu’à { $until }. Avec elle, { $amount } vous sont rendus.
## E-mail that arrives, and e-mail that does not

error-email = Une adresse e-mail a un @ et un domaine, comme camille@example.com.
expired-fresh = Recevoir un nouveau lien
expired-or = Il part à l’adresse de votre commande. Vous ne lisez plus cette adresse, ou n’avez que le numéro de commande ? Alors par ici :
expired-asked-title = Regardez votre boîte de réception
expired-asked-text = Si le lien était bien l’un des nôtres, un nouveau part à l’adresse de la commande. Il peut mettre une minute.
desk-event-mail-refused = Les e-mails au client sont refusés
desk-event-mail-readdressed = { $who } a corrigé l’adresse e-mail
desk-mail-address = E-mails
desk-mail-no-address = La commande n’indique pas d’adresse e-mail.
desk-mail-corrected = Corrigée ici ; la commande en indique une autre.
desk-mail-refused = Les e-mails à { $address } sont refusés : { $reason }
desk-mail-somewhere = ce client
desk-mail-kept = Ce que vous écrivez est gardé et part dès que l’adresse est juste.
desk-mail-correct = Corriger l’adresse
desk-mail-new = Bonne adresse
desk-mail-hint = Les liens déjà envoyés ne fonctionnent plus. Un nouveau part à cette adresse, avec ce qui n’est pas arrivé.
desk-mail-save = Corriger et envoyer
desk-mail-again = Réessayer cette adresse
desk-mail-reason-unknown = cette boîte n’existe pas.
desk-mail-reason-domain = le nom après le @ ne reçoit pas d’e-mails.
desk-mail-reason-disabled = la boîte est fermée.
desk-mail-reason-full = la boîte est pleine.
desk-mail-reason-policy = le destinataire n’accepte pas les e-mails de notre serveur.
desk-mail-reason-malformed = ce n’est pas une adresse e-mail.
desk-mail-reason-given-up = le destinataire ne les a pas acceptés pendant plusieurs jours.
desk-mail-reason-other = le destinataire n’a pas donné de raison claire.
mail-standing-packed = en préparation
mail-standing-on-its-way = en route
mail-standing-out-for-delivery = en livraison
mail-standing-for-pickup = à retirer
mail-standing-delivered = livrée
mail-standing-cancelled = annulée
mail-link-subject = Votre nouveau lien, commande nº { $number }
mail-link-title = Votre nouveau lien
mail-link-text = Il ouvre la conversation de votre commande. Les liens envoyés avant peuvent ne plus fonctionner.
mail-waiting-subject = Un client attend, commande nº { $number }
mail-waiting-title = Un client attend
mail-waiting-text = Un message ou une demande attend une réponse ({ $since }), et personne n’a ouvert le comptoir depuis.
mail-waiting-button = Répondre au comptoir
mail-waiting-why = Vous recevez un seul e-mail de ce genre par conversation en attente, et seulement quand personne n’a le comptoir ouvert.
# Accès : WooCommerce, les liens que la boutique crée elle-même, les codes à scanner
desk-system-woocommerce = WooCommerce
desk-mend-site = Indiquez l’adresse de votre boutique, comme https://shop.example.
desk-mend-secret-woocommerce = Laissez vide et un secret est créé pour vous, ou donnez-en un de 16 à 255 lettres et chiffres, sans espace.
desk-next-woocommerce = Dans WooCommerce, ouvrez Réglages, Avancé, Webhooks et ajoutez des webhooks actifs avec cette adresse comme URL de livraison, ce secret et la version d’API la plus récente.
desk-next-ping = Quand vous en enregistrez un, WooCommerce demande s’il y a quelqu’un. « Systèmes de commande » montre alors qu’il nous a joints ; la première commande dit si le secret est le bon.
desk-health-pinged = Nous a joints { $when }. Le premier envoi signé reste à venir.
links-title = Liens de commande
links-lead = Qui suit un lien de vos propres e-mails ou de vos pages arrive aussitôt dans la conversation de sa commande, sans code.
links-snippet = À coller
links-intro-shopify = Collez ceci partout où Shopify montre une commande. Un lien vers la conversation de cette commande s’y écrit.
links-intro-woocommerce = Collez ceci une fois. Le lien s’écrit dans les e-mails d’une commande, sur la page de remerciement et à côté de chaque commande dans le compte.
links-intro-generic = Voici comment se construit un lien, à partir de l’identifiant externe d’une commande (échappé comme dans une adresse s’il contient plus que des lettres et des chiffres). Il vaut 90 jours à partir du moment qu’il porte.
links-mail = E-mail de commande
links-mail-shopify = Paramètres, Notifications, Notifications client, Confirmation de commande : Modifier le code.
links-thanks = Page de remerciement et de suivi
links-thanks-shopify = Paramètres, Paiement, Scripts supplémentaires, si votre boutique les a encore.
links-account = Page du compte
links-account-shopify = Boutique en ligne, Thèmes, Modifier le code : templates/customers/order.liquid, et dans la boucle des commandes de templates/customers/account.liquid.
links-everywhere = E-mails, page de remerciement et compte
links-everywhere-woocommerce = À la fin du functions.php de votre thème enfant, ou comme extrait dans une extension d’extraits de code.
links-proof = Qui possède un tel lien lit et écrit dans cette seule conversation. La clé de ce texte signe les liens : gardez-la hors des pages et des dépôts que d’autres lisent.
links-replace = Remplacer la clé
links-replace-text = Tous les liens créés jusqu’ici cessent aussitôt. Collez ensuite le nouveau texte.
links-replaced = La clé est remplacée. Collez le nouveau texte maintenant.
links-label = Suivre ma commande et nous écrire
waiting-title = Votre commande nous parvient
waiting-text = Votre commande peut mettre une minute à arriver ici. Cette page regarde à nouveau toute seule.
waiting-long = C’est plus long ?
device-open = Ouvrir sur un autre appareil
device-title = Ouvrir sur un autre appareil
device-text = Visez ce code avec l’appareil photo de votre téléphone ou tablette. La conversation s’y ouvre, telle qu’elle est ici.
device-code = Code qui ouvre la conversation de la commande { $number }
device-address = Ou copiez cette adresse
device-own = Pour vos propres appareils : qui l’ouvre lit et écrit ici en votre nom.
device-back = Retour à la conversation
slip-open = Bordereau avec un code pour le colis
slip-title = Bordereau de la commande { $number }
slip-sheet = Ce qui est imprimé
slip-back = Retour à la conversation
slip-print = Imprimer
slip-order = Commande { $number }
slip-text = Une question, une autre taille, un retour ? Scannez, nous sommes là.
slip-code = Code qui ouvre la conversation de cette commande
slip-or = Ou ouvrez cette adresse et donnez le numéro de votre commande :
## Recherche, étiquettes, réponses enregistrées, mentions

search-title = Recherche
search-title-of = { $words } : recherche
search-label = Chercher une conversation, une commande, un client
search-go = Chercher
search-threads = { $count ->
    [one] { $count } conversation
   *[other] { $count } conversations
}
search-at-least = { $count ->
    [one] Plus de { $count } conversation
   *[other] Plus de { $count } conversations
}
search-without = Retirer ce filtre
search-clear = Tout effacer
search-file = Télécharger le résultat en tableau (CSV)
search-newest = Plus récentes d’abord
search-narrow = Filtres
search-apply = Appliquer
search-in = Trouvé dans
search-in-messages = Messages
search-in-notes = Notes internes
search-in-orders = Commande et client
search-state = État
search-shop = Boutique
search-agent = Agent
search-nobody = Personne encore
search-period = Période
search-any-time = Toutes les dates
search-days = { $count ->
    [one] { $count } dernier jour
   *[other] { $count } derniers jours
}
search-order = commande nº { $number }
search-note-by = Note interne, { $name } :
search-more = Plus anciennes
search-nothing = Rien trouvé
search-nothing-text = Essayez moins de mots, ou le début d’un mot. Un numéro de commande, un nom, une adresse e-mail, un numéro de téléphone ou de suivi se trouvent aussi.
search-everywhere = Chercher sans filtre
search-empty = Que cherchez-vous ?
search-empty-text = Les mots d’un message ou d’une note, un numéro de commande, un nom, une adresse e-mail, un numéro de téléphone, un numéro de suivi ou une étiquette. Ni les accents ni les majuscules ne comptent.
search-behind = Les conversations plus anciennes s’ajoutent encore à la recherche. Cela prend quelques minutes, une seule fois.
error-search-empty = Tapez un mot, un nom ou un numéro. Des signes seuls ne trouvent rien.
error-search-long = Une recherche compte { $max } caractères au plus ; celle-ci en a { $length }. Quelques mots suffisent.
desk-key-search = Chercher
desk-key-canned = Réponses enregistrées, dans un champ vide
desk-key-label = Étiqueter
desk-event-labelled = { $who } a mis l’étiquette { $detail }
desk-event-unlabelled = { $who } a retiré l’étiquette { $detail }
desk-view-mentions = Mentions
desk-empty-mentions = Personne ne vous a mentionné
desk-empty-mentions-text = Quand un collègue écrit @ et votre nom dans une note, la conversation est ici.
desk-call = Mentionner un collègue

labels-title = Étiquettes
labels-lead = Vos propres mots sur les conversations, pour toute l’équipe. Les clients ne les voient jamais.
labels-new = Nouvelle étiquette
labels-name = Nom
labels-hue = Couleur
labels-make = Créer l’étiquette
labels-save = Enregistrer
labels-threads = Ses conversations
labels-all-threads = Toutes les conversations
labels-delete = Supprimer
labels-delete-text = Elle est retirée de toutes les conversations. C’est sans retour.
labels-delete-name = Supprimer { $name }
labels-put = Mettre
labels-take-off = Retirer
labels-none = Il n’y a pas encore d’étiquettes.
labels-manage = Gérer les étiquettes
labels-gone = supprimée depuis
hue-0 = Rouge orangé
hue-1 = Orange
hue-2 = Jaune
hue-3 = Vert citron
hue-4 = Vert
hue-5 = Sarcelle
hue-6 = Turquoise
hue-7 = Bleu ciel
hue-8 = Bleu
hue-9 = Violet
hue-10 = Magenta
hue-11 = Rose
error-label-name = Donnez à l’étiquette un nom avec une lettre ou un chiffre, { $max } caractères au plus.
error-label-hue = Choisissez une couleur de la liste.
error-label-taken = L’étiquette { $name } existe déjà.
error-labels-many = Il y a { $max } étiquettes, c’est le maximum. Supprimez-en une d’abord.
error-labels-of-thread = Une conversation porte { $max } étiquettes au plus. Retirez-en une d’abord.

canned-title = Réponses enregistrées
canned-lead = Ce que vous répondez souvent, écrit une fois par langue. En choisir une l’écrit dans le champ ; c’est vous qui l’envoyez.
canned-choose-lead = Choisissez-en une : elle s’écrit dans le champ à la suite de ce qui s’y trouve, et c’est vous qui l’envoyez.
canned-back = Revenir sans réponse
canned-use = Utiliser « { $title } »
canned-none = Il n’y a pas encore de réponses enregistrées
canned-none-text = Écrivez la première : elle se remplit d’après la commande où elle sert.
canned-new = Nouvelle réponse
canned-edit = Réponse enregistrée
canned-field-title = Titre
canned-field-shortcut = Raccourci
canned-field-languages = Langues
canned-field-shop = Boutique
canned-every-shop = Toutes les boutiques
canned-shortcut-hint = Lettres, chiffres et tirets. Tapez / puis ce mot pour la trouver.
canned-vars = Variables
canned-vars-text = Elles se remplissent d’après la commande. S’il en manque une, la réponse ne peut pas servir et dit ce qui manque. Une réponse contient des mots et ces variables, rien d’autre : ni condition, ni boucle, ni autre réponse.
canned-var-shopper = le prénom du client
canned-var-number = le numéro de commande
canned-var-total = le total de la commande
canned-var-item = ce qui a été acheté, s’il n’y a qu’un article
canned-var-parcel = le numéro de suivi
canned-var-url = la page de suivi du transporteur
canned-var-expected = le jour où le colis est attendu
canned-var-agent = votre prénom
canned-var-shop = le nom de la boutique
canned-preview-order = L’essayer sur la commande de ce numéro
canned-preview = Aperçu
canned-preview-none = Aucune commande ne porte ce numéro.
canned-save = Enregistrer
canned-cancel = Annuler
canned-delete = Supprimer cette réponse
canned-delete-text = Elle disparaît pour toute l’équipe. Ce qui a été envoyé reste.
canned-find = Chercher une réponse
canned-no-match = Aucune réponse ne convient. Essayez un mot de son titre ou de son texte.
canned-failed = Les réponses ne se sont pas chargées. Fermez et réessayez.
canned-missing-language = Cette réponse n’a pas de texte en { $language }.
canned-missing-text = Cette réponse est à réécrire.
canned-missing-name = Le nom du client n’est pas connu ({ $variable }).
canned-missing-order = Il n’y a pas de commande dans cette conversation ({ $variable }).
canned-missing-item = Cette commande n’a pas d’article ({ $variable }).
canned-missing-items = Cette commande a plusieurs articles, on ne sait donc pas duquel il s’agit ({ $variable }).
canned-missing-parcel = Cette commande n’a pas encore de numéro de colis ({ $variable }).
canned-missing-url = Le colis de cette commande n’a pas encore de page de suivi ({ $variable }).
canned-missing-expected = Personne n’a encore dit quand arrive le colis de cette commande ({ $variable }).
error-canned-title = Donnez un titre à la réponse, { $max } caractères au plus.
error-canned-shortcut = Un raccourci compte 1 à { $max } lettres (a à z), chiffres et tirets, comme colis-en-retard.
error-canned-taken = Une autre réponse a le raccourci { $shortcut }.
error-canned-shop = Choisissez une boutique de la liste.
error-canned-empty = Écrivez la réponse dans une langue au moins.
error-canned-many = Il y a { $max } réponses, c’est le maximum. Supprimez-en une d’abord.
error-canned-unknown = Ligne { $line }, caractère { $column } : la variable « { $name } » n’existe pas. Choisissez-en une dans la liste.
error-canned-unclosed = Ligne { $line }, caractère { $column } : cette variable n’est pas fermée. Elle finit par deux accolades, sur la même ligne.
error-canned-stray = Ligne { $line }, caractère { $column } : ces deux accolades ne ferment rien.
error-canned-logic = Ligne { $line }, caractère { $column } : « { $name } » n’est pas possible. Une réponse contient des mots et des variables, rien d’autre : ni condition, ni boucle, ni autre réponse.
# Images, fichiers et messages vocaux
file-photo = Photo
file-photo-of = Photo : { $alt }
file-gif = GIF
file-gif-of = GIF : { $alt }
file-pdf = Fichier : { $name }
file-video = Vidéo
file-video-long = Vidéo, { $length }
file-voice = Message vocal
file-voice-of = Message vocal, { $length }
file-enlarge = { $what }. Ouvrir
file-save = Enregistrer
file-kilobytes = { $size } ko
file-megabytes = { $whole },{ $tenth } Mo
file-unknown = « { $name } » ne peut pas être envoyé. Sont acceptés : les photos (JPEG, PNG, WebP), les GIF, les documents PDF, les courtes vidéos (MP4, WebM) et les messages vocaux.
file-heic = « { $name } » est une photo HEIC, que beaucoup de navigateurs n’affichent pas. Choisissez-la depuis vos photos, ou enregistrez-la d’abord en JPEG.
file-empty = « { $name } » est vide.
file-large = « { $name } » est trop lourd : { $max } Mo au plus.
file-too-much = C’est trop lourd pour être envoyé : { $max } Mo au plus par fichier.
file-pixels = « { $name } » compte { $width } × { $height } pixels : { $most } millions au plus peuvent être affichés. Réduisez l’image puis renvoyez-la.
file-broken = « { $name } » est abîmé ou incomplet. Ouvrez-le sur votre appareil pour vérifier, puis choisissez-le de nouveau.
file-voice-long = « { $name } » est trop long : un message vocal dure { $minutes } minutes au plus.
file-video-too-long = « { $name } » est trop long : une vidéo dure { $minutes } minutes au plus.
file-many = Un message porte { $max } fichiers au plus.
file-none = Choisissez d’abord un fichier.
file-gone = L’un des fichiers n’est plus là. Choisissez-le de nouveau.
file-cut = Le fichier n’est pas arrivé en entier. Vérifiez votre connexion et renvoyez-le.
file-failed = Un fichier n’est pas parti. Réessayez, ou retirez-le.
file-waiting-many = Beaucoup de fichiers attendent déjà d’être envoyés ici. Envoyez-en quelques-uns, ou revenez demain.
error-no-room = Il n’y a plus de place sur le serveur : rien n’a été enregistré. Réessayez plus tard, ou écrivez sans fichier.
attach-add = Ajouter des photos ou des fichiers
attach-list = Fichiers à envoyer
attach-keep = Envoyer { $what }
attach-describe = Décrire la photo, pour qui ne la voit pas
attach-remove = Retirer
attach-retry = Réessayer
attach-sending = Envoi
voice-record = Enregistrer un message vocal
voice-recording = Enregistrement
voice-stop = Terminer
voice-discard = Supprimer
voice-no-microphone = Aucun micro n’est disponible. Autorisez-le dans votre navigateur, puis réessayez.
voice-play = Écouter { $what }
voice-pause = Mettre en pause
exchange-show-us = Montrez-nous
exchange-show-us-hint = Une photo ou deux, et nous décidons tout de suite.
exchange-add-photo = Ajouter
exchange-photos-optional = Vous pouvez continuer sans photo.
exchange-your-photos = Vos photos
desk-decision-photos = Photos jointes à la demande
## People: settings, the ways in, their letters

role-owner = Propriétaire
role-admin = Administration
role-agent = Service client
role-owner-text = Tout le compte, et qui d’autre y a droit.
role-admin-text = Les réglages et l’équipe, et tout ce que fait le service client.
role-agent-text = Répond aux clients et décide des échanges.
error-last-owner = C’est la dernière personne propriétaire. Nommez-en d’abord une autre.
error-deactivate-yourself = Vous ne pouvez pas vous désactiver. Demandez à quelqu’un d’autre.
error-role = Choisissez un rôle dans la liste.
error-invite-member = Quelqu’un de l’équipe se connecte déjà avec cet e-mail.
error-invite-again = Cette adresse a déjà une invitation. Renvoyez-la.
error-invitation-over = Cette invitation a été acceptée ou retirée entre-temps.
error-away-past = Choisissez un jour à venir.
error-away-day = Un jour s’écrit comme 2026-12-03.
error-password-wrong = Ce n’est pas votre mot de passe. Vérifiez la touche Verr. Maj.
error-address-same = Vous vous connectez déjà avec cette adresse.
error-address-often = Plusieurs codes sont partis dans l’heure. Patientez un peu, puis recommencez.
error-second-on = Un second facteur est déjà en place.
error-second-over = Cela a pris trop longtemps. Recommencez depuis votre profil.
error-second-wrong = Ce code ne convient pas, ou a déjà servi. Attendez le suivant.
password-guessable = C’est l’un des premiers mots de passe que l’on essaierait. Prenez quatre mots sans lien.
sign-in-forgotten = Oublié ?
sign-in-renewed = Votre nouveau mot de passe est enregistré. Connectez-vous avec lui.
second-title = Encore une étape
second-lead = Tapez les six chiffres que montre votre application d’authentification.
second-code = Code
second-lost = Pas de téléphone sous la main ?
second-recovery = L’un de vos codes de secours
second-recover = Utiliser un code de secours
second-back = Retour à la connexion
forgotten-title = Un nouveau mot de passe
forgotten-lead = Dites avec quelle adresse vous vous connectez. Un lien y sera envoyé.
forgotten-send = Recevoir un lien
forgotten-sent-title = Regardez vos e-mails
forgotten-sent-text = Si quelqu’un se connecte avec { $email }, le lien est parti. Il fonctionne une heure.
forgotten-sent-hint = Toujours rien ? Vérifiez les indésirables.
choose-title = Choisissez un mot de passe
choose-show = Montrer ce que je tape
choose-save = Enregistrer le mot de passe
choose-ends = Toutes vos sessions seront fermées.
link-over-title = Ce lien n’est plus valable
reset-over-text = Un lien vers un nouveau mot de passe fonctionne une heure, et une seule fois.
invited-over-text = Cette invitation a servi, a été retirée ou renvoyée, ou a expiré. Demandez à la personne qui vous a invité.
invited-facts = Envoyée le { $sent }, valable jusqu’au { $until }, pour { $email }
invited-name = Votre nom, comme vos clients le lisent
invited-name-hint = Le prénom suffit.
invited-join = Rejoindre l’équipe
invited-not-you = Ce n’est pas vous ? Fermez cette page, rien ne se passe.
settings = Réglages
settings-shop = Boutique
settings-team = Équipe
settings-people = Personnes
settings-profile = Votre profil
settings-save = Enregistrer
settings-done-invited = L’invitation est partie.
settings-done-withdrawn = L’invitation est retirée.
settings-done-role = Le rôle est changé. La personne se reconnecte.
settings-done-deactivated = Sessions fermées partout. Ses conversations reviennent à l’équipe.
settings-done-reactivated = De retour dans l’équipe.
settings-done-saved = Enregistré.
settings-done-away = Vous êtes en absence. Ce que les clients reprennent va à l’équipe.
settings-done-back = Bon retour.
settings-done-password = Votre mot de passe est changé. Les autres sessions sont fermées.
settings-done-address = Vous vous connectez désormais avec la nouvelle adresse.
settings-done-ended = Session fermée.
settings-done-second-off = Le second facteur est désactivé.
people-lead = { $count ->
    [one] Une personne dans l’équipe.
   *[other] { $count } personnes dans l’équipe.
}
people-invite = Inviter
people-name = Nom
people-role = Rôle
people-seen = Dernière activité
people-open = Conversations ouvertes
people-sign-in = Connexion
people-actions = Actions
people-you = (vous)
people-now = présent maintenant
people-never = pas encore
people-away = En absence
people-away-until = En absence jusqu’au { $date }
people-gone = Désactivé
people-two = Mot de passe, code
people-one = Mot de passe seul
people-more = Plus sur { $name }
people-deactivate = Désactiver
people-reactivate = Réintégrer
people-invited-by = Invitation de { $name }, { $when }
people-not-joined = Pas encore là
people-run-out = Expirée
people-again = Renvoyer
people-withdraw = Retirer
people-invite-title = Inviter quelqu’un
people-invite-text = La personne reçoit par e-mail un lien valable trois jours, une seule fois.
people-invite-do = Envoyer l’invitation
profile-lead = Ce que les autres lisent de vous, et comment vous vous connectez.
profile-you = Vous
profile-absence = Absence
profile-absence-text = Pendant votre absence, vos conversations qu’un client reprend reviennent à l’équipe.
profile-until = De retour le
profile-until-optional = (laissez vide : jusqu’à nouvel ordre)
profile-leave = Je m’absente
profile-return = Je suis de retour
profile-away-until = En absence jusqu’au { $date }.
profile-away-open = En absence jusqu’à ce que vous disiez être de retour.
profile-current = Votre mot de passe
profile-address = Changer d’adresse
profile-address-new = Nouvelle adresse
profile-address-send = Y envoyer un code
profile-code-sent = Un code est parti à { $email }. Il fonctionne dix minutes.
profile-move = Me connecter avec elle
profile-password = Changer de mot de passe
profile-password-new = Nouveau mot de passe
profile-password-ends = Vos autres sessions seront fermées.
profile-sessions = Où vous êtes connecté
profile-this = celle-ci
profile-session = Depuis { $since }, dernier usage { $seen }
profile-end = Fermer
profile-end-others = Fermer toutes les autres
profile-browser-unknown = Navigateur inconnu
second-set-title = Un second facteur
second-set-lead = Un mot de passe se lit par-dessus l’épaule. Votre téléphone, non.
second-scan = Scannez avec votre application
second-square = Code à scanner avec votre application
second-type = Ou tapez cette clé
second-digits = Tapez les six chiffres affichés
second-keep = Gardez dix codes de secours
second-keep-text = Chacun sert une fois, si vous perdez votre téléphone. Montrés après cette étape.
second-on = L’activer
second-later = Pas maintenant
second-why = Un code de votre téléphone est demandé après le mot de passe. Toute application qui affiche six chiffres toutes les 30 secondes convient.
second-begin = Le mettre en place
second-is-on = Activé
second-is-off = Désactivé
second-left = { $count ->
    [one] Il reste un code de secours.
   *[other] Il reste { $count } codes de secours.
}
second-end = Le désactiver
second-end-do = Désactiver
second-any-code = Code du téléphone, ou code de secours
recovery-title = Gardez-les en lieu sûr
recovery-once = Montrés une seule fois.
recovery-text = Chaque code remplace une fois votre téléphone.
recovery-print = Imprimer
recovery-kept = Je les ai rangés
recovery-go = Aller au comptoir
mail-works-until = Le lien fonctionne jusqu’au { $until }, une seule fois.
mail-invited-subject = { $name } vous invite chez { $merchant }
mail-invited-button = Rejoindre l’équipe
mail-invited-not-you = Ce n’est pas pour vous ? Ne faites rien, l’invitation expire toute seule.
mail-password-subject = Un nouveau mot de passe pour { $merchant }
mail-password-title = Choisissez un nouveau mot de passe
mail-password-text = Quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour le comptoir.
mail-password-button = Choisir un mot de passe
mail-password-not-you = Vous n’avez rien demandé ? Ne faites rien : l’ancien mot de passe reste.
mail-link-works = { $count ->
    [one] Il fonctionne { $count } minute, une seule fois.
   *[other] Il fonctionne { $count } minutes, une seule fois.
}
mail-address-title = Votre nouvelle adresse
mail-address-text = Tapez ce code dans votre profil, et vous vous connecterez désormais avec cette adresse.
mail-moved-subject = Votre adresse pour { $merchant } a changé
mail-moved-title = Vous vous connectez avec une autre adresse
mail-moved-text = C’est désormais { $email }. Celle-ci n’ouvre plus rien.
mail-moved-not-you = Ce n’est pas vous ? Prévenez tout de suite un propriétaire du compte.
settings-look = Apparence et textes
settings-not-saved = Modifications non enregistrées
shop-lead = Ce que vos clients voient et lisent, et ce qu’ils peuvent faire.
shop-which = Quelle boutique
shop-name = Nom que vos clients connaissent
shop-accent = Couleur
shop-accent-hint = Toute couleur reste lisible : nous l’assombrissons ou l’éclaircissons.
shop-mend-accent = Une couleur s’écrit avec # et six chiffres, comme #1c6763.
shop-language = Première langue
shop-mend-language = Choisissez une langue dans la liste.
shop-exchange-days = Jours pour échanger
shop-mend-days = Choisissez entre 0 et 365 jours.
shop-mail = Écrire au client quand sa conversation s’ouvre
shop-mail-hint = À couper si votre propre e-mail de commande contient le lien.
shop-preview = Ce que vos clients verront
shop-sample-reply = Bonjour, votre commande est en route.
shop-sample-thanks = Merci !

# Une conversation vivante
message-delivered = Distribué
message-read = Lu
message-read-at = Lu à { $time }
message-typing = { $name } écrit
live-new-count = { $count } nouveaux messages
desk-sent-read-at = vu à { $time }
desk-new-count = { $count } nouveaux messages
desk-typing = { $name } écrit
desk-typing-reply = { $name } écrit une réponse
desk-typing-note = { $name } écrit une note
desk-viewing-one = { $name } a aussi cette conversation ouverte
desk-viewing-two = { $name } et { $other } ont aussi cette conversation ouverte
desk-viewing-many = { $count ->
    [one] { $name } et { $count } autre ont aussi cette conversation ouverte
   *[other] { $name } et { $count } autres ont aussi cette conversation ouverte
}
desk-crossed = { $name } vient de répondre. Envoyer quand même ?
desk-crossed-send = Envoyer quand même
desk-crossed-keep = Garder en brouillon
desk-crossed-note = Ajouter en note
desk-news-about = { $name }, commande { $number }
desk-news-text = Un nouveau message
profile-calls = Dans ce navigateur
profile-calls-text = Quand un client écrit dans une conversation qui est à vous ou à personne. Gardé dans ce navigateur seulement : un autre a son propre choix.
profile-calls-without = Cela marche là où le navigateur exécute les scripts.
profile-calls-sound = Un son bref
profile-calls-notify = Une notification quand le bureau n’est pas sous vos yeux
profile-calls-words = Y montrer les mots du message
profile-calls-words-hint = Sinon elle dit le prénom et le numéro de commande.
profile-calls-denied = Ce navigateur ne laisse pas le bureau montrer de notifications. Autorisez-les dans ses réglages pour cette adresse, puis activez ceci.
profile-calls-unknown = Ce navigateur ne peut pas montrer de notifications.
# La page de l'acheteur dans chaque état d'une commande, et la liste de ses commandes
card-booking = Réservation confirmée
card-subscription = Abonnement confirmé
card-some-arrived = { $count ->
    [one] { $count } livré, { $rest } en route
   *[other] { $count } livrés, { $rest } en route
}
card-next-today = Le prochain arrive aujourd’hui
card-next-tomorrow = Le prochain arrive demain
card-next = Le prochain est attendu le { $day }
card-late = { $count ->
    [one] En retard de { $count } jour
   *[other] En retard de { $count } jours
}
card-silent = { $count ->
    [one] Sans nouvelles depuis { $count } jour
   *[other] Sans nouvelles depuis { $count } jours
}
card-late-seen = Attendue le { $day }, dernier passage : { $seen }
card-late-unseen = Attendue le { $day }
card-silent-seen = Dernier passage : { $seen }
card-refunded-sum = { $amount } vous ont été remboursés.
item-given-back = { $count ->
    [one] { $count } article remboursé
   *[other] { $count } articles remboursés
}
arrival-all-well = Tout va bien ?
arrival-on = Votre commande a été livrée le { $when }.
arrival-yes = Oui, tout va bien
arrival-problem = Un problème
arrival-until = Échange possible jusqu’au { $day }.
arrival-thanks = Merci, c’est noté.
arrival-open = La conversation reste ouverte si besoin.
arrival-late = Voulez-vous que nous cherchions ?
arrival-late-text = Une question suffit : elle est déjà écrite, il ne reste qu’à l’envoyer.
arrival-late-ask = Demander où il est
error-not-arrived = Tout n’est pas encore arrivé dans cette commande.
event-all-well = Vous avez dit que tout va bien, { $time }
quick-where = Où est mon colis ?
quick-problem = Un problème
quick-address = Changer d’adresse
quick-orders = Vos commandes
ask-where = Bonjour, où est le colis de la commande { $number } ?
ask-problem = Bonjour, j’ai un problème avec la commande { $number } :
ask-address = Bonjour, la commande { $number } devrait partir à une autre adresse :
orders-title = Vos commandes
orders-yours = Vos commandes
orders-of = Commandes de { $address }
orders-count = { $count ->
    [one] { $count } commande
   *[other] { $count } commandes
}
orders-number = Nº { $number } · { $total }
orders-says = { $who } :
orders-file = un fichier
orders-unread = { $count ->
    [one] { $count } réponse que vous n’avez pas vue
   *[other] { $count } réponses que vous n’avez pas vues
}
orders-none = Aucune commande ici
orders-none-text = Rien chez { $shop } n’est à cette adresse.
orders-pages = Pages de la liste
orders-newer = Commandes plus récentes
orders-older = Commandes plus anciennes
orders-missing = Une commande manque ? Elle est peut-être à une autre adresse.
orders-other = La trouver par son numéro
orders-back = Retour à la conversation
orders-locked = Pour voir toutes les commandes de { $address }, montrez que cette adresse est la vôtre : nous y envoyons un code à six chiffres.
orders-no-address = Nous n’avons pas d’adresse e-mail pour cette commande, nous ne pouvons donc pas envoyer le code qui ouvre la liste.
orders-send-code = M’envoyer un code
desk-event-all-well = { $who } : tout va bien
# Réglages : connexion, échanges en phrases, langues, pages légales
settings-policy = Échanges
settings-policy-lead = Remplissez les blancs. Clients, agents et programmes reçoivent les mêmes réponses. Une demande déjà faite garde les conditions d’alors.
settings-policy-days = Les clients peuvent demander un échange dans les { $blank } jours suivant la livraison.
settings-policy-only = Ils peuvent choisir { $blank } du même produit.
settings-policy-only-label = Ce qui peut changer
settings-policy-any = toute autre variante
settings-policy-another = seulement un autre choix de { $option }
settings-policy-dearer = Si le nouvel article coûte plus cher, { $blank }.
settings-policy-dearer-label = S’il coûte plus cher
settings-policy-dearer-shopper = le client paie la différence
settings-policy-dearer-shop = nous payons la différence
settings-policy-cheaper = S’il coûte moins cher, { $blank }.
settings-policy-cheaper-label = S’il coûte moins cher
settings-policy-cheaper-refunded = nous remboursons la différence
settings-policy-cheaper-kept = rien n’est remboursé
settings-policy-not-offered = il ne peut pas être choisi
settings-policy-final = Vendu avec { $blank } pour cent de remise ou plus, un article n’est pas échangé. Laissez vide pour ne pas avoir cette règle.
settings-policy-final-label = Remise à partir de laquelle la vente est définitive, en pour cent
settings-policy-takes = Motifs acceptés
settings-policy-photos = Motifs pour lesquels une photo est demandée
settings-policy-needed = Quand une photo est demandée, { $blank }.
settings-policy-needed-label = Si la photo est obligatoire
settings-policy-needed-no = le client peut continuer sans
settings-policy-needed-yes = une demande sans photo n’est pas prise
settings-policy-exceptions = Règles pour certains produits
settings-policy-exceptions-hint = Pour tout produit dont le nom contient tous ces mots. Sans jours, il n’est jamais échangé.
settings-policy-words = Mots du nom
settings-policy-words-hint = Chaussettes
settings-policy-words-days = Jours pour lui
settings-policy-never = jamais
settings-policy-days-unit = jours
settings-policy-try = Essayer sans enregistrer
settings-policy-trial = Essayer sur une commande
settings-policy-trial-kept = Tel qu’enregistré, dans les mots du client
settings-policy-trial-typed = Tel que saisi, pas encore enregistré
settings-policy-order = Numéro de commande
settings-policy-for-order = Pour la commande { $number } :
settings-policy-no-order = Aucune commande de ce numéro dans cette boutique.
settings-policy-mend-choice = Choisissez dans la liste.
settings-policy-mend-percent = Choisissez entre 1 et 100 pour cent, ou laissez vide.
settings-policy-mend-exceptions = Une règle a des mots de 80 lettres au plus, et de 0 à 365 jours ou aucun.
settings-clash-photo = Deux règles se contredisent : une photo est obligatoire pour « { $reason ->
    [colour] autre couleur
    [too_small] trop petit
    [too_large] trop grand
    [defect] défaut
    [wrong_item] mauvais article
   *[other] changement d’avis
} », et ce motif n’est pas accepté.
settings-clash-reasons = Deux règles se contredisent : les échanges ont des jours, et aucun motif n’est accepté.
settings-clash-product = Les règles « { $one } » et « { $other } » se contredisent : toutes deux concernent { $product }.
settings-clash-words = Les règles « { $one } » et « { $other } » se contredisent : ce que l’une concerne, l’autre le concerne aussi.
shop-speaks = Langues parlées
shop-speaks-hint = La première langue en fait toujours partie. Qui n’en parle aucune lit la première.
shop-legal = Pages légales
shop-legal-hint = Au pied des pages et des e-mails de cette boutique. Des adresses de votre propre site.
shop-legal-terms = Conditions de vente
shop-legal-privacy = Confidentialité
shop-legal-mediator = Médiateur de la consommation
shop-legal-all = toutes les langues
shop-legal-by-language = Une autre adresse pour une langue
shop-mend-legal = Une adresse commence par https:// et a 1 000 lettres au plus.
desk-secret-tail = Le secret se termine par { $tail }.
desk-secret-overlap = Le secret d’avant est encore accepté jusqu’à { $until }.
desk-secret-end = Y mettre fin
desk-secret-ended = Seul le nouveau secret est accepté désormais.
desk-secret-meanwhile = Quelqu’un d’autre vient de remplacer ce secret.
desk-connect-address = Adresse et secret
desk-health-silent = { $count ->
    [one] Rien n’est arrivé depuis { $count } jour
   *[other] Rien n’est arrivé depuis { $count } jours
}
desk-first-waiting = En attente du premier événement. Cette page change d’elle-même.
desk-first-again = Regarder encore
desk-first-look = Le regarder
desk-first-seconds = { $count ->
    [one] il y a { $count } seconde
   *[other] il y a { $count } secondes
}
desk-first-order = Commande { $number } reçue, { $ago }.
desk-first-other = { $topic } reçu, { $ago }.
desk-first-failed = Quelque chose d’illisible est arrivé { $ago }.
desk-intake-old-secret = Correspond au secret d’avant
desk-replay-swept = Son corps a été effacé : il ne peut plus être appliqué.
legal-terms = Conditions de vente
legal-privacy = Confidentialité
legal-mediator = Médiation
policy-never = Cet article ne s’échange pas.
policy-final = Vendu avec une remise qui rend l’achat définitif.
policy-only = Pour cet article, seul le choix { $option } peut changer.
policy-dearer = Il coûte plus cher, et un article plus cher n’est pas proposé. Écrivez-nous, nous verrons.
policy-cheaper = Il coûte moins cher, et un article moins cher n’est pas proposé. Écrivez-nous, nous verrons.
policy-reason = L’échange pour ce motif n’est pas proposé. Écrivez-nous, nous verrons.
policy-photo-needed = Ajoutez une photo du problème : sans elle, cette demande ne peut pas être prise.
## Heures d’ouverture

coming-today = aujourd’hui à { $time }
coming-tomorrow = demain à { $time }
coming-weekday = { $weekday } à { $time }
coming-date = { $weekday } { $date } à { $time }
weekday-within-1 = lundi
weekday-within-2 = mardi
weekday-within-3 = mercredi
weekday-within-4 = jeudi
weekday-within-5 = vendredi
weekday-within-6 = samedi
weekday-within-7 = dimanche
hours-closed-short = Fermé
hours-closed = Nous sommes fermés pour le moment.
hours-reopen = Nous sommes fermés, réouverture { $when }.
hours-closed-until = Fermeture, réouverture { $when }.
hours-closure = { $name } : nous sommes fermés pour le moment.
hours-closure-until = { $name } : réouverture { $when }.
hours-usual = Répond d’habitude en { $span } environ
hours-usual-open = Répond d’habitude en { $span } d’ouverture environ
settings-hours = Horaires, délais
times-lead = Quand quelqu’un est là pour répondre. En dehors, vos clients lisent quand vous revenez.
times-zone = Les heures sont celles de { $zone }.
times-zone-change = Changer de fuseau
times-week = La semaine
times-always = Ouvert à toute heure. Ajoutez des heures : le reste devient fermé.
times-closed = Fermé
times-add = Ajouter des heures le
times-from = De
times-to = À
times-add-do = Ajouter ces heures
times-midnight = 00:00 comme fin veut dire minuit. Au-delà, ajoutez des heures au jour suivant.
times-span = { $from } – { $to }
times-remove-span = Retirer { $day }, { $span }
times-closures = Jours fériés et fermetures
times-closures-none = Aucun pour l’instant.
times-days = { $first } au { $last }
times-remove-closure = Retirer { $days }
times-first = Premier jour
times-last = Dernier jour, s’il y en a plusieurs
times-name = Nom
times-name-hint = Vos clients le lisent : Noël, Congés d’été.
times-close-do = Ajouter ces jours
times-target = Délai de réponse
times-target-sentence = Nous voulons répondre en { $minutes } minutes.
times-target-minutes = Minutes avant une réponse
times-target-text = Seules les minutes d’ouverture comptent. Un changement ici recompte les conversations en attente.
times-reads = Ce que lit un client
times-writes-now = Qui écrit maintenant lit :
times-writes = Qui écrit { $when } lit :
times-reads-nothing = Rien : vous êtes ouverts.
error-opening-days = Choisissez au moins un jour.
error-opening-day = « { $day } » n’est pas un jour de la semaine.
error-opening-time = « { $time } » n’est pas une heure. Écrivez par exemple 9:00.
error-opening-order = { $to } n’est pas après { $from }. Après minuit, c’est le jour suivant.
error-opening-overlap = { $day ->
    [1] Lundi
    [2] Mardi
    [3] Mercredi
    [4] Jeudi
    [5] Vendredi
    [6] Samedi
   *[7] Dimanche
} { $span } chevauche { $other }. Retirez d’abord ces heures, ou choisissez-en d’autres.
error-opening-many = { $day ->
    [1] Lundi
    [2] Mardi
    [3] Mercredi
    [4] Jeudi
    [5] Vendredi
    [6] Samedi
   *[7] Dimanche
} a déjà { $max } plages, pas une de plus.
error-opening-date = « { $date } » n’est pas une date. Choisissez-la dans le calendrier.
error-opening-closure-order = Le dernier jour, { $last }, est avant le premier.
error-opening-closure-long = { $max ->
    [one] Une fermeture dure au plus { $max } jour.
   *[other] Une fermeture dure au plus { $max } jours.
}
error-opening-closure-there = Ces jours sont déjà fermés.
error-opening-closures-many = Il y a déjà { $max } fermetures. Retirez-en une d’abord.
error-opening-name = Un nom a au plus { $max } caractères, sur une ligne.
error-opening-target = Choisissez entre 1 et { $max } minutes.

# Presents
gift-share = Partager le cadeau sans les prix
gift-title = Pour la personne qui le reçoit
gift-text = On y voit ce qu’il contient et où se trouve le colis. Aucun prix, rien sur vous ; ce lien ne permet ni d’écrire ni de demander quoi que ce soit.
gift-hides = Sans les prix, sans votre nom, sans cette conversation. Vous pouvez mettre fin au lien à tout moment.
gift-make = Créer le lien
gift-code = Code qui ouvre la page du cadeau
gift-address = L’adresse à transmettre
gift-copy = Copier
gift-copied = Copié
gift-hand-on = Partager
gift-lasts = Il fonctionne 90 jours, ou jusqu’à ce que vous y mettiez fin.
gift-end = Mettre fin à ce lien
gift-for-you = Un cadeau pour vous
gift-over-order = Rien n’est en route
gift-questions = Une question ? La personne qui vous l’offre peut la poser à { $shop }.
gift-over-title = Ce lien n’est plus valable
gift-over-text = La personne qui vous offre ce cadeau peut en créer un nouveau.
# Public holidays
holiday-new-year = Jour de l’an
holiday-epiphany = Épiphanie
holiday-good-friday = Vendredi saint
holiday-easter-monday = Lundi de Pâques
holiday-labour = Fête du Travail
holiday-victory = Victoire de 1945
holiday-ascension = Ascension
holiday-whit-monday = Lundi de Pentecôte
holiday-national = Fête nationale
holiday-assumption = Assomption
holiday-all-saints = Toussaint
holiday-armistice = Armistice
holiday-immaculate = Immaculée Conception
holiday-christmas = Noël
holiday-after-christmas = Lendemain de Noël
holiday-kings-day = Fête du Roi
holiday-liberation = Fête de la Libération
holiday-unity = Jour de l’Unité allemande
holiday-bank-may = Premier lundi de mai
holiday-bank-spring = Dernier lundi de mai
holiday-bank-summer = Dernier lundi d’août
holiday-constitution = Jour de la Constitution
holiday-republic = Fête de la République
holiday-saint-francis = Saint François d’Assise
holiday-europe = Journée de l’Europe
times-holidays = Jours fériés
times-holidays-text = Ceux des douze prochains mois. Rien ne ferme tout seul : cochez les jours où vous êtes fermés.
times-holidays-country = Pays
times-holidays-show = Afficher
times-holidays-which = Fermé ces jours-là
times-holidays-there = déjà fermé
times-holidays-do = Fermer ces jours-là
times-holidays-part = Les jours propres à une région n’y sont pas : ajoutez-les ci-dessus.
times-country-fr = France
times-country-be = Belgique
times-country-nl = Pays-Bas
times-country-de = Allemagne
times-country-gb = Angleterre
times-country-es = Espagne
times-country-it = Italie
times-country-lu = Luxembourg
error-opening-holidays = Cochez au moins un jour.
## Le haut des pages du client

head-language = Langue
head-more = Plus
exchange-photo-asked = Photo demandée

## L’allure du comptoir

desk-hint-canned = réponses enregistrées
desk-keys-find = Trouver une action
desk-propose-left = { $count } en stock
desk-loading = Chargement
desk-clear = Le comptoir est dégagé
people-available = Disponible

## Les données d’une personne

settings-personal = Données personnelles
settings-activity = Activité
desk-event-erased = { $who } a effacé les données de cette personne
desk-person-data = Ce qui est conservé sur cette personne
desk-person-erased = Les données de cette personne ont été effacées le { $date }.
personal-lead = Ce qui est conservé sur un client, à remettre ou à effacer à sa demande, et la durée de conservation.
personal-find = Trouver un client
personal-email = Adresse e-mail
personal-find-do = Chercher
personal-nobody = Aucun client n’a cette adresse. Vérifiez l’orthographe ou ouvrez le client depuis sa conversation.
personal-erased = Effacés
personal-erased-none = Personne n’a encore été effacé.
personal-state = État
personal-finished = Terminé
personal-going-on = En cours
personal-kept = Durées de conservation
personal-kept-text = En jours. Ce qui est plus ancien disparaît de lui-même, environ une fois par heure.
personal-kept-wrong = Rien n’a été changé : voyez les champs ci-dessous.
personal-kept-threads = Ce qui a été dit dans les conversations
personal-kept-threads-text = À compter du dernier événement d’une conversation où personne n’attend. De { $least } à { $most } jours ; { $usual } si vous ne choisissez rien.
personal-kept-bodies = Ce que les systèmes de commande ont envoyé, mot pour mot
personal-kept-bodies-text = Nécessaire pour rejouer un événement. De { $least } à { $most } jours ; { $usual } si vous ne choisissez rien.
personal-kept-letters = La trace des e-mails envoyés
personal-kept-letters-text = De { $least } à { $most } jours ; { $usual } si vous ne choisissez rien.
personal-kept-audit = Activité
personal-kept-audit-text = De { $least } à { $most } jours ; { $usual } si vous ne choisissez rien.
person-export-much = Cette personne a { $most } conversations ou plus : c’est trop pour une seule archive, et rien n’a été transmis.
error-retention-bounds = Saisissez un nombre de { $least } à { $most }.
person-lead = Tout ce qui est conservé sur un client.
person-known = Qui c’est
person-name = Nom
person-email = E-mail
person-phone = Téléphone
person-language = Langue
person-orders = Commandes
person-orders-none = Aucune commande connue.
person-orders-more = Il y en a d’autres ; toutes sont dans l’archive.
person-export = Remettre
person-export-text = Une archive : une page à lire dans la langue du client, la même chose en JSON pour un autre programme, et chaque fichier envoyé ou reçu.
person-export-notes = Les notes internes de votre équipe sur cette personne s’y trouvent, car elles la concernent. Lisez-les avant de remettre l’archive.
person-export-do = Télécharger l’archive
person-erase = Effacer
person-goes = Ce qui disparaît
person-goes-who = Nom, e-mail, téléphone, adresses et langue
person-goes-said = Chaque message, note, fichier et motif de ses conversations, et ce que la recherche en sait
person-goes-parcels = Les numéros de suivi et le parcours des colis
person-goes-raw = Ce que les systèmes de commande ont envoyé à son sujet, et les e-mails en attente
person-goes-links = Chaque lien vers ses conversations et chaque navigateur admis
person-stays = Ce qui reste
person-stays-orders = Les commandes avec articles, montants et taxes, sans nom
person-stays-events = Le fait que quelque chose s’est passé, et quand : ni mots ni noms
person-stays-elsewhere = Ce que détiennent votre boutique, votre serveur de messagerie et vos sauvegardes. Une sauvegarde antérieure est effacée à nouveau quand elle est restaurée.
person-erase-warning = Il n’y a pas de retour possible. Les demandes en attente d’une décision sont annulées. Qui achète à nouveau est une nouvelle personne.
person-erase-confirm = Saisissez { $word } pour confirmer
person-erase-mistyped = Ce n’est pas ce qui est écrit ci-dessus.
person-erase-do = Effacer définitivement
person-erased = Les données de cette personne ont été effacées le { $date }.
person-erased-finished = Il n’en reste rien.
person-erased-going-on = Ce que les systèmes de commande ont envoyé est encore en cours d’examen.
activity-lead = Qui s’est connecté, qui a changé quoi, qui a remis ou effacé. Rien ne peut y être modifié.
activity-check = Vérifier
activity-download = Télécharger
activity-entries = Entrées
activity-kind = Catégorie
activity-all = Toutes
activity-person = Personne
activity-everybody = Tout le monde
activity-show = Afficher
activity-none = Rien ici.
activity-when = Quand
activity-who = Qui
activity-what = Quoi
activity-about = À propos
activity-older = Plus ancien
activity-whole = { $count ->
    [one] La seule entrée est telle qu’elle a été écrite.
   *[other] Les { $count } entrées sont telles qu’elles ont été écrites.
}
activity-broken = L’entrée { $number } n’est pas telle qu’elle a été écrite, ou elle manque.
activity-days = { $from } → { $to } jours
activity-times = { $count ->
    [one] une fois de plus
   *[other] { $count } fois de plus
}
activity-again = à nouveau, après une restauration
activity-by-agent = Une personne partie
activity-by-app = Un programme
activity-by-system = Comptoir
activity-by-stranger = Une personne inconnue
activity-area-access = Connexions
activity-area-team = Équipe
activity-area-secrets = Mots de passe et secrets
activity-area-settings = Réglages
activity-area-data = Données personnelles
activity-reason-role = pas pour ce rôle
activity-reason-not-theirs = pas à lui, ou introuvable
activity-reason-password = mot de passe erroné
activity-reason-code = code erroné
activity-reason-token = jeton erroné
activity-signed-in = Connexion
activity-sign-in-failed = Connexion refusée
activity-signed-out = Déconnexion
activity-sessions-ended = Sessions terminées
activity-denied = Accès refusé
activity-invited = Invitation envoyée
activity-invitation-withdrawn = Invitation retirée
activity-joined = Arrivée dans l’équipe
activity-role-changed = Rôle changé
activity-deactivated = Compte désactivé
activity-reactivated = Compte réactivé
activity-password-changed = Mot de passe changé
activity-address-changed = Adresse de connexion changée
activity-second-on = Connexion en deux étapes activée
activity-second-off = Connexion en deux étapes désactivée
activity-recovery-used = Code de secours utilisé
activity-connected = Système de commande connecté
activity-secret-shown = Secret lu
activity-secret-replaced = Secret remplacé
activity-secret-ended = Ancien secret terminé
activity-links-replaced = Clé des liens de commande remplacée
activity-token-made = Jeton d’API créé
activity-shop-changed = Boutique modifiée
activity-policy-changed = Politique d’échange modifiée
activity-retention-changed = Durée de conservation modifiée
activity-exported = Données d’une personne remises
activity-erased = Personne effacée
activity-replayed = Événement rejoué
activity-log-downloaded = Ce journal téléchargé

## Ce qu’une boutique conserve sur quelqu’un, tel que remis

yours-title = Ce que { $merchant } conserve sur vous
yours-made = Réuni le { $date }. Le même contenu se trouve dans data.json, pour d’autres programmes.
yours-person = Vous
yours-name = Nom
yours-email = E-mail
yours-phone = Téléphone
yours-language = Langue
yours-order = Commande { $number }
yours-placed = Passée le
yours-ship-to = Envoyée à
yours-bought = Article
yours-parcel = Colis
yours-total = Total
yours-talk = Conversation commencée le { $date }
yours-request = Demande
yours-file = Fichier
yours-you = Vous
yours-note = Note interne de la boutique
yours-moment = { $date }, { $time }
yours-raw = Ce que les systèmes de la boutique ont transmis
error-person-erased = Les données de cette personne ont été effacées : plus rien ne s’écrit ici.
desk-emptied = Ce qui s’est dit ici a été supprimé le { $date } : sa durée de conservation était écoulée.
