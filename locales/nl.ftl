# Comptoir in Dutch, as shoppers read it. One entry a sentence; the desk's entries stand in English and French only.
## Numbers, money, days and times

number-decimal = ,
number-group = .
money = { $symbol } { $amount }
money-negative = −{ $money }
money-positive = +{ $money }
time = { $hour }:{ $minute }
date = { $day } { $month } { $year }
date-short = { $day } { $month } { $year }
day-month = { $day } { $month }
day-today = Vandaag
day-yesterday = Gisteren
weekday-date = { $weekday } { $date }
when-today = vandaag om { $time }
when-yesterday = gisteren om { $time }
when-tomorrow = morgen om { $time }
when-row-yesterday = gisteren
span-minutes = { $count } min
span-hours = { $count } uur
span-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dagen
}
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december
month-short-1 = jan
month-short-2 = feb
month-short-3 = mrt
month-short-4 = apr
month-short-5 = mei
month-short-6 = jun
month-short-7 = jul
month-short-8 = aug
month-short-9 = sep
month-short-10 = okt
month-short-11 = nov
month-short-12 = dec
weekday-1 = maandag
weekday-2 = dinsdag
weekday-3 = woensdag
weekday-4 = donderdag
weekday-5 = vrijdag
weekday-6 = zaterdag
weekday-7 = zondag

## What things are called: states, reasons, kinds

## Errors, in plain words

error-bad-title = Dat konden we niet lezen
error-bad-text = In wat u stuurde ontbreekt iets, of het is te lang. Ga terug, kijk het na en stuur het opnieuw.
error-forbidden-title = Dit gesprek is hier niet open
error-forbidden-text = De link hoort bij een ander adres, of is verlopen. Uw eigen link krijgt u binnen een minuut.
error-missing-title = Op dit adres staat niets
error-missing-text = Misschien is de pagina verhuisd, of het adres is niet volledig. Uw bestellingen zijn er nog.
error-method-title = Deze pagina werkt alleen via de knop
error-method-text = Open de pagina ervoor en gebruik daar de knop.
error-conflict-title = Iemand was sneller
error-conflict-text = Hier is iets veranderd terwijl u keek. Open het opnieuw om te zien hoe het er nu voor staat.
error-often-title = Iets te vaak
error-often-text = Dat waren veel pogingen in korte tijd. Wacht een paar minuten en probeer het dan opnieuw.
error-busy-title = Het is te druk aan de toonbank
error-busy-text = Te veel mensen tegelijk. Wat u stuurde is niet bewaard; probeer het zo nog eens.
error-ours-title = Dit ligt aan ons
error-ours-text = Er ging bij ons iets mis. Het is genoteerd; probeer het zo nog eens.
error-signed-out-title = U bent niet aangemeld
error-signed-out-text = Meld u aan of stuur een geldig token en probeer het opnieuw.
error-large-title = Dat is te veel in één keer
error-large-text = Wat u stuurde is groter dan we hier kunnen aannemen. Stuur minder, of stuur het in delen.
error-query = Het adres is niet te lezen: { $detail }
error-way-find = Mijn bestelling vinden
error-email-taken = Er meldt zich al iemand aan met dit e-mailadres.
error-password-length = Een wachtwoord heeft tussen { $min } en { $max } tekens.
error-text-empty = Schrijf eerst iets.
error-text-long = Dat zijn { $length } tekens; in één bericht passen er { $max }. Stuur het in delen.
error-text-control = De tekst bevat stuurtekens die niet getoond kunnen worden.
error-client-id = Een client_id heeft 8 tot 64 letters, cijfers, - of _.
error-words-long = Een woordje voor het atelier heeft hoogstens { $max } tekens, zonder stuurtekens.
error-resolve-undecided = In dit gesprek wacht een verzoek nog op een beslissing. Beslis daar eerst over.
error-code-wrong = Dat is niet de code. Kijk in de nieuwste e-mail.
error-code-over = Deze code geldt niet meer. Vraag een nieuwe aan.
error-stock-gone = Iemand heeft net de laatste genomen. Kies een andere.
error-case-quantity = Kies een aantal tussen 1 en { $max }.
error-case-variant = Ruilen kan alleen voor een andere kleur of maat van hetzelfde artikel.
error-case-same = Dit is het artikel dat u al hebt. Kies een andere kleur of maat.
error-case-approved-already = Dit verzoek is al goedgekeurd.
error-case-declined-already = Dit verzoek is al afgewezen.
error-case-cancelled-already = Dit verzoek is al ingetrokken.
error-case-expired-already = Dit verzoek is verlopen.
error-case-completed-already = Deze ruil is al afgerond.
error-case-not-yet = Dat kan nog niet.
error-case-approved-by = Al goedgekeurd door { $name }.
error-case-declined-by = Al afgewezen door { $name }.
error-case-not-approved = Het verzoek moet eerst worden goedgekeurd.
error-case-step-made = Dat is al gebeurd.
error-connector-there = Deze winkel heeft deze verkoopsite al. Wilt u met een andere sleutel ondertekenen, vervang die dan op de kaart van de site.
error-setup-over = Dit installatieadres is al gebruikt. Start de server opnieuw voor een nieuw adres.
policy-cancelled = De bestelling is geannuleerd.
policy-no-goods = Alleen artikelen kunnen worden geruild.
policy-unpaid = De bestelling is niet betaald, of is volledig terugbetaald.
policy-given-back = Al geretourneerd.
policy-asked-already = Wordt al geruild.
policy-unknown-product = Niet in het assortiment van de winkel.
policy-not-exchangeable = Kan om hygiënische redenen niet worden geruild.
policy-retired = Niet meer in de verkoop.
policy-too-late = De ruiltermijn is voorbij.
policy-no-price = De prijs is hier niet bekend. Schrijf ons, dan kijken we verder.
check-window = { $since ->
    [one] { $since } dag na aankoop, termijn { $limit }
   *[other] { $since } dagen na aankoop, termijn { $limit }
}
check-stock = { $left } op voorraad
check-stock-uncounted = De winkel telt zijn voorraad niet
check-delivered = Pakket bezorgd
check-not-delivered = Pakket nog niet bezorgd
error-cursor = Dit is geen cursor van deze lijst. Geef die van de vorige pagina op.
error-field-missing = Dit veld ontbreekt.
error-field-unknown = Zo’n veld bestaat hier niet.
error-field-twice = Deze parameter is twee keer opgegeven.
error-field-wrong = Dit past niet: { $detail }
error-reference = kenmerk { $reference }

