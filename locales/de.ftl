# Comptoir in German, as shoppers read it. One entry a sentence; the desk's entries stand in English and French only.
## Numbers, money, days and times

number-decimal = ,
number-group = .
money = { $amount } { $symbol }
money-negative = −{ $money }
money-positive = +{ $money }
time = { $hour }:{ $minute }
date = { $day }. { $month } { $year }
date-short = { $day }. { $month } { $year }
day-month = { $day }. { $month }
day-today = Heute
day-yesterday = Gestern
weekday-date = { $weekday }, { $date }
when-today = heute um { $time } Uhr
when-yesterday = gestern um { $time } Uhr
when-tomorrow = morgen um { $time } Uhr
when-row-yesterday = gestern
span-minutes = { $count } Min.
span-hours = { $count } Std.
span-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
month-short-1 = Jan.
month-short-2 = Feb.
month-short-3 = März
month-short-4 = Apr.
month-short-5 = Mai
month-short-6 = Juni
month-short-7 = Juli
month-short-8 = Aug.
month-short-9 = Sept.
month-short-10 = Okt.
month-short-11 = Nov.
month-short-12 = Dez.
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag

## What things are called: states, reasons, kinds

## Errors, in plain words

error-bad-title = Das konnten wir nicht lesen
error-bad-text = In dem, was Sie gesendet haben, fehlt etwas, oder es ist zu lang. Gehen Sie zurück, sehen Sie es durch und senden Sie es noch einmal.
error-forbidden-title = Dieses Gespräch ist hier nicht offen
error-forbidden-text = Der Link gehört zu einer anderen Adresse, oder er ist abgelaufen. Ihren eigenen bekommen Sie in einer Minute.
error-missing-title = Unter dieser Adresse ist nichts
error-missing-text = Vielleicht ist die Seite umgezogen, oder die Adresse ist unvollständig. Ihre Bestellungen sind noch da.
error-method-title = Diese Seite geht nur über ihre Schaltfläche auf
error-method-text = Öffnen Sie die Seite davor und benutzen Sie dort die Schaltfläche.
error-conflict-title = Jemand war schneller
error-conflict-text = Hier hat sich etwas geändert, während Sie es ansahen. Öffnen Sie es noch einmal, dann sehen Sie den neuen Stand.
error-often-title = Ein bisschen zu oft
error-often-text = Das waren viele Versuche in kurzer Zeit. Warten Sie ein paar Minuten und versuchen Sie es dann noch einmal.
error-busy-title = Am Tresen ist gerade zu viel los
error-busy-text = Zu viele Leute auf einmal. Was Sie gesendet haben, wurde nicht gespeichert; versuchen Sie es gleich noch einmal.
error-ours-title = Das liegt an uns
error-ours-text = Bei uns ist etwas schiefgegangen. Es ist vermerkt; versuchen Sie es gleich noch einmal.
error-signed-out-title = Sie sind nicht angemeldet
error-signed-out-text = Melden Sie sich an oder senden Sie ein gültiges Token und versuchen Sie es noch einmal.
error-large-title = Das ist zu viel auf einmal
error-large-text = Was Sie gesendet haben, ist größer, als wir hier annehmen können. Senden Sie weniger oder mehrere Teile.
error-query = Die Adresse ist nicht lesbar: { $detail }
error-way-find = Meine Bestellung finden
error-email-taken = Mit dieser E-Mail-Adresse meldet sich schon jemand an.
error-password-length = Ein Passwort hat zwischen { $min } und { $max } Zeichen.
error-text-empty = Schreiben Sie zuerst etwas.
error-text-long = Das sind { $length } Zeichen; in eine Nachricht passen { $max }. Senden Sie mehrere.
error-text-control = Der Text enthält Steuerzeichen, die sich nicht anzeigen lassen.
error-client-id = Eine client_id hat 8 bis 64 Buchstaben, Ziffern, - oder _.
error-words-long = Ein Wort an das Atelier hat höchstens { $max } Zeichen und keine Steuerzeichen.
error-resolve-undecided = Eine Anfrage in diesem Gespräch wartet noch auf ihre Entscheidung. Entscheiden Sie zuerst darüber.
error-code-wrong = Das ist nicht der Code. Sehen Sie in der neuesten E-Mail nach.
error-code-over = Dieser Code gilt nicht mehr. Fordern Sie einen neuen an.
error-stock-gone = Gerade hat jemand das letzte Stück genommen. Wählen Sie ein anderes.
error-case-quantity = Wählen Sie zwischen 1 und { $max }.
error-case-variant = Umtauschen geht nur gegen eine andere Farbe oder Größe desselben Artikels.
error-case-same = Das ist der Artikel, den Sie haben. Wählen Sie eine andere Farbe oder Größe.
error-case-approved-already = Diese Anfrage wurde schon angenommen.
error-case-declined-already = Diese Anfrage wurde schon abgelehnt.
error-case-cancelled-already = Diese Anfrage wurde schon zurückgezogen.
error-case-expired-already = Diese Anfrage ist abgelaufen.
error-case-completed-already = Dieser Umtausch ist schon abgeschlossen.
error-case-not-yet = Das geht noch nicht.
error-case-approved-by = Schon angenommen von { $name }.
error-case-declined-by = Schon abgelehnt von { $name }.
error-case-not-approved = Die Anfrage muss zuerst angenommen werden.
error-case-step-made = Das ist schon geschehen.
error-connector-there = Dieser Shop hat diese Verkaufsseite schon. Um mit einem anderen Schlüssel zu signieren, ersetzen Sie ihn auf ihrer Karte.
error-setup-over = Diese Einrichtungsadresse wurde schon benutzt. Starten Sie den Server noch einmal, dann bekommen Sie eine neue.
policy-cancelled = Die Bestellung wurde storniert.
policy-no-goods = Umtauschen lassen sich nur Waren.
policy-unpaid = Die Bestellung ist nicht bezahlt oder wurde vollständig erstattet.
policy-given-back = Schon zurückgegeben.
policy-asked-already = Schon im Umtausch.
policy-unknown-product = Nicht im Sortiment des Shops.
policy-not-exchangeable = Aus Hygienegründen vom Umtausch ausgeschlossen.
policy-retired = Nicht mehr im Verkauf.
policy-too-late = Die Umtauschfrist ist vorbei.
policy-no-price = Der Preis ist hier nicht bekannt. Schreiben Sie uns, dann sehen wir weiter.
check-window = { $since ->
    [one] { $since } Tag nach dem Kauf, Frist { $limit }
   *[other] { $since } Tage nach dem Kauf, Frist { $limit }
}
check-stock = { $left } auf Lager
check-stock-uncounted = Der Shop zählt seinen Bestand nicht
check-delivered = Paket zugestellt
check-not-delivered = Paket noch nicht zugestellt
error-cursor = Das ist kein Cursor dieser Liste. Geben Sie den von der Seite davor an.
error-field-missing = Dieses Feld fehlt.
error-field-unknown = Ein solches Feld gibt es hier nicht.
error-field-twice = Dieser Parameter wurde zweimal angegeben.
error-field-wrong = Das passt nicht: { $detail }
error-reference = Kennung { $reference }