## The shopper's pages

language-name = Nederlands
skip-to-content = Naar de inhoud
skip-to-message = Naar het berichtveld
opens-elsewhere = (opent de pagina van de pakketdienst)
optional = (niet verplicht)

thread-title = Bestelling { $number }
thread-order = Uw bestelling
thread-conversation = Gesprek met { $shop }
thread-messages = Berichten
thread-empty = Hier is nog niets gezegd. Schrijf gerust: { $shop } leest dit gesprek.
order-eyebrow = Bestelling { $number } van { $date }
order-items = { $count ->
    [one] { $count } artikel
   *[other] { $count } artikelen
}
parcel-tracking = Pakket volgen
parcel-of = Pakket { $number } van { $total }
message-you = U
message-sent = Verzonden
message-sending = Wordt verzonden
message-failed = Niet verzonden.
message-resend = Opnieuw verzenden
message-delete = Verwijderen
quick-actions = Snelle acties
quick-track = Volgen
quick-exchange = Ruilen
quick-question = Een vraag
composer-label = Uw bericht
composer-send = Verzenden
live-reconnecting = Opnieuw verbinden…
live-new-one = 1 nieuw bericht
case-for = in ruil voor
case-follow = Dit verzoek volgen

step-back = Terug
step-close = Sluiten
step-continue = Verder
exchange-step = Stap { $step } van 4
exchange-which = Welk artikel wilt u ruilen?
exchange-why = Wat is er niet goed?
exchange-why-hint = Uw antwoord helpt het atelier het beter te doen.
exchange-note = Een woordje voor het atelier
exchange-choose = { $name } kiezen
exchange-check = Klopt alles?
exchange-you-send = U stuurt terug
exchange-you-get = U ontvangt
exchange-your-reason = Uw reden: { $reason }
exchange-send = Verzoek verzenden
exchange-nothing-charged = Er wordt nu niets afgeschreven.
exchange-cancel = Verzoek intrekken
exchange-to-thread = Terug naar het gesprek

find-title = Vind uw bestelling
find-text = Vul het nummer van uw bestelling in en het e-mailadres waarmee u hebt besteld. Naar dat adres sturen we een code van zes cijfers.
find-number = Bestelnummer
find-number-hint = Het staat in het onderwerp van uw bevestigingsmail.
find-email = E-mailadres van de bestelling
find-email-example = naam@example.com
find-send = Mijn code ontvangen
expired-title = Deze link is verlopen
expired-text = Voor uw veiligheid werkt een link naar een gesprek 90 dagen. Ontvang een code op het adres van uw bestelling en u bent er weer in.
code-title = Uw code van zes cijfers
code-sent = Als bestelling { $number } bij { $email } hoort, is de code daarheen onderweg. Hij werkt één keer, 10 minuten lang.
code-label = Code
code-hint = U kunt de hele code plakken.
code-open = Mijn bestelling bekijken
code-again = Nieuwe code sturen
code-newest = Meer dan één e-mail gekregen? Alleen de code uit de nieuwste werkt.
code-nothing = Nog steeds niets? Kijk bij uw ongewenste e-mail of
code-change = wijzig het adres.
code-just-ordered = Net besteld? Het kan een minuut duren voor uw bestelling hier is. Deze pagina kijkt vanzelf opnieuw.
opening-title = Uw gesprek wordt geopend
opening-text = Een ogenblik.
opening-noscript = Uw browser voert geen scripts uit, en deze link heeft er een nodig. Met uw bestelnummer en uw e-mailadres komt u er ook in.
opening-find = Mijn bestelling vinden

order-test = Testbestelling
message-author = { $name }, { $shop }
card-confirmed = Bestelling bevestigd
card-sent = Verzonden
card-partly = Een deel is verzonden
card-cancelled = Geannuleerd
card-cancelled-on = op { $day }
card-refunded = Terugbetaald
card-returned = Geretourneerd
card-arriving = Komt { $day } aan
card-arriving-today = Komt vandaag aan
card-arriving-tomorrow = Komt morgen aan
card-parcels = { $count ->
    [one] in { $count } pakket
   *[other] in { $count } pakketten
}
card-parcels-arrived = { $count ->
    [one] { $count } van { $total } pakketten bezorgd
   *[other] { $count } van { $total } pakketten bezorgd
}
card-with = met { $carrier }
card-when = { $when }
card-when-with = { $when }, met { $carrier }
card-expected = nu verwacht op { $day }
progress-ordered = Besteld
progress-packed = Ingepakt
progress-shipped = Verzonden
progress-out = Wordt bezorgd
progress-delivered = Bezorgd
progress-sentence = Stap { $step } van 5: { $label }
parcel-label-created = Wordt klaargemaakt
parcel-accepted = Overgedragen aan de pakketdienst
parcel-in-transit = Onderweg
parcel-customs = Bij de douane
parcel-out-for-delivery = Wordt bezorgd
parcel-available-for-pickup = Klaar om op te halen
parcel-attempt-failed = Kon niet worden bezorgd
parcel-delayed = Vertraagd
parcel-exception = Onderweg opgehouden
parcel-delivered = Bezorgd
parcel-returning = Op de terugweg naar de winkel
parcel-returned = Terug bij de winkel
parcel-cancelled = Pakket geannuleerd
parcel-expired = Geen nieuws van de pakketdienst
parcel-unknown = Verzonden
parcel-lost = Onderweg zoekgeraakt
parcel-hint = { $what }, { $when }
parcel-hint-place = { $what }, { $place }, { $when }
parcel-place-message = { $place }: { $message }
parcel-expected = Verwacht
total-goods = Artikelen
total-discount = Korting
total-shipping = Bezorging
total-free = gratis
total-tax = Belasting
total-tax-included = Inbegrepen belasting
total-sum = Totaal
total-refunded = Terugbetaald

event-order-placed = Bestelling bevestigd om { $time }
event-order-placed-on = Besteld op { $day }
event-order-cancelled = Bestelling geannuleerd om { $time }
event-parcel-label-created = Pakket wordt klaargemaakt, { $when }
event-parcel-accepted = Pakket overgedragen aan de pakketdienst, { $when }
event-parcel-in-transit = Pakket onderweg, { $when }
event-parcel-customs = Pakket bij de douane, { $when }
event-parcel-out-for-delivery = Pakket wordt bezorgd, { $when }
event-parcel-available-for-pickup = Pakket klaar om op te halen, { $when }
event-parcel-attempt-failed = Pakket kon niet worden bezorgd, { $when }
event-parcel-delayed = Pakket vertraagd, { $when }
event-parcel-exception = Pakket onderweg opgehouden, { $when }
event-parcel-delivered = Pakket bezorgd, { $when }
event-parcel-returning = Pakket op de terugweg naar de winkel, { $when }
event-parcel-returned = Pakket terug bij de winkel, { $when }
event-parcel-cancelled = Pakket geannuleerd, { $when }
event-parcel-expired = Geen nieuws van de pakketdienst, { $when }
event-parcel-unknown = Pakket verzonden, { $when }
event-parcel-lost = Pakket onderweg zoekgeraakt, { $when }
event-case-approved = { $who } heeft de ruil goedgekeurd
event-case-declined = { $who } heeft de ruil afgewezen
event-case-taken-back = U hebt uw verzoek ingetrokken
event-case-cancelled = { $who } heeft de ruil geannuleerd
event-case-expired = Het verzoek is zonder antwoord verlopen
event-case-completed = De ruil is afgerond
event-case-received = Uw artikel is terug bij de winkel
event-case-waived = U houdt uw artikel
event-case-sent = Uw nieuwe artikel is onderweg
event-case-settled = Het verschil is vereffend
event-resolved = { $who } heeft dit gesprek als afgehandeld gemarkeerd
event-reopened = Dit gesprek is weer open