## The shopper's pages

language-name = Deutsch
skip-to-content = Zum Inhalt springen
skip-to-message = Zum Nachrichtenfeld springen
opens-elsewhere = (öffnet die Seite des Paketdienstes)
optional = (freiwillig)

thread-title = Bestellung { $number }
thread-order = Ihre Bestellung
thread-conversation = Gespräch mit { $shop }
thread-messages = Nachrichten
thread-empty = Hier wurde noch nichts gesagt. Schreiben Sie einfach: { $shop } liest dieses Gespräch.
order-eyebrow = Bestellung { $number } vom { $date }
order-items = { $count ->
    [one] { $count } Artikel
   *[other] { $count } Artikel
}
parcel-tracking = Sendungsverfolgung
parcel-of = Paket { $number } von { $total }
message-you = Sie
message-sent = Gesendet
message-sending = Wird gesendet
message-failed = Nicht gesendet.
message-resend = Noch einmal senden
message-delete = Löschen
quick-actions = Schnellzugriff
quick-track = Verfolgen
quick-exchange = Umtauschen
quick-question = Eine Frage
composer-label = Ihre Nachricht
composer-send = Senden
live-reconnecting = Verbindung wird wiederhergestellt …
live-new-one = 1 neue Nachricht
case-for = gegen
case-follow = Diese Anfrage verfolgen

step-back = Zurück
step-close = Schließen
step-continue = Weiter
exchange-step = Schritt { $step } von 4
exchange-which = Welchen Artikel möchten Sie umtauschen?
exchange-why = Was passt nicht?
exchange-why-hint = Ihre Antwort hilft dem Atelier, besser zu werden.
exchange-note = Ein Wort an das Atelier
exchange-choose = { $name } wählen
exchange-check = Stimmt alles?
exchange-you-send = Sie schicken zurück
exchange-you-get = Sie erhalten
exchange-your-reason = Ihr Grund: { $reason }
exchange-send = Anfrage senden
exchange-nothing-charged = Jetzt wird nichts abgebucht.
exchange-cancel = Anfrage zurückziehen
exchange-to-thread = Zurück zum Gespräch