case-title = Uw ruil
case-submitted = Aangevraagd
case-proposed = Ander voorstel
case-countered = Beantwoord
case-approved = Goedgekeurd
case-declined = Afgewezen
case-cancelled = Geannuleerd
case-expired = Verlopen
case-completed = Afgerond
case-ticket-submitted = Ruil aangevraagd
case-ticket-proposed = Ruil: ander voorstel
case-ticket-countered = Ruil: uw antwoord is verzonden
case-ticket-approved = Ruil goedgekeurd
case-ticket-declined = Ruil afgewezen
case-ticket-cancelled = Ruil geannuleerd
case-ticket-expired = Ruilverzoek verlopen
case-ticket-completed = Ruil afgerond
case-to-pay = Verschil te betalen
case-to-get = Verschil dat u terugkrijgt
case-left-to-pay = Nog te betalen: { $amount }
case-left-to-get = U krijgt { $amount } terug
next-submitted = { $shop } geeft u antwoord. Uw keuze ligt voor u apart tot { $day }, { $time }; zonder antwoord vervalt het verzoek dan en verandert er niets.
next-submitted-open = { $shop } geeft u antwoord. Tot dan verandert er niets.
next-proposed = { $shop } stelt iets anders voor. Antwoord in het gesprek.
next-pay = { $shop } laat u hier weten hoe u { $amount } betaalt. Daarna gaat uw nieuwe artikel op weg.
next-send-back = { $shop } laat u hier weten hoe u uw artikel terugstuurt. Uw keuze blijft voor u apart liggen.
next-send-back-sent = Uw nieuwe artikel is onderweg. { $shop } laat u hier weten hoe u het andere terugstuurt.
next-replacement = { $shop } verzendt uw nieuwe artikel. U hoort het hier zodra het op weg gaat.
next-give-back = { $shop } betaalt u { $amount } terug. U hoort het hier zodra dat is gebeurd.
next-declined = { $who } heeft het verzoek afgewezen. U houdt uw artikel; schrijf in het gesprek als u een vraag hebt.
next-declined-because = { $who } schreef: “{ $reason }” U houdt uw artikel; schrijf in het gesprek als u een vraag hebt.
next-cancelled = Er verandert niets: u houdt uw artikel. Zolang ruilen mogelijk is, kunt u het opnieuw vragen.
next-expired = { $shop } heeft niet op tijd geantwoord. U houdt uw artikel en kunt het opnieuw vragen.
next-completed = Er hoeft niets meer te gebeuren.
station-requested = Verzoek verzonden
station-answer = { $shop } geeft u antwoord
station-approved = Goedgekeurd door { $who }
station-declined = Afgewezen door { $who }
station-cancelled = Verzoek geannuleerd
station-expired = Zonder antwoord verlopen
station-pay = Verschil betalen: { $amount }
station-give-back = { $amount } terugkrijgen
station-settled = Verschil vereffend
station-send-back = Terug te sturen: { $name }
station-received = Terug bij de winkel: { $name }
station-waived = U houdt: { $name }
station-replacement = Te verzenden: { $name }
station-sent = Nieuw artikel verzonden: { $name }
station-completed = Ruil afgerond

exchange-title = Ruilen
exchange-until = Ruilen kan tot en met { $day }, ongedragen.
exchange-within = { $count ->
    [one] Ruilen kan tot { $count } dag na de bezorging, ongedragen.
   *[other] Ruilen kan tot { $count } dagen na de bezorging, ongedragen.
}
exchange-which-first = Kies eerst het artikel.
exchange-why-first = Kies eerst een reden.
exchange-choose-other = Dit is het artikel dat u al hebt. Kies een ander.
exchange-sold-out = { $name } is uitverkocht. Kies iets anders.
exchange-too-few = { $count ->
    [one] Er is er nog maar { $count }. Kies een kleiner aantal.
   *[other] Er zijn er nog maar { $count }. Kies een kleiner aantal.
}
exchange-how-many = Hoeveel
exchange-item-several = { $name } × { $pieces }
exchange-paid = { $name }, al betaald
exchange-to-pay = Te betalen na goedkeuring
exchange-to-get = U krijgt terug na goedkeuring
exchange-even = Verschil
exchange-next = { $shop } geeft u antwoord. { $name } ligt 48 uur voor u apart; zonder antwoord vervalt het verzoek dan en verandert er niets.
option-colour = Kleur
option-size = Maat
option-other = Keuze
stock-own = Uw aankoop
stock-plenty = Op voorraad
stock-few = { $count ->
    [one] Nog maar { $count }
   *[other] Nog maar { $count }
}
stock-none = Uitverkocht
stock-uncounted = Beschikbaar
reason-colour = De kleur bevalt me niet
reason-too-small = Te klein
reason-too-large = Te groot
reason-defect = Met een gebrek of beschadigd
reason-wrong-item = Niet wat ik heb besteld
reason-changed-mind = Ik heb me bedacht

find-number-wrong = Een bestelnummer heeft cijfers, soms letters, zoals 10482.
find-email-wrong = In een e-mailadres staat een @, zoals in naam@example.com.
find-which-title = Open de link in uw e-mail
find-which-text = Hier zijn meerdere winkels thuis. De link in de e-mail over uw bestelling leidt naar de uwe.
code-look = Opnieuw kijken

## E-mail

mail-colon = :
mail-next-approved = Stuur terug wat u ruilt; de winkel verzendt het nieuwe artikel zoals afgesproken. De pagina toont elke stap.
mail-next-expired = Niemand heeft op tijd beslist, dus er ligt niets meer apart. U kunt het opnieuw vragen.
mail-about = Bestelling { $number }
mail-about-standing = Bestelling { $number }, { $standing }
mail-personal = Deze link is persoonlijk en opent uw bestelling zonder wachtwoord, 90 dagen lang. Stuur hem niet door.
mail-open-button = Gesprek openen
mail-open-subject = { $shop }: uw bestelling { $number }
mail-open-subject-plain = { $shop }: uw bestelling
mail-open-title = Uw bestelling heeft een eigen pagina
mail-open-text = Volg daar het pakket, stel een vraag of ruil iets, zonder account.
mail-open-glance = Pakket volgen, vragen, ruilen: alles op één plek.
mail-reply-subject = { $name } heeft geantwoord, bestelling { $number }
mail-reply-title = { $name } heeft geantwoord
mail-by = { $name }, { $when }
mail-quote = “{ $text }”
mail-before = Daarvoor schreef u: “{ $text }”
mail-code-subject = { $code } is uw code voor { $shop }
mail-code-title = Uw code
mail-code-works = { $count ->
    [one] Hij werkt { $count } minuut, één keer.
   *[other] Hij werkt { $count } minuten, één keer.
}
mail-code-not-you = Hebt u hem niet aangevraagd? Doe dan niets en geef hem aan niemand door.
mail-case-subject = { $title }, bestelling { $number }
mail-exchange-received = We hebben uw ruilverzoek ontvangen
mail-exchange-approved = Uw ruil is goedgekeurd
mail-exchange-declined = Uw ruil is niet mogelijk
mail-exchange-cancelled = Uw ruil is geannuleerd
mail-exchange-expired = Uw ruilverzoek is verlopen
mail-exchange-completed = Uw ruil is afgerond
mail-request-received = We hebben uw verzoek ontvangen
mail-request-approved = Uw verzoek is goedgekeurd
mail-request-declined = Uw verzoek is niet mogelijk
mail-request-cancelled = Uw verzoek is geannuleerd
mail-request-expired = Uw verzoek is verlopen
mail-request-completed = Uw verzoek is afgerond
mail-swapped-for = in ruil voor
mail-due = Nog te betalen: { $amount }. Dat kan vanuit het gesprek.

## Ways in: WooCommerce, the links a shop builds itself, codes for a camera

waiting-title = Uw bestelling is onderweg naar ons
waiting-text = Het kan een minuut duren voor uw bestelling hier is. Deze pagina kijkt vanzelf opnieuw.
waiting-long = Duurt het langer?
device-open = Openen op een ander apparaat
device-title = Openen op een ander apparaat
device-text = Richt de camera van uw telefoon of tablet op deze code. Het gesprek gaat daar open zoals het hier is.
device-code = Code die het gesprek over bestelling { $number } opent
device-address = Of kopieer dit adres
device-own = Alleen voor uw eigen apparaten: wie de code of het adres opent, leest en schrijft hier uit uw naam.
device-back = Terug naar het gesprek

## Pictures, files and voice