find-title = Finden Sie Ihre Bestellung
find-text = Geben Sie Ihre Bestellnummer ein und die E-Mail-Adresse, mit der Sie bestellt haben. An diese Adresse senden wir einen sechsstelligen Code.
find-number = Bestellnummer
find-number-hint = Sie steht im Betreff Ihrer Bestätigungs-E-Mail.
find-email = E-Mail-Adresse der Bestellung
find-email-example = name@example.com
find-send = Code erhalten
expired-title = Dieser Link ist abgelaufen
expired-text = Zu Ihrer Sicherheit gilt ein Link zu einem Gespräch 90 Tage. Lassen Sie sich einen Code an die Adresse Ihrer Bestellung senden, und Sie sind wieder da.
code-title = Ihr sechsstelliger Code
code-sent = Wenn Bestellung { $number } zu { $email } gehört, ist der Code dorthin unterwegs. Er gilt einmal und 10 Minuten lang.
code-label = Code
code-hint = Sie können den ganzen Code einfügen.
code-open = Meine Bestellung ansehen
code-again = Neuen Code senden
code-newest = Mehrere E-Mails bekommen? Nur der Code aus der neuesten gilt.
code-nothing = Noch nichts da? Sehen Sie im Spam-Ordner nach oder
code-change = ändern Sie die Adresse.
code-just-ordered = Gerade erst bestellt? Es kann eine Minute dauern, bis Ihre Bestellung hier ist. Diese Seite sieht von selbst wieder nach.
opening-title = Ihr Gespräch wird geöffnet
opening-text = Einen Moment.
opening-noscript = Ihr Browser führt keine Skripte aus, und dieser Link braucht eines. Mit Ihrer Bestellnummer und Ihrer E-Mail-Adresse kommen Sie auch hinein.
opening-find = Meine Bestellung finden

order-test = Testbestellung
message-author = { $name }, { $shop }
card-confirmed = Bestellung bestätigt
card-sent = Verschickt
card-partly = Ein Teil ist verschickt
card-cancelled = Storniert
card-cancelled-on = am { $day }
card-refunded = Erstattet
card-returned = Zurückgegeben
card-arriving = Kommt am { $day }
card-arriving-today = Kommt heute
card-arriving-tomorrow = Kommt morgen
card-parcels = { $count ->
    [one] in { $count } Paket
   *[other] in { $count } Paketen
}
card-parcels-arrived = { $count ->
    [one] { $count } von { $total } Paketen zugestellt
   *[other] { $count } von { $total } Paketen zugestellt
}
card-with = mit { $carrier }
card-when = { $when }
card-when-with = { $when }, mit { $carrier }
card-expected = jetzt für den { $day } erwartet
progress-ordered = Bestellt
progress-packed = Verpackt
progress-shipped = Verschickt
progress-out = In Zustellung
progress-delivered = Zugestellt
progress-sentence = Schritt { $step } von 5: { $label }
parcel-label-created = In Vorbereitung
parcel-accepted = An den Paketdienst übergeben
parcel-in-transit = Unterwegs
parcel-customs = Beim Zoll
parcel-out-for-delivery = In Zustellung
parcel-available-for-pickup = Bereit zur Abholung
parcel-attempt-failed = Konnte nicht zugestellt werden
parcel-delayed = Verspätet
parcel-exception = Unterwegs aufgehalten
parcel-delivered = Zugestellt
parcel-returning = Auf dem Rückweg zum Shop
parcel-returned = Zurück beim Shop
parcel-cancelled = Paket storniert
parcel-expired = Keine Nachricht vom Paketdienst
parcel-unknown = Verschickt
parcel-lost = Unterwegs verloren gegangen
parcel-hint = { $what }, { $when }
parcel-hint-place = { $what }, { $place }, { $when }
parcel-place-message = { $place }: { $message }
parcel-expected = Erwartet
total-goods = Artikel
total-discount = Rabatt
total-shipping = Versand
total-free = kostenlos
total-tax = Steuern
total-tax-included = Enthaltene Steuern
total-sum = Gesamt
total-refunded = Erstattet

event-order-placed = Bestellung um { $time } Uhr bestätigt
event-order-placed-on = Bestellt am { $day }
event-order-cancelled = Bestellung um { $time } Uhr storniert
event-parcel-label-created = Paket in Vorbereitung, { $when }
event-parcel-accepted = Paket an den Paketdienst übergeben, { $when }
event-parcel-in-transit = Paket unterwegs, { $when }
event-parcel-customs = Paket beim Zoll, { $when }
event-parcel-out-for-delivery = Paket in Zustellung, { $when }
event-parcel-available-for-pickup = Paket bereit zur Abholung, { $when }
event-parcel-attempt-failed = Paket konnte nicht zugestellt werden, { $when }
event-parcel-delayed = Paket verspätet, { $when }
event-parcel-exception = Paket unterwegs aufgehalten, { $when }
event-parcel-delivered = Paket zugestellt, { $when }
event-parcel-returning = Paket auf dem Rückweg zum Shop, { $when }
event-parcel-returned = Paket zurück beim Shop, { $when }
event-parcel-cancelled = Paket storniert, { $when }
event-parcel-expired = Keine Nachricht vom Paketdienst, { $when }
event-parcel-unknown = Paket verschickt, { $when }
event-parcel-lost = Paket unterwegs verloren gegangen, { $when }
event-case-approved = { $who } hat den Umtausch angenommen
event-case-declined = { $who } hat den Umtausch abgelehnt
event-case-taken-back = Sie haben Ihre Anfrage zurückgezogen
event-case-cancelled = { $who } hat den Umtausch storniert
event-case-expired = Die Anfrage ist ohne Antwort abgelaufen
event-case-completed = Der Umtausch ist abgeschlossen
event-case-received = Ihr Artikel ist zurück beim Shop
event-case-waived = Sie behalten Ihren Artikel
event-case-sent = Ihr neuer Artikel ist unterwegs
event-case-settled = Die Differenz ist beglichen
event-resolved = { $who } hat dieses Gespräch als erledigt markiert
event-reopened = Dieses Gespräch ist wieder offen