file-photo = Foto
file-photo-of = Foto: { $alt }
file-gif = Gif
file-gif-of = Gif: { $alt }
file-pdf = Bestand: { $name }
file-video = Video
file-video-long = Video, { $length }
file-voice = Spraakbericht
file-voice-of = Spraakbericht, { $length }
file-enlarge = { $what }. Openen
file-save = Opslaan
file-kilobytes = { $size } kB
file-megabytes = { $whole },{ $tenth } MB
file-unknown = “{ $name }” kan niet worden verzonden. Wat wel kan: foto’s (JPEG, PNG, WebP), gifs, pdf-documenten, korte video’s (MP4, WebM) en spraakberichten.
file-heic = “{ $name }” is een HEIC-foto, die veel browsers niet kunnen tonen. Kies hem vanuit uw foto’s, of sla hem eerst op als JPEG.
file-empty = “{ $name }” is leeg.
file-large = “{ $name }” is te groot: hoogstens { $max } MB.
file-too-much = Dat is te groot om te verzenden: hoogstens { $max } MB per bestand.
file-pixels = “{ $name }” heeft { $width } × { $height } pixels; hoogstens { $most } miljoen kunnen worden getoond. Maak de afbeelding kleiner en stuur haar opnieuw.
file-broken = “{ $name }” is beschadigd of niet volledig. Open het bestand ter controle op uw apparaat en kies het dan opnieuw.
file-voice-long = “{ $name }” is te lang: een spraakbericht duurt hoogstens { $minutes } minuten.
file-video-too-long = “{ $name }” is te lang: een video duurt hoogstens { $minutes } minuten.
file-many = Bij één bericht passen hoogstens { $max } bestanden.
file-none = Kies eerst een bestand.
file-gone = Een van de bestanden is er niet meer. Kies het opnieuw.
file-cut = Het bestand is niet in zijn geheel aangekomen. Controleer uw verbinding en stuur het opnieuw.
file-failed = Een bestand is niet verzonden. Probeer het opnieuw of haal het weg.
file-waiting-many = Hier wachten al veel bestanden op verzending. Verstuur er een paar, of kom morgen terug.
error-no-room = Er is geen ruimte meer op de server, dus er is niets bewaard. Probeer het later opnieuw, of stuur het zonder bestanden.
attach-add = Foto’s of bestanden toevoegen
attach-list = Te verzenden bestanden
attach-keep = Meesturen: { $what }
attach-describe = Beschrijf de foto voor wie hem niet kan zien
attach-remove = Weghalen
attach-retry = Opnieuw proberen
attach-sending = Wordt verzonden
voice-record = Spraakbericht opnemen
voice-recording = Wordt opgenomen
voice-stop = Klaar
voice-discard = Weggooien
voice-no-microphone = Er is geen microfoon om mee op te nemen. Sta die toe in uw browser en probeer het dan opnieuw.
voice-play = Afspelen: { $what }
voice-pause = Pauzeren
exchange-show-us = Laat het ons zien
exchange-show-us-hint = Met een of twee foto’s kunnen we meteen beslissen.
exchange-add-photo = Toevoegen
exchange-photos-optional = U kunt ook zonder foto verder.
exchange-your-photos = Uw foto’s

## Letters and links
error-email = In een e-mailadres staan een @ en een domein, zoals in naam@example.com.
expired-fresh = Stuur mij een nieuwe link
expired-or = Hij gaat naar het adres van uw bestelling. Leest u dat adres niet meer, of hebt u alleen het bestelnummer? Dan kan het zo:
expired-asked-title = Kijk in uw mailbox
expired-asked-text = Als de link er een van ons was, is een nieuwe onderweg naar het adres van de bestelling. Dat kan een minuut duren.
mail-standing-packed = wordt klaargemaakt
mail-standing-on-its-way = onderweg
mail-standing-out-for-delivery = wordt bezorgd
mail-standing-for-pickup = klaar om op te halen
mail-standing-delivered = bezorgd
mail-standing-cancelled = geannuleerd
mail-link-subject = Uw nieuwe link, bestelling { $number }
mail-link-title = Uw nieuwe link
mail-link-text = Deze opent het gesprek over uw bestelling. Eerder gestuurde links werken misschien niet meer.

## Offers
error-proposal-over = Dit voorstel geldt niet meer.
offer-says = { $who } stelt u in plaats daarvan dit voor
offer-accept = { $name } nemen
offer-keep = Bij mijn keuze blijven: { $name }
next-proposed-until = { $shop } stelt iets anders voor. Beide liggen voor u apart tot { $day }, { $time }; zonder antwoord vervalt het verzoek dan en verandert er niets.
event-case-proposed = { $who } heeft iets anders voorgesteld
event-case-kept = U bent bij uw keuze gebleven
event-case-accepted = U hebt het voorstel aangenomen
mail-exchange-proposed = Een ander voorstel voor uw ruil
mail-next-proposed = Neem het in het gesprek aan of blijf bij uw keuze, tot { $until }. Er is niets te betalen.
mail-next-proposed-pay = Neem het in het gesprek aan of blijf bij uw keuze, tot { $until }. Met het voorstel betaalt u { $amount }.
mail-next-proposed-get = Neem het in het gesprek aan of blijf bij uw keuze, tot { $until }. Met het voorstel krijgt u { $amount } terug.

# Een levend gesprek
message-delivered = Afgeleverd
message-read = Gelezen
message-read-at = Gelezen om { $time }
message-typing = { $name } typt
live-new-count = { $count } nieuwe berichten
# De pagina van kopers in elke stand van een bestelling, en de lijst van hun bestellingen
card-booking = Boeking bevestigd
card-subscription = Abonnement bevestigd
card-some-arrived = { $count ->
    [one] { $count } bezorgd, { $rest } onderweg
   *[other] { $count } bezorgd, { $rest } onderweg
}
card-next-today = Het volgende komt vandaag aan
card-next-tomorrow = Het volgende komt morgen aan
card-next = Het volgende wordt op { $day } verwacht
card-late = { $count ->
    [one] { $count } dag te laat
   *[other] { $count } dagen te laat
}
card-silent = { $count ->
    [one] Al { $count } dag geen nieuws
   *[other] Al { $count } dagen geen nieuws
}
card-late-seen = Werd op { $day } verwacht, laatst gezien: { $seen }
card-late-unseen = Werd op { $day } verwacht
card-silent-seen = Laatst gezien: { $seen }
card-refunded-sum = { $amount } is terugbetaald.
item-given-back = { $count ->
    [one] { $count } stuk terugbetaald
   *[other] { $count } stuks terugbetaald
}
arrival-all-well = Alles in orde?
arrival-on = Uw bestelling is op { $when } bezorgd.
arrival-yes = Alles is in orde
arrival-problem = Er is een probleem
arrival-until = Ruilen kan tot en met { $day }.
arrival-thanks = Bedankt, genoteerd.
arrival-open = Dit gesprek blijft open als u nog iets nodig hebt.
arrival-late = Zullen we het uitzoeken?
arrival-late-text = Eén vraag is genoeg: die staat al klaar en hoeft alleen nog verstuurd te worden.
arrival-late-ask = Vragen waar het is
error-not-arrived = Nog niet alles van deze bestelling is aangekomen.
event-all-well = U hebt gezegd dat alles in orde is, { $time }
quick-where = Waar is mijn pakket?
quick-problem = Een probleem
quick-address = Adres wijzigen
quick-orders = Uw bestellingen
ask-where = Hallo, waar is het pakket van bestelling { $number }?
ask-problem = Hallo, er is een probleem met bestelling { $number }:
ask-address = Hallo, bestelling { $number } moet naar een ander adres:
orders-title = Uw bestellingen
orders-yours = Uw bestellingen
orders-of = Bestellingen van { $address }
orders-count = { $count ->
    [one] { $count } bestelling
   *[other] { $count } bestellingen
}
orders-number = { $number } · { $total }
orders-says = { $who }:
orders-file = een bestand
orders-unread = { $count ->
    [one] { $count } antwoord dat u nog niet hebt gezien
   *[other] { $count } antwoorden die u nog niet hebt gezien
}
orders-none = Geen bestellingen hier
orders-none-text = Bij { $shop } gaat niets naar dit adres.
orders-pages = Pagina’s van de lijst
orders-newer = Nieuwere bestellingen
orders-older = Oudere bestellingen
orders-missing = Mist er een bestelling? Misschien hoort die bij een ander adres.
orders-other = Zoeken op nummer
orders-back = Terug naar het gesprek
orders-locked = Om alle bestellingen van { $address } te zien, laat u zien dat dit adres van u is: we sturen er een code van zes cijfers heen.
orders-no-address = We hebben geen e-mailadres bij deze bestelling en kunnen de code die de lijst opent dus niet sturen.
orders-send-code = Stuur me een code
# Instellingen van een winkel
legal-terms = Voorwaarden
legal-privacy = Privacy
legal-mediator = Bemiddeling
policy-never = Dit artikel kan niet worden geruild.
policy-final = Verkocht met een korting die de koop definitief maakt.
policy-only = Bij dit artikel kan alleen { $option } veranderen.
policy-dearer = Het kost meer, en een duurder artikel wordt niet aangeboden. Schrijf ons, dan kijken we.
policy-cheaper = Het kost minder, en een goedkoper artikel wordt niet aangeboden. Schrijf ons, dan kijken we.
policy-reason = Om deze reden wordt ruilen niet aangeboden. Schrijf ons, dan kijken we.
policy-photo-needed = Voeg een foto toe van wat er mis is: zonder foto kan dit verzoek niet worden aangenomen.
## Openingstijden