case-title = Ihr Umtausch
case-submitted = Angefragt
case-proposed = Anderer Vorschlag
case-countered = Beantwortet
case-approved = Angenommen
case-declined = Abgelehnt
case-cancelled = Storniert
case-expired = Abgelaufen
case-completed = Abgeschlossen
case-ticket-submitted = Umtausch angefragt
case-ticket-proposed = Umtausch: anderer Vorschlag
case-ticket-countered = Umtausch: Ihre Antwort ist gesendet
case-ticket-approved = Umtausch angenommen
case-ticket-declined = Umtausch abgelehnt
case-ticket-cancelled = Umtausch storniert
case-ticket-expired = Umtauschanfrage abgelaufen
case-ticket-completed = Umtausch abgeschlossen
case-to-pay = Differenz zu zahlen
case-to-get = Differenz zurück an Sie
case-left-to-pay = Noch zu zahlen: { $amount }
case-left-to-get = Sie erhalten { $amount } zurück
next-submitted = { $shop } antwortet Ihnen. Ihre Wahl ist bis zum { $day }, { $time } Uhr, für Sie reserviert; ohne Antwort bis dahin endet die Anfrage, und nichts ändert sich.
next-submitted-open = { $shop } antwortet Ihnen. Bis dahin ändert sich nichts.
next-proposed = { $shop } schlägt Ihnen etwas anderes vor. Antworten Sie im Gespräch.
next-pay = { $shop } sagt Ihnen hier, wie Sie { $amount } zahlen. Danach geht Ihr neuer Artikel auf die Reise.
next-send-back = { $shop } sagt Ihnen hier, wie Sie Ihren Artikel zurückschicken. Ihre Wahl bleibt für Sie reserviert.
next-send-back-sent = Ihr neuer Artikel ist unterwegs. { $shop } sagt Ihnen hier, wie Sie Ihren bisherigen zurückschicken.
next-replacement = { $shop } verschickt Ihren neuen Artikel. Sie erfahren hier, wann er auf die Reise geht.
next-give-back = { $shop } erstattet Ihnen { $amount }. Sie erfahren hier, wann das geschehen ist.
next-declined = { $who } hat abgelehnt. Sie behalten Ihren Artikel; schreiben Sie im Gespräch, wenn Sie eine Frage haben.
next-declined-because = { $who } hat geschrieben: „{ $reason }“ Sie behalten Ihren Artikel; schreiben Sie im Gespräch, wenn Sie eine Frage haben.
next-cancelled = Nichts ändert sich: Sie behalten Ihren Artikel. Solange ein Umtausch möglich ist, können Sie noch einmal anfragen.
next-expired = { $shop } hat nicht rechtzeitig geantwortet. Sie behalten Ihren Artikel und können noch einmal anfragen.
next-completed = Es ist nichts mehr zu tun.
station-requested = Anfrage gesendet
station-answer = { $shop } antwortet Ihnen
station-approved = Angenommen von { $who }
station-declined = Abgelehnt von { $who }
station-cancelled = Anfrage storniert
station-expired = Ohne Antwort abgelaufen
station-pay = Differenz zahlen: { $amount }
station-give-back = { $amount } zurückerhalten
station-settled = Differenz beglichen
station-send-back = Zurückzuschicken: { $name }
station-received = Zurück beim Shop: { $name }
station-waived = Sie behalten: { $name }
station-replacement = Zu verschicken: { $name }
station-sent = Neuer Artikel verschickt: { $name }
station-completed = Umtausch abgeschlossen

exchange-title = Umtausch
exchange-until = Umtausch bis zum { $day } möglich, ungetragen.
exchange-within = { $count ->
    [one] Umtausch bis { $count } Tag nach der Lieferung möglich, ungetragen.
   *[other] Umtausch bis { $count } Tage nach der Lieferung möglich, ungetragen.
}
exchange-which-first = Wählen Sie zuerst den Artikel.
exchange-why-first = Wählen Sie zuerst einen Grund.
exchange-choose-other = Das ist der Artikel, den Sie haben. Wählen Sie einen anderen.
exchange-sold-out = { $name } ist ausverkauft. Wählen Sie etwas anderes.
exchange-too-few = { $count ->
    [one] Es ist nur noch { $count } Stück da. Wählen Sie eine kleinere Menge.
   *[other] Es sind nur noch { $count } Stück da. Wählen Sie eine kleinere Menge.
}
exchange-how-many = Wie viele
exchange-item-several = { $name } × { $pieces }
exchange-paid = { $name }, schon bezahlt
exchange-to-pay = Zu zahlen nach Annahme
exchange-to-get = Zurück an Sie nach Annahme
exchange-even = Differenz
exchange-next = { $shop } antwortet Ihnen. { $name } ist 48 Stunden für Sie reserviert; ohne Antwort bis dahin endet die Anfrage, und nichts ändert sich.
option-colour = Farbe
option-size = Größe
option-other = Auswahl
stock-own = Ihr Kauf
stock-plenty = Auf Lager
stock-few = { $count ->
    [one] Nur noch { $count }
   *[other] Nur noch { $count }
}
stock-none = Ausverkauft
stock-uncounted = Verfügbar
reason-colour = Die Farbe passt mir nicht
reason-too-small = Zu klein
reason-too-large = Zu groß
reason-defect = Fehlerhaft oder beschädigt
reason-wrong-item = Nicht das, was ich bestellt habe
reason-changed-mind = Ich habe es mir anders überlegt

find-number-wrong = Eine Bestellnummer hat Ziffern, manchmal Buchstaben, wie 10482.
find-email-wrong = In einer E-Mail-Adresse steht ein @, wie in name@example.com.
find-which-title = Öffnen Sie den Link in Ihrer E-Mail
find-which-text = Hier sind mehrere Shops zu Hause. Der Link in der E-Mail zu Ihrer Bestellung führt zu Ihrem.
code-look = Noch einmal nachsehen

## E-mail

mail-colon = :
mail-next-approved = Schicken Sie zurück, was Sie umtauschen; der Shop verschickt den neuen Artikel wie vereinbart. Die Seite zeigt jeden Schritt.
mail-next-expired = Niemand hat rechtzeitig entschieden, deshalb ist nichts mehr reserviert. Sie können noch einmal anfragen.
mail-about = Bestellung { $number }
mail-about-standing = Bestellung { $number }, { $standing }
mail-personal = Dieser Link ist persönlich und öffnet Ihre Bestellung 90 Tage lang ohne Passwort. Leiten Sie ihn nicht weiter.
mail-open-button = Gespräch öffnen
mail-open-subject = { $shop }: Ihre Bestellung { $number }
mail-open-subject-plain = { $shop }: Ihre Bestellung
mail-open-title = Ihre Bestellung hat eine eigene Seite
mail-open-text = Verfolgen Sie dort das Paket, stellen Sie eine Frage oder tauschen Sie etwas um, ganz ohne Konto.
mail-open-glance = Paket verfolgen, fragen, umtauschen: alles an einem Ort.
mail-reply-subject = { $name } hat Ihnen geantwortet, Bestellung { $number }
mail-reply-title = { $name } hat Ihnen geantwortet
mail-by = { $name }, { $when }
mail-quote = „{ $text }“
mail-before = Davor haben Sie geschrieben: „{ $text }“
mail-code-subject = { $code } ist Ihr Code für { $shop }
mail-code-title = Ihr Code
mail-code-works = { $count ->
    [one] Er gilt { $count } Minute lang, ein einziges Mal.
   *[other] Er gilt { $count } Minuten lang, ein einziges Mal.
}
mail-code-not-you = Sie haben ihn nicht angefordert? Dann tun Sie nichts und geben Sie ihn an niemanden weiter.
mail-case-subject = { $title }, Bestellung { $number }
mail-exchange-received = Wir haben Ihre Umtauschanfrage erhalten
mail-exchange-approved = Ihr Umtausch ist angenommen
mail-exchange-declined = Ihr Umtausch ist nicht möglich
mail-exchange-cancelled = Ihr Umtausch ist storniert
mail-exchange-expired = Ihre Umtauschanfrage ist abgelaufen
mail-exchange-completed = Ihr Umtausch ist abgeschlossen
mail-request-received = Wir haben Ihre Anfrage erhalten
mail-request-approved = Ihre Anfrage ist angenommen
mail-request-declined = Ihre Anfrage ist nicht möglich
mail-request-cancelled = Ihre Anfrage ist storniert
mail-request-expired = Ihre Anfrage ist abgelaufen
mail-request-completed = Ihre Anfrage ist abgeschlossen
mail-swapped-for = gegen
mail-due = Noch zu zahlen: { $amount }. Das geht direkt aus dem Gespräch.

## Ways in: WooCommerce, the links a shop builds itself, codes for a camera

waiting-title = Ihre Bestellung ist auf dem Weg zu uns
waiting-text = Es kann eine Minute dauern, bis Ihre Bestellung hier ist. Diese Seite sieht von selbst wieder nach.
waiting-long = Dauert es länger?
device-open = Auf einem anderen Gerät öffnen
device-title = Auf einem anderen Gerät öffnen
device-text = Richten Sie die Kamera Ihres Telefons oder Tablets auf diesen Code. Das Gespräch öffnet sich dort so, wie es hier ist.
device-code = Code, der das Gespräch zu Bestellung { $number } öffnet
device-address = Oder kopieren Sie diese Adresse
device-own = Nur für Ihre eigenen Geräte: Wer den Code oder die Adresse öffnet, liest und schreibt hier in Ihrem Namen.
device-back = Zurück zum Gespräch

## Pictures, files and voice