coming-today = vandaag om { $time }
coming-tomorrow = morgen om { $time }
coming-weekday = { $weekday } om { $time }
coming-date = { $weekday } { $date } om { $time }
weekday-within-1 = maandag
weekday-within-2 = dinsdag
weekday-within-3 = woensdag
weekday-within-4 = donderdag
weekday-within-5 = vrijdag
weekday-within-6 = zaterdag
weekday-within-7 = zondag
hours-closed-short = Nu gesloten
hours-closed = Voorlopig gesloten.
hours-reopen = Nu gesloten, we zijn er weer { $when }.
hours-closed-until = Gesloten tot { $when }.
hours-closure = { $name }: voorlopig gesloten.
hours-closure-until = { $name }: gesloten tot { $when }.
hours-usual = Antwoordt meestal binnen ongeveer { $span }
hours-usual-open = Antwoordt meestal binnen ongeveer { $span } openingstijd

# Presents
gift-share = Cadeau delen zonder prijzen
gift-title = Voor wie het krijgt
gift-text = De pagina laat zien wat erin zit en waar het pakket is. Ze toont geen prijs en niets over u; niemand kan er iets mee schrijven of vragen.
gift-hides = Zonder prijzen, zonder uw naam, zonder dit gesprek. U kunt de link op elk moment beëindigen.
gift-make = Link maken
gift-code = Code die de pagina van het cadeau opent
gift-address = Het adres om door te geven
gift-copy = Kopiëren
gift-copied = Gekopieerd
gift-hand-on = Delen
gift-lasts = Hij werkt 90 dagen, of tot u hem beëindigt.
gift-end = Deze link beëindigen
gift-for-you = Een cadeau voor u
gift-over-order = Er is niets onderweg
gift-questions = Vragen? Wie het u geeft, kan ze aan { $shop } stellen.
gift-over-title = Deze link werkt niet meer
gift-over-text = Wie u het cadeau geeft, kan een nieuwe maken.
# Public holidays
holiday-new-year = Nieuwjaarsdag
holiday-epiphany = Driekoningen
holiday-good-friday = Goede Vrijdag
holiday-easter-monday = Tweede paasdag
holiday-labour = Dag van de Arbeid
holiday-victory = Overwinningsdag 1945
holiday-ascension = Hemelvaartsdag
holiday-whit-monday = Tweede pinksterdag
holiday-national = Nationale feestdag
holiday-assumption = Maria-Tenhemelopneming
holiday-all-saints = Allerheiligen
holiday-armistice = Wapenstilstand
holiday-immaculate = Onbevlekte Ontvangenis
holiday-christmas = Eerste kerstdag
holiday-after-christmas = Tweede kerstdag
holiday-kings-day = Koningsdag
holiday-liberation = Bevrijdingsdag
holiday-unity = Dag van de Duitse Eenheid
holiday-bank-may = Bank holiday begin mei
holiday-bank-spring = Bank holiday in de lente
holiday-bank-summer = Bank holiday in de zomer
holiday-constitution = Dag van de Grondwet
holiday-republic = Dag van de Republiek
holiday-saint-francis = Sint-Franciscus
holiday-europe = Dag van Europa
## De kop van de pagina’s

head-language = Taal
head-more = Meer
exchange-photo-asked = Foto gevraagd

## Wat een winkel over iemand bewaart, zoals het wordt overhandigd

yours-title = Wat { $merchant } over u bewaart
yours-made = Samengesteld op { $date }. Hetzelfde staat in data.json, voor andere programma’s.
yours-person = U
yours-name = Naam
yours-email = E-mail
yours-phone = Telefoon
yours-language = Taal
yours-order = Bestelling { $number }
yours-placed = Besteld op
yours-ship-to = Verzonden naar
yours-bought = Artikel
yours-parcel = Pakket
yours-total = Totaal
yours-talk = Gesprek, begonnen op { $date }
yours-request = Verzoek
yours-file = Bestand
yours-you = U
yours-note = Interne notitie van de winkel
yours-moment = { $date }, { $time }
yours-raw = Wat de systemen van de winkel hebben doorgegeven