file-photo = Foto
file-photo-of = Foto: { $alt }
file-gif = GIF
file-gif-of = GIF: { $alt }
file-pdf = Datei: { $name }
file-video = Video
file-video-long = Video, { $length }
file-voice = Sprachnachricht
file-voice-of = Sprachnachricht, { $length }
file-enlarge = { $what }. Öffnen
file-save = Speichern
file-kilobytes = { $size } kB
file-megabytes = { $whole },{ $tenth } MB
file-unknown = „{ $name }“ lässt sich nicht senden. Möglich sind Fotos (JPEG, PNG, WebP), GIFs, PDF-Dokumente, kurze Videos (MP4, WebM) und Sprachnachrichten.
file-heic = „{ $name }“ ist ein HEIC-Foto, das viele Browser nicht anzeigen können. Wählen Sie es aus Ihren Fotos aus oder speichern Sie es vorher als JPEG.
file-empty = „{ $name }“ ist leer.
file-large = „{ $name }“ ist zu groß: höchstens { $max } MB.
file-too-much = Das ist zu groß zum Senden: höchstens { $max } MB je Datei.
file-pixels = „{ $name }“ hat { $width } × { $height } Pixel; höchstens { $most } Millionen lassen sich anzeigen. Verkleinern Sie das Bild und senden Sie es noch einmal.
file-broken = „{ $name }“ ist beschädigt oder unvollständig. Öffnen Sie die Datei zur Kontrolle auf Ihrem Gerät und wählen Sie sie dann noch einmal aus.
file-voice-long = „{ $name }“ ist zu lang: Eine Sprachnachricht dauert höchstens { $minutes } Minuten.
file-video-too-long = „{ $name }“ ist zu lang: Ein Video dauert höchstens { $minutes } Minuten.
file-many = In eine Nachricht passen höchstens { $max } Dateien.
file-none = Wählen Sie zuerst eine Datei aus.
file-gone = Eine der Dateien ist nicht mehr da. Wählen Sie sie noch einmal aus.
file-cut = Die Datei ist nicht vollständig angekommen. Prüfen Sie Ihre Verbindung und senden Sie sie noch einmal.
file-failed = Eine Datei wurde nicht gesendet. Versuchen Sie es noch einmal oder entfernen Sie sie.
file-waiting-many = Hier warten schon viele Dateien darauf, gesendet zu werden. Senden Sie einige davon oder kommen Sie morgen wieder.
error-no-room = Auf dem Server ist kein Platz mehr, deshalb wurde nichts gespeichert. Versuchen Sie es später noch einmal oder senden Sie es ohne Dateien.
attach-add = Fotos oder Dateien hinzufügen
attach-list = Zu sendende Dateien
attach-keep = Mitsenden: { $what }
attach-describe = Beschreiben Sie das Foto für alle, die es nicht sehen können
attach-remove = Entfernen
attach-retry = Noch einmal versuchen
attach-sending = Wird gesendet
voice-record = Sprachnachricht aufnehmen
voice-recording = Aufnahme läuft
voice-stop = Fertig
voice-discard = Verwerfen
voice-no-microphone = Es ist kein Mikrofon zum Aufnehmen da. Erlauben Sie es in Ihrem Browser und versuchen Sie es dann noch einmal.
voice-play = Abspielen: { $what }
voice-pause = Anhalten
exchange-show-us = Zeigen Sie es uns
exchange-show-us-hint = Mit einem oder zwei Fotos können wir sofort entscheiden.
exchange-add-photo = Hinzufügen
exchange-photos-optional = Sie können auch ohne Foto weitergehen.
exchange-your-photos = Ihre Fotos

## Letters and links
error-email = In einer E-Mail-Adresse stehen ein @ und eine Domain, wie in name@example.com.
expired-fresh = Neuen Link zusenden
expired-or = Er geht an die Adresse Ihrer Bestellung. Sie lesen diese Adresse nicht mehr oder haben nur die Bestellnummer? Dann geht es so:
expired-asked-title = Sehen Sie in Ihr Postfach
expired-asked-text = Wenn der Link einer von unseren war, ist ein neuer an die Adresse der Bestellung unterwegs. Das kann eine Minute dauern.
mail-standing-packed = in Vorbereitung
mail-standing-on-its-way = unterwegs
mail-standing-out-for-delivery = in Zustellung
mail-standing-for-pickup = bereit zur Abholung
mail-standing-delivered = zugestellt
mail-standing-cancelled = storniert
mail-link-subject = Ihr neuer Link, Bestellung { $number }
mail-link-title = Ihr neuer Link
mail-link-text = Dieser öffnet das Gespräch zu Ihrer Bestellung. Früher gesendete Links funktionieren vielleicht nicht mehr.

## Offers
error-proposal-over = Dieser Vorschlag gilt nicht mehr.
offer-says = { $who } schlägt Ihnen stattdessen dies vor
offer-accept = { $name } nehmen
offer-keep = Bei meiner Wahl bleiben: { $name }
next-proposed-until = { $shop } schlägt Ihnen etwas anderes vor. Beides ist bis zum { $day }, { $time } Uhr, für Sie reserviert; ohne Antwort bis dahin endet die Anfrage, und nichts ändert sich.
event-case-proposed = { $who } hat etwas anderes vorgeschlagen
event-case-kept = Sie sind bei Ihrer Wahl geblieben
event-case-accepted = Sie haben den Vorschlag angenommen
mail-exchange-proposed = Ein anderer Vorschlag für Ihren Umtausch
mail-next-proposed = Nehmen Sie ihn im Gespräch an oder bleiben Sie bei Ihrer Wahl, bis { $until }. Zu zahlen ist nichts.
mail-next-proposed-pay = Nehmen Sie ihn im Gespräch an oder bleiben Sie bei Ihrer Wahl, bis { $until }. Mit dem Vorschlag sind { $amount } zu zahlen.
mail-next-proposed-get = Nehmen Sie ihn im Gespräch an oder bleiben Sie bei Ihrer Wahl, bis { $until }. Mit dem Vorschlag erhalten Sie { $amount } zurück.

# Ein lebendiges Gespräch
message-delivered = Zugestellt
message-read = Gelesen
message-read-at = Gelesen um { $time }
message-typing = { $name } schreibt
live-new-count = { $count } neue Nachrichten
# Die Seite der Käufer in jedem Stand einer Bestellung, und die Liste ihrer Bestellungen
card-booking = Buchung bestätigt
card-subscription = Abonnement bestätigt
card-some-arrived = { $count ->
    [one] { $count } zugestellt, { $rest } unterwegs
   *[other] { $count } zugestellt, { $rest } unterwegs
}
card-next-today = Das nächste kommt heute
card-next-tomorrow = Das nächste kommt morgen
card-next = Das nächste wird am { $day } erwartet
card-late = { $count ->
    [one] { $count } Tag verspätet
   *[other] { $count } Tage verspätet
}
card-silent = { $count ->
    [one] Seit { $count } Tag keine Nachricht
   *[other] Seit { $count } Tagen keine Nachricht
}
card-late-seen = War für den { $day } erwartet, zuletzt gesehen: { $seen }
card-late-unseen = War für den { $day } erwartet
card-silent-seen = Zuletzt gesehen: { $seen }
card-refunded-sum = { $amount } wurden erstattet.
item-given-back = { $count ->
    [one] { $count } Stück erstattet
   *[other] { $count } Stück erstattet
}
arrival-all-well = Alles in Ordnung?
arrival-on = Ihre Bestellung wurde am { $when } zugestellt.
arrival-yes = Alles in Ordnung
arrival-problem = Es gibt ein Problem
arrival-until = Umtausch möglich bis zum { $day }.
arrival-thanks = Danke, ist notiert.
arrival-open = Das Gespräch bleibt offen, falls Sie noch etwas brauchen.
arrival-late = Sollen wir nachforschen?
arrival-late-text = Eine Frage genügt: Sie ist schon geschrieben und muss nur noch gesendet werden.
arrival-late-ask = Fragen, wo es ist
error-not-arrived = Von dieser Bestellung ist noch nicht alles angekommen.
event-all-well = Sie haben gesagt, dass alles in Ordnung ist, { $time }
quick-where = Wo ist mein Paket?
quick-problem = Ein Problem
quick-address = Adresse ändern
quick-orders = Ihre Bestellungen
ask-where = Guten Tag, wo ist das Paket der Bestellung { $number }?
ask-problem = Guten Tag, es gibt ein Problem mit der Bestellung { $number }:
ask-address = Guten Tag, die Bestellung { $number } soll an eine andere Adresse gehen:
orders-title = Ihre Bestellungen
orders-yours = Ihre Bestellungen
orders-of = Bestellungen von { $address }
orders-count = { $count ->
    [one] { $count } Bestellung
   *[other] { $count } Bestellungen
}
orders-number = { $number } · { $total }
orders-says = { $who }:
orders-file = eine Datei
orders-unread = { $count ->
    [one] { $count } Antwort, die Sie noch nicht gesehen haben
   *[other] { $count } Antworten, die Sie noch nicht gesehen haben
}
orders-none = Keine Bestellungen hier
orders-none-text = Bei { $shop } geht nichts an diese Adresse.
orders-pages = Seiten der Liste
orders-newer = Neuere Bestellungen
orders-older = Ältere Bestellungen
orders-missing = Fehlt eine Bestellung? Vielleicht gehört sie zu einer anderen Adresse.
orders-other = Über die Nummer finden
orders-back = Zurück zum Gespräch
orders-locked = Um alle Bestellungen von { $address } zu sehen, zeigen Sie, dass die Adresse Ihnen gehört: Wir senden einen sechsstelligen Code dorthin.
orders-no-address = Zu dieser Bestellung haben wir keine E-Mail-Adresse und können den Code, der die Liste öffnet, deshalb nicht senden.
orders-send-code = Code senden
# Einstellungen eines Geschäfts
legal-terms = AGB
legal-privacy = Datenschutz
legal-mediator = Schlichtung
policy-never = Dieser Artikel wird nicht umgetauscht.
policy-final = Mit einem Rabatt verkauft, der den Kauf endgültig macht.
policy-only = Bei diesem Artikel lässt sich nur { $option } ändern.
policy-dearer = Er kostet mehr, und ein teurerer wird nicht angeboten. Schreiben Sie uns, wir sehen nach.
policy-cheaper = Er kostet weniger, und ein günstigerer wird nicht angeboten. Schreiben Sie uns, wir sehen nach.
policy-reason = Aus diesem Grund wird kein Umtausch angeboten. Schreiben Sie uns, wir sehen nach.
policy-photo-needed = Fügen Sie ein Foto des Problems hinzu: Ohne Foto kann diese Anfrage nicht angenommen werden.
## Öffnungszeiten

coming-today = heute um { $time } Uhr
coming-tomorrow = morgen um { $time } Uhr
coming-weekday = { $weekday } um { $time } Uhr
coming-date = { $weekday }, { $date } um { $time } Uhr
weekday-within-1 = Montag
weekday-within-2 = Dienstag
weekday-within-3 = Mittwoch
weekday-within-4 = Donnerstag
weekday-within-5 = Freitag
weekday-within-6 = Samstag
weekday-within-7 = Sonntag
hours-closed-short = Gerade geschlossen
hours-closed = Zurzeit geschlossen.
hours-reopen = Gerade geschlossen, wir öffnen wieder { $when }.
hours-closed-until = Geschlossen bis { $when }.
hours-closure = { $name }: zurzeit geschlossen.
hours-closure-until = { $name }: geschlossen bis { $when }.
hours-usual = Antwortet meist innerhalb von etwa { $span }
hours-usual-open = Antwortet meist innerhalb von etwa { $span } Öffnungszeit

# Presents
gift-share = Geschenk ohne Preise teilen
gift-title = Für den Menschen, der es bekommt
gift-text = Die Seite zeigt, was darin ist und wo das Paket ist. Sie zeigt keinen Preis und nichts über Sie; niemand kann damit schreiben oder etwas verlangen.
gift-hides = Ohne Preise, ohne Ihren Namen, ohne dieses Gespräch. Sie können den Link jederzeit beenden.
gift-make = Link erstellen
gift-code = Code, der die Seite des Geschenks öffnet
gift-address = Die Adresse zum Weitergeben
gift-copy = Kopieren
gift-copied = Kopiert
gift-hand-on = Teilen
gift-lasts = Er gilt 90 Tage oder bis Sie ihn beenden.
gift-end = Diesen Link beenden
gift-for-you = Ein Geschenk für Sie
gift-over-order = Es ist nichts unterwegs
gift-questions = Fragen? Wer es Ihnen schenkt, kann sie { $shop } stellen.
gift-over-title = Dieser Link gilt nicht mehr
gift-over-text = Wer Ihnen das Geschenk macht, kann einen neuen erstellen.
# Public holidays
holiday-new-year = Neujahr
holiday-epiphany = Heilige Drei Könige
holiday-good-friday = Karfreitag
holiday-easter-monday = Ostermontag
holiday-labour = Tag der Arbeit
holiday-victory = Tag des Sieges 1945
holiday-ascension = Christi Himmelfahrt
holiday-whit-monday = Pfingstmontag
holiday-national = Nationalfeiertag
holiday-assumption = Mariä Himmelfahrt
holiday-all-saints = Allerheiligen
holiday-armistice = Waffenstillstand 1918
holiday-immaculate = Mariä Empfängnis
holiday-christmas = Erster Weihnachtstag
holiday-after-christmas = Zweiter Weihnachtstag
holiday-kings-day = Königstag
holiday-liberation = Tag der Befreiung
holiday-unity = Tag der Deutschen Einheit
holiday-bank-may = Bankfeiertag im Mai
holiday-bank-spring = Bankfeiertag im Frühling
holiday-bank-summer = Bankfeiertag im Sommer
holiday-constitution = Tag der Verfassung
holiday-republic = Tag der Republik
holiday-saint-francis = Heiliger Franziskus
holiday-europe = Europatag
## Der Kopf der Seiten

head-language = Sprache
head-more = Mehr
exchange-photo-asked = Mit Foto

## Was ein Shop über jemanden speichert, wie es übergeben wird

yours-title = Was { $merchant } über Sie speichert
yours-made = Zusammengestellt am { $date }. Dasselbe steht in data.json, für andere Programme.
yours-person = Sie
yours-name = Name
yours-email = E-Mail
yours-phone = Telefon
yours-language = Sprache
yours-order = Bestellung { $number }
yours-placed = Bestellt am
yours-ship-to = Gesendet an
yours-bought = Artikel
yours-parcel = Paket
yours-total = Summe
yours-talk = Gespräch, begonnen am { $date }
yours-request = Anfrage
yours-file = Datei
yours-you = Sie
yours-note = Interne Notiz des Shops
yours-moment = { $date }, { $time }
yours-raw = Was die Systeme des Shops mitgeteilt haben
