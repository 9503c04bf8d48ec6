# Comptoir in English. One entry a sentence; the same entries stand in every catalogue.
## Numbers, money, days and times

number-decimal = .
number-group = ,
money = { $symbol }{ $amount }
money-negative = −{ $money }
money-positive = +{ $money }
time = { $hour }:{ $minute }
date = { $day } { $month } { $year }
date-short = { $day } { $month } { $year }
day-month = { $day } { $month }
day-today = Today
day-yesterday = Yesterday
weekday-date = { $weekday } { $date }
when-today = today { $time }
when-yesterday = yesterday { $time }
when-tomorrow = tomorrow { $time }
when-row-yesterday = yesterday
span-minutes = { $count } min
span-hours = { $count } h
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

## What things are called: states, reasons, kinds

## Errors, in plain words

error-bad-title = We could not read that
error-bad-text = Something in what was sent is missing or too long. Go back, look it over and send it again.
error-forbidden-title = This conversation is not open here
error-forbidden-text = The link belongs to another address, or it has expired. You get yours in a minute.
error-missing-title = Nothing at this address
error-missing-text = The page may have moved, or the address is incomplete. Your orders are still there.
error-method-title = This page only works from its button
error-method-text = Open the page before it and use the button there.
error-conflict-title = Somebody was faster
error-conflict-text = This changed while you were looking at it. Open it again to see how it stands now.
error-often-title = A little too often
error-often-text = There were many tries in a short time. Wait a few minutes, then try again.
error-busy-title = The counter cannot keep up
error-busy-text = Too many people at once. What you sent was not stored; try again in a moment.
error-ours-title = This is our fault
error-ours-text = Something failed on our side. It has been noted; try again in a moment.
error-signed-out-title = You are not signed in
error-signed-out-text = Sign in, or send a valid token, and try again.
error-large-title = That is too much at once
error-large-text = What was sent is larger than can be taken here. Send less, or in several parts.
error-query = The address cannot be read: { $detail }
error-way-find = Find my order
error-email-taken = Somebody already signs in with this e-mail.
error-password-length = A password has between { $min } and { $max } characters.
error-text-empty = Write something first.
error-text-long = That is { $length } characters; { $max } fit in one message. Send it in several.
error-text-control = The text holds control characters that cannot be shown.
error-client-id = A client_id has 8 to 64 letters, digits, - or _.
error-words-long = A word to the workshop has at most { $max } characters, without control characters.
error-resolve-undecided = A request in this thread waits for its decision. Decide it first.
error-code-wrong = That is not the code. Look at the latest e-mail.
error-code-over = This code has ended. Ask for a new one.
error-stock-gone = Somebody else has just taken the last one. Choose another.
error-case-quantity = Choose between 1 and { $max }.
error-case-variant = This can only be exchanged for another colour or size of the same item.
error-case-same = That is the one you have. Choose another colour or size.
error-case-approved-already = This request was already approved.
error-case-declined-already = This request was already declined.
error-case-cancelled-already = This request was already taken back.
error-case-expired-already = This request has run out.
error-case-completed-already = This exchange is already completed.
error-case-not-yet = This is not possible yet.
error-case-approved-by = Already approved by { $name }.
error-case-declined-by = Already declined by { $name }.
error-case-not-approved = The request has to be approved first.
error-case-step-made = That was done already.
error-connector-there = This shop has this store already. To sign with another secret, replace it on its card.
error-setup-over = This set-up address has been used. Start the server again for a new one.
policy-cancelled = The order was cancelled.
policy-no-goods = Only goods can be exchanged.
policy-unpaid = The order is not paid, or was refunded in full.
policy-given-back = Already given back.
policy-asked-already = Already in an exchange.
policy-unknown-product = Not in the shop’s catalogue.
policy-not-exchangeable = Cannot be exchanged, for hygiene reasons.
policy-retired = No longer sold.
policy-too-late = The time for exchanges is over.
policy-no-price = Its price is not known here. Write to us, we will see.
check-window = { $since ->
    [one] 1 day after purchase, limit { $limit }
   *[other] { $since } days after purchase, limit { $limit }
}
check-stock = { $left } in stock
check-stock-uncounted = The shop does not count its stock
check-delivered = Parcel delivered
check-not-delivered = Parcel not delivered yet
error-cursor = This is no cursor of this list. Give back the one from the page before.
error-field-missing = This field is missing.
error-field-unknown = There is no such field here.
error-field-twice = This parameter was given twice.
error-field-wrong = This does not fit: { $detail }
error-reference = reference { $reference }

## The shopper's pages

language-name = English
skip-to-content = Skip to content
skip-to-message = Skip to message
opens-elsewhere = (opens the carrier’s page)
optional = (optional)

thread-title = Order { $number }
thread-order = Your order
thread-conversation = Conversation with { $shop }
thread-messages = Messages
thread-empty = Nothing has been said yet. Write here: { $shop } reads this thread.
order-eyebrow = Order { $number }, { $date }
order-items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
parcel-tracking = Parcel tracking
parcel-of = Parcel { $number } of { $total }
message-you = You
message-sent = Sent
message-sending = Sending
message-failed = Not sent.
message-resend = Send again
message-delete = Delete
quick-actions = Quick actions
quick-track = Track
quick-exchange = Exchange
quick-question = A question
composer-label = Your message
composer-send = Send
live-reconnecting = Reconnecting…
live-new-one = 1 new message
case-for = for
case-follow = Follow this request

step-back = Back
step-close = Close
step-continue = Continue
exchange-step = Step { $step } of 4
exchange-which = Which item would you like to exchange?
exchange-why = What isn’t right?
exchange-why-hint = Your answer helps the workshop do better.
exchange-note = A word for the workshop
exchange-choose = Choose { $name }
exchange-check = All good?
exchange-you-send = You send back
exchange-you-get = You receive
exchange-your-reason = Your reason: { $reason }
exchange-send = Send the request
exchange-nothing-charged = Nothing is charged now.
exchange-cancel = Cancel the request
exchange-to-thread = Back to the conversation

find-title = Find your order
find-text = Give the number of your order and the e-mail address you ordered with. We send a six-digit code to that address.
find-number = Order number
find-number-hint = It is in the subject of your confirmation e-mail.
find-email = E-mail of the order
find-email-example = you@example.com
find-send = Receive my code
expired-title = This link has expired
expired-text = For your safety, a link to a conversation lasts 90 days. Receive a code at the address of your order and you are back in it.
code-title = Your six-digit code
code-sent = If order { $number } belongs to { $email }, the code is on its way there. It works once, for 10 minutes.
code-label = Code
code-hint = You can paste the whole code.
code-open = See my order
code-again = Send a new code
code-newest = Received several e-mails? Only the code of the most recent one works.
code-nothing = Still nothing? Look among the unwanted mail, or
code-change = change the address.
code-just-ordered = Just ordered? It can take a minute until your order is here. This page looks again by itself.
opening-title = Opening your conversation
opening-text = One moment.
opening-noscript = Your browser does not run scripts, and this link needs one. With the number of your order and your e-mail address you get in as well.
opening-find = Find my order

order-test = Test order
message-author = { $name }, { $shop }
card-confirmed = Order confirmed
card-sent = Sent
card-partly = Part of it has been sent
card-cancelled = Cancelled
card-cancelled-on = on { $day }
card-refunded = Refunded
card-returned = Returned
card-arriving = Arriving { $day }
card-arriving-today = Arriving today
card-arriving-tomorrow = Arriving tomorrow
card-parcels = { $count ->
    [one] in { $count } parcel
   *[other] in { $count } parcels
}
card-parcels-arrived = { $count ->
    [one] { $count } of { $total } parcels delivered
   *[other] { $count } of { $total } parcels delivered
}
card-with = with { $carrier }
card-when = { $when }
card-when-with = { $when }, with { $carrier }
card-expected = now expected on { $day }
progress-ordered = Ordered
progress-packed = Packed
progress-shipped = Shipped
progress-out = Out for delivery
progress-delivered = Delivered
progress-sentence = Step { $step } of 5: { $label }
parcel-label-created = Being prepared
parcel-accepted = Handed to the carrier
parcel-in-transit = On its way
parcel-customs = At customs
parcel-out-for-delivery = Out for delivery
parcel-available-for-pickup = Ready to be picked up
parcel-attempt-failed = Could not be delivered
parcel-delayed = Delayed
parcel-exception = Held up on its way
parcel-delivered = Delivered
parcel-returning = On its way back to the shop
parcel-returned = Back at the shop
parcel-cancelled = Parcel cancelled
parcel-expired = No news from the carrier
parcel-unknown = Sent
parcel-lost = Lost on its way
parcel-hint = { $what }, { $when }
parcel-hint-place = { $what }, { $place }, { $when }
parcel-place-message = { $place }: { $message }
parcel-expected = Expected
total-goods = Items
total-discount = Discount
total-shipping = Delivery
total-free = free
total-tax = Tax
total-tax-included = Tax included
total-sum = Total
total-refunded = Refunded

event-order-placed = Order confirmed at { $time }
event-order-placed-on = Order placed on { $day }
event-order-cancelled = Order cancelled at { $time }
event-parcel-label-created = Parcel being prepared, { $when }
event-parcel-accepted = Parcel handed to the carrier, { $when }
event-parcel-in-transit = Parcel on its way, { $when }
event-parcel-customs = Parcel at customs, { $when }
event-parcel-out-for-delivery = Parcel out for delivery, { $when }
event-parcel-available-for-pickup = Parcel ready to be picked up, { $when }
event-parcel-attempt-failed = Parcel could not be delivered, { $when }
event-parcel-delayed = Parcel delayed, { $when }
event-parcel-exception = Parcel held up on its way, { $when }
event-parcel-delivered = Parcel delivered, { $when }
event-parcel-returning = Parcel on its way back to the shop, { $when }
event-parcel-returned = Parcel back at the shop, { $when }
event-parcel-cancelled = Parcel cancelled, { $when }
event-parcel-expired = No news from the carrier, { $when }
event-parcel-unknown = Parcel sent, { $when }
event-parcel-lost = Parcel lost on its way, { $when }
event-case-approved = { $who } accepted the exchange
event-case-declined = { $who } declined the exchange
event-case-taken-back = You took your request back
event-case-cancelled = { $who } cancelled the exchange
event-case-expired = The request ran out without an answer
event-case-completed = The exchange is complete
event-case-received = Your item is back at the shop
event-case-waived = You keep your item
event-case-sent = Your replacement is on its way
event-case-settled = The difference is settled
event-resolved = { $who } marked this conversation as resolved
event-reopened = This conversation is open again

case-title = Your exchange
case-submitted = Requested
case-proposed = Another offer
case-countered = Answered
case-approved = Accepted
case-declined = Declined
case-cancelled = Cancelled
case-expired = Expired
case-completed = Completed
case-ticket-submitted = Exchange requested
case-ticket-proposed = Exchange: another offer
case-ticket-countered = Exchange: your answer is sent
case-ticket-approved = Exchange accepted
case-ticket-declined = Exchange declined
case-ticket-cancelled = Exchange cancelled
case-ticket-expired = Exchange request expired
case-ticket-completed = Exchange completed
case-to-pay = Difference to pay
case-to-get = Difference you get back
case-left-to-pay = { $amount } left to pay
case-left-to-get = You get { $amount } back
next-submitted = { $shop } answers. What you chose is kept for you until { $day }, { $time }; without an answer by then, the request ends and nothing changes.
next-submitted-open = { $shop } answers. Until then nothing changes.
next-proposed = { $shop } offers something else. Answer in the conversation.
next-pay = { $shop } tells you here how to pay { $amount }. Your replacement leaves after that.
next-send-back = { $shop } tells you here how to send your item back. What you chose stays kept for you.
next-send-back-sent = Your replacement is on its way. { $shop } tells you here how to send your item back.
next-replacement = { $shop } sends your replacement. You are told here when it leaves.
next-give-back = { $shop } gives you { $amount } back. You are told here when that is done.
next-declined = { $who } declined. You keep your item; write in the conversation if you have a question.
next-declined-because = { $who } wrote: “{ $reason }” You keep your item; write in the conversation if you have a question.
next-cancelled = Nothing changes: you keep your item. You can ask again as long as exchanges are possible.
next-expired = { $shop } did not answer in time. You keep your item and can ask again.
next-completed = Nothing is left to do.
station-requested = Request sent
station-answer = { $shop } answers
station-approved = Accepted by { $who }
station-declined = Declined by { $who }
station-cancelled = Request cancelled
station-expired = Ran out without an answer
station-pay = Pay the difference, { $amount }
station-give-back = Get { $amount } back
station-settled = Difference settled
station-send-back = Send back: { $name }
station-received = Back at the shop: { $name }
station-waived = You keep it: { $name }
station-replacement = To be sent: { $name }
station-sent = Replacement sent: { $name }
station-completed = Exchange completed

exchange-title = Exchange
exchange-until = Exchange possible until { $day }, unworn.
exchange-within = { $count ->
    [one] Exchange possible within { $count } day of delivery, unworn.
   *[other] Exchange possible within { $count } days of delivery, unworn.
}
exchange-which-first = Choose the item first.
exchange-why-first = Choose a reason first.
exchange-choose-other = This is the one you have. Choose another.
exchange-sold-out = { $name } is sold out. Choose another.
exchange-too-few = { $count ->
    [one] Only { $count } is left. Choose fewer pieces.
   *[other] Only { $count } are left. Choose fewer pieces.
}
exchange-how-many = How many
exchange-item-several = { $name } × { $pieces }
exchange-paid = { $name }, already paid
exchange-to-pay = To pay once accepted
exchange-to-get = You get back once accepted
exchange-even = Difference
exchange-next = { $shop } answers. { $name } is kept for you for 48 hours; without an answer by then, the request ends and nothing changes.
option-colour = Colour
option-size = Size
option-other = Choice
stock-own = Your purchase
stock-plenty = In stock
stock-few = { $count ->
    [one] Only { $count } left
   *[other] Only { $count } left
}
stock-none = Sold out
stock-uncounted = Available
reason-colour = The colour doesn’t suit me
reason-too-small = Too small
reason-too-large = Too large
reason-defect = Flawed or damaged
reason-wrong-item = Not what I ordered
reason-changed-mind = I changed my mind

find-number-wrong = An order number has digits, sometimes letters, like 10482.
find-email-wrong = An e-mail address has an @ in it, like you@example.com.
find-which-title = Open the link in your e-mail
find-which-text = Several shops are at home here. The link in the e-mail about your order leads to yours.
code-look = Look again

## The desk

desk-skip = Skip to the conversation
desk-main = Main
desk-close = Close
desk-you = Your account
desk-sign-out = Sign out
desk-keys = Keyboard shortcuts
desk-undo = Undo
desk-copy = Copy
desk-copied = Copied
desk-new-tab = (opens in a new tab)
desk-view-needs-reply = Needs reply
desk-view-mine = Mine
desk-view-unassigned = Unassigned
desk-view-waiting = Waiting on shopper
desk-view-resolved = Resolved
desk-view-all = All
desk-view-exchanges = Exchanges
desk-to-decide = To decide
desk-shops = Shops
desk-manage = Manage
desk-connectors = Order systems
desk-mailbox = Mailbox
desk-tab-inbox = Inbox
desk-tab-more = More
desk-threads = Threads
desk-conversation = Conversation
desk-messages = Messages
desk-unread = needs a reply,
desk-assigned-to = Assigned to { $name }
desk-assigned-to-you = Assigned to you, change
desk-assign = Assign
desk-assign-to = Assign to
desk-assign-me = Me
desk-assign-nobody = Nobody
desk-resolve = Resolve
desk-reopen = Reopen
desk-back = Back to the list
desk-context = Context
desk-order = Order { $number }
desk-more = Older threads
desk-older = Earlier messages
desk-hint-move = move
desk-reconnecting = Reconnecting… what you write goes out as soon as possible.
desk-new-one = 1 new message
desk-sending = Sending
desk-failed = Not sent.
desk-resend = Send again
desk-discard = Delete
desk-empty-needs-reply = Everybody has an answer
desk-empty-needs-reply-text = New questions appear here by themselves.
desk-empty-mine = Nothing is assigned to you
desk-empty-mine-text = Take a thread with A while it is open.
desk-empty-unassigned = Every thread has someone
desk-empty-unassigned-text = Threads that nobody has taken appear here.
desk-empty-waiting = No shopper owes you an answer
desk-empty-waiting-text = Threads you answered wait here for the shopper.
desk-empty-resolved = Nothing is resolved yet
desk-empty-resolved-text = A resolved thread opens again when its shopper writes.
desk-empty-all = No orders yet
desk-empty-all-text = Each order that arrives opens a thread here.
desk-empty-decide = Nothing to decide
desk-empty-decide-text = Requests of shoppers appear here with what the policy says.
desk-connect-title = No order system is connected yet
desk-connect-text = Threads open by themselves once orders arrive.
desk-connect-go = See order systems
desk-nothing-open = No thread is open
desk-nothing-open-text = Choose one in the list, or press J.
desk-welcome = The counter is open
desk-welcome-text = Connect the system your orders are in, and each order opens its thread.
desk-state-open = Open
desk-state-waiting-shopper = Waiting on shopper
desk-state-waiting-external = Waiting on somebody else
desk-state-snoozed = Snoozed
desk-state-resolved = Resolved
desk-state-spam = Spam
desk-sent-stored = Sent
desk-sent-delivered = Delivered
desk-sent-read = Read
desk-said = { $name } wrote:
desk-automatic = Automatic
desk-note-by = { $name }, internal note, { $time }
desk-composer = Reply or internal note
desk-reply = Reply
desk-note = Internal note
desk-note-private = Only your team sees this
desk-writes-in = The shopper writes in { $language }
desk-your-text = Your text
desk-write = Write a reply
desk-write-note = Write a note for your team
desk-send = Send
desk-add-note = Add note
desk-send-and = More ways to send
desk-send-resolve = Send and resolve
desk-kind-question = Question
desk-kind-exchange = Exchange
desk-kind-return = Return
desk-kind-cancellation = Cancellation
desk-kind-change = Change
desk-kind-dispute = Dispute
desk-decide-question = Question to decide
desk-decide-exchange = Exchange to decide
desk-decide-return = Return to decide
desk-decide-cancellation = Cancellation to decide
desk-decide-change = Change to decide
desk-decide-dispute = Dispute to decide
desk-approve-question = Approve
desk-approve-exchange = Approve exchange
desk-approve-return = Approve return
desk-approve-cancellation = Approve cancellation
desk-approve-change = Approve change
desk-approve-dispute = Decide for the shopper
desk-ago = { $span } ago
desk-swap-for = for
desk-pieces = { $count ->
    [one] { $count } piece
   *[other] { $count } pieces
}
desk-check-ok = fine:
desk-check-warn = worth a look:
desk-pays-shopper = Shopper pays
desk-pays-merchant = You give back
desk-pays-nobody = No difference
desk-reserved-until = The wanted piece is kept until { $when }. After that the request expires.
desk-decline = Decline
desk-decline-reason = Why, in words the shopper reads
desk-decline-hint = Sent to the shopper as it is. What was kept goes back into stock.
desk-decline-send = Decline and tell the shopper
desk-case-completed = Completed
desk-case-running = Under way
desk-track-goods-back = Goods back
desk-track-goods-out = Goods out
desk-track-money = Money
desk-track-final = done
desk-track-none = Nothing to do
desk-track-awaiting-handover = Waiting for the shopper to send it
desk-track-label-created = Label made
desk-track-in-transit = On its way
desk-track-delivered = Delivered
desk-track-received = Received
desk-track-reserved = Kept in stock
desk-track-committed = Told to the shop
desk-track-shipped = Sent
desk-track-out-of-stock = Out of stock
desk-track-even = No difference
desk-track-due-from-shopper = Waiting for the shopper to pay
desk-track-due-to-shopper = To be given back
desk-track-paid = Paid
desk-track-refunded = Given back
desk-track-settled = Settled by hand
desk-mark-received = Mark received
desk-mark-sent = Mark sent
desk-settle = Settle by hand
desk-settle-due = Still open
desk-settle-method = How it was settled
desk-settle-bank = Bank transfer
desk-settle-card = Card, in the shop
desk-settle-cash = Cash
desk-settle-other = Another way
desk-settle-reference = Reference
desk-settle-hint = What proves it: the number on the receipt or transfer.
desk-settle-save = Mark settled by hand
desk-orders = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
desk-nobody = No shopper known
desk-nobody-text = The order came without an e-mail address. Copy the link and hand it over yourself.
desk-link = Link to this thread
desk-link-revoke = Revoke all links
desk-link-revoke-text = Every link sent so far stops working, and open pages close. The next letter carries a new one.
desk-link-text = Whoever has it can read and write here as the shopper, for 90 days.
desk-order-cancelled = Cancelled { $when }
desk-total = Total
desk-refunded = Given back
desk-parcel-problem = Needs a look
desk-parcel-step = Step { $step } of 5
desk-past-orders = Past orders
desk-connectors-lead = Where orders come from, the address each one sends to, and how it is doing.
desk-hook = Address for its webhooks
desk-connect = Connect an order system
desk-connect-lead = Every order it sends opens a thread with its buyer.
desk-connect-shop = Shop
desk-connect-kind = Kind of system
desk-connect-own = Webhook of your own system
desk-connect-store = Store
desk-connect-store-hint = For Shopify its address, name.myshopify.com. For WooCommerce the address of the shop. For your own system a short name or its domain.
desk-connect-secret = Signing secret
desk-connect-secret-hint = Shopify shows it below the list in Settings, Notifications, Webhooks. For WooCommerce and your own system leave this empty: one is made for you.
desk-connect-do = Connect
desk-mend-shop = Choose a shop from the list.
desk-mend-kind = Choose a kind of system from the list.
desk-mend-shopify = Give the address that Shopify gave the store, like name.myshopify.com.
desk-mend-store = Give a short name or a domain: letters without accents, digits, dots and hyphens.
desk-mend-secret = Paste the whole signing secret as Shopify shows it. It is never sent back to this page.
desk-mend-secret-empty = Leave this empty: the secret for your own system is made here.
desk-secret-replace = Replace the secret
desk-secret-replace-text = The old secret is taken too for 24 hours, so that nothing is lost meanwhile. You can end it sooner.
desk-secret-new = New signing secret
desk-secret-make = Make a new secret
desk-connected = { $system } is connected
desk-secret-replaced = The secret is replaced
desk-secret-once = Copy the secret now: you can read it here for 10 minutes, and then never again.
desk-connected-next = What to do now
desk-next-shopify = In Shopify, open Settings, Notifications, Webhooks and create webhooks in JSON with this address.
desk-next-topics = Create one for each of these topics:
desk-next-own = Give your system this address and the secret, and let it send a signed event for each order, as Standard Webhooks describes.
desk-next-schema = The form of the body, with the meaning of each field:
desk-next-look = The first event shows in the log of this connection within seconds.
desk-next-replaced = Give the new secret to your system. Until tomorrow its events are taken with either.
desk-next-replaced-own = Events signed with the old secret are taken until tomorrow too.
desk-health-waiting = Waiting for the first arrival
desk-health-well = Well, last arrival { $when }
desk-health-troubled = Needs a look, last arrival { $when }
desk-verdict-applied = Applied
desk-verdict-repeat = Repeat, ignored
desk-verdict-older = Older than known
desk-verdict-nothing = Nothing to do
desk-verdict-failed = Kept, not read
desk-verdict-refused = Bad signature
desk-intakes = Incoming events
desk-intakes-lead = Everything that knocked, with what we made of it.
desk-log = Log
desk-log-all = All
desk-log-empty = Nothing has arrived here.
desk-log-event = Event
desk-log-verdict = Verdict
desk-log-time = Time
desk-log-older = Older ones
desk-intake-kept = Nothing is lost: the body is kept.
desk-intake-delivery = Delivery id
desk-intake-signature = Signature
desk-intake-matches = Matches
desk-intake-body = Body
desk-intake-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
desk-intake-headers = { $count ->
    [one] { $count } header
   *[other] { $count } headers
}
desk-intake-swept = The body was swept: its time was over.
desk-replay = Replay
desk-replay-hint = Applies the same body once more. What is known already changes nothing.
desk-mailbox-lead = In the demo, e-mails are written here instead of being sent.
desk-mails = E-mails
desk-mails-none = No e-mail has been written yet.
desk-mail-from = From
desk-mail-to = To
desk-mail-when = Written
desk-mail-source = Source
desk-denied-title = Not for your role
desk-denied-text = Order systems are looked after by owners and admins. Ask one of them.
desk-missing-title = Nothing at this address
desk-missing-text = The thread may be another company’s, or the address is incomplete.
desk-way-inbox = To the inbox
desk-done-resolved = Resolved: { $name }
desk-done-approved = Approved: { $name }. The shopper is told.
desk-done-replayed = Applied once more.
desk-done-failed = Tried once more: it still cannot be applied.
desk-intake-unnamed = Unnamed event
desk-moment = { $date }, { $time }
desk-swap-line = { $from } → { $to }
desk-shopper = The shopper
desk-app = An app
desk-system = The shop
desk-approved-by = Approved by { $name }, { $when }
desk-approved-by-app = Approved by an app, { $when }
desk-track-waived = The shopper keeps it
desk-track-settled-with = Settled by hand: { $method }, { $reference }
desk-reason-colour = Another colour
desk-reason-too-small = Too small
desk-reason-too-large = Too large
desk-reason-defect = Something is wrong with it
desk-reason-wrong-item = Not what was ordered
desk-reason-changed-mind = Changed their mind
desk-payment-pending = Not paid yet
desk-payment-authorized = Authorized
desk-payment-partially-paid = Paid in part
desk-payment-paid = Paid
desk-payment-partially-refunded = Given back in part
desk-payment-refunded = Given back
desk-payment-voided = Voided
desk-payment-failed = Payment failed
desk-shipping = Shipping
desk-discount = Discount
desk-tax = Tax
desk-parcel-label-created = Label made
desk-parcel-accepted = With the carrier
desk-parcel-in-transit = On its way
desk-parcel-customs = At customs
desk-parcel-out-for-delivery = Out for delivery
desk-parcel-available-for-pickup = Ready for pickup
desk-parcel-attempt-failed = Nobody was home
desk-parcel-delayed = Delayed
desk-parcel-exception = Held up
desk-parcel-delivered = Delivered
desk-parcel-returning = On its way back
desk-parcel-returned = Back with the sender
desk-parcel-cancelled = Cancelled
desk-parcel-expired = Not picked up in time
desk-parcel-unknown = Sent
desk-parcel-lost = Lost
desk-parcel-last = { $what }, { $when }
desk-system-generic = Webhook
desk-system-shopify = Shopify
desk-key-next = Next thread
desk-key-previous = Previous thread
desk-key-open = Open
desk-key-list = Back to the list
desk-key-reply = Reply
desk-key-note = Internal note
desk-key-send = Send
desk-key-send-resolve = Send and resolve
desk-key-assign = Assign
desk-key-resolve = Resolve or reopen
desk-key-approve = Approve the request
desk-key-undo = Undo
desk-key-context = Context, on narrow screens
desk-key-all = All keys
desk-event-order-placed = Order placed
desk-event-order-updated = Order changed in the shop
desk-event-order-cancelled = Order cancelled
desk-event-assigned = { $who } assigned this to { $detail }
desk-event-taken = { $who } took this thread
desk-event-unassigned = { $who } left this to nobody
desk-event-snoozed = { $who } snoozed this
desk-event-resolved = { $who } resolved this
desk-event-reopened = Reopened by { $who }
desk-event-shipment = Parcel: { $detail }
desk-event-case-requested = { $who } requested an exchange: { $detail }
desk-event-case-proposed = { $who } proposed: { $detail }
desk-event-case-countered = { $who } answered with: { $detail }
desk-event-case-approved = { $who } approved: { $detail }
desk-event-case-declined = { $who } declined: { $detail }
desk-event-case-cancelled = { $who } cancelled: { $detail }
desk-event-case-expired = Expired: { $detail }
desk-event-case-moved = Moved on: { $detail }
desk-event-case-completed = Completed: { $detail }
desk-event-payment-requested = Payment requested: { $detail }
desk-event-payment-paid = Paid: { $detail }
desk-event-payment-failed = Payment did not go through: { $detail }
desk-event-refund-submitted = Refund sent to the bank: { $detail }
desk-event-refund-succeeded = Refunded: { $detail }
desk-event-refund-failed = Refund did not go through: { $detail }

## Sign-in and first start

sign-in = Sign in
sign-in-title = Back behind the counter
sign-in-to = Sign in to { $merchant }
sign-in-lead = Sign in to your desk
sign-in-email = E-mail
sign-in-password = Password
sign-in-mismatch = That password doesn’t match this e-mail. Check the Caps Lock key.
sign-in-too-many = { $count ->
    [one] Too many tries. Try again in { $count } minute.
   *[other] Too many tries. Try again in { $count } minutes.
}
sign-in-stale = This page was open too long. Sign in once more.
sign-in-ended = You are signed out.
sign-in-shopper = Ordered something and looking for your thread? Open the link in your order e-mail, or
sign-in-shopper-go = find it by order number
setup-title = Open the counter
setup-lead = You are the first one here. Type the code your server printed.
setup-code = Set-up code
setup-code-hint = Filled in for you when you opened the address.
setup-code-wrong = This code does not work, or no longer. Look at what your server printed last.
setup-begin = Begin
setup-time = A minute: your account and your shop.
setup-server = On your server
setup-first = First start
setup-terminal = No account yet. Open this address:
setup-no-default = Nobody can sign in before this. There is no default password.
setup-account = Your account
setup-account-lead = You will own everything here.
setup-mend = A few things to mend
setup-merchant = Your company
setup-shop = Your shop, as shoppers know it
setup-shop-hint = It stands at the top of every page and e-mail.
setup-name = Your name
setup-name-hint = Shoppers read your first name.
setup-password-hint = At least 12 characters. Four unrelated words are good and easy to type.
setup-password-again = Password once more
setup-language = Language of the desk
setup-zone = Time zone
setup-open = Open the counter
setup-mend-merchant = Give your company a name, up to 200 characters.
setup-mend-shop = Give your shop a name, up to 200 characters.
setup-mend-name = Say who you are, up to 200 characters.
setup-mend-email = An e-mail address has an @ and a domain, like ines@calanque.example.
setup-mend-password = Choose a password of at least 12 characters.
setup-mend-password-again = Type the same password twice.
setup-mend-zone = Choose a time zone from the list.

## E-mail

mail-colon = :
mail-next-approved = Send back what you exchange; the shop sends the new one as agreed. The page shows every step.
mail-next-expired = Nobody decided in time, so nothing is set aside any more. You can ask again.
mail-about = Order { $number }
mail-about-standing = Order { $number }, { $standing }
mail-personal = This link is personal and opens your order without a password, for 90 days. Do not forward it.
mail-open-button = Open the conversation
mail-open-subject = { $shop }: your order { $number }
mail-open-subject-plain = { $shop }: your order
mail-open-title = Your order has its own page
mail-open-text = Follow the parcel, ask a question or exchange something there, without an account.
mail-open-glance = Follow the parcel, ask, exchange: all in one place.
mail-reply-subject = { $name } replied, order { $number }
mail-reply-title = { $name } replied
mail-by = { $name }, { $when }
mail-quote = “{ $text }”
mail-before = Before that, you wrote: “{ $text }”
mail-code-subject = { $code } is your code for { $shop }
mail-code-title = Your code
mail-code-works = { $count ->
    [one] It works for { $count } minute, once.
   *[other] It works for { $count } minutes, once.
}
mail-code-not-you = You did not ask for it? Do nothing, and tell it to nobody.
mail-case-subject = { $title }, order { $number }
mail-exchange-received = We have your exchange request
mail-exchange-approved = Your exchange is approved
mail-exchange-declined = Your exchange is not possible
mail-exchange-cancelled = Your exchange is cancelled
mail-exchange-expired = Your exchange request has expired
mail-exchange-completed = Your exchange is complete
mail-request-received = We have your request
mail-request-approved = Your request is approved
mail-request-declined = Your request is not possible
mail-request-cancelled = Your request is cancelled
mail-request-expired = Your request has expired
mail-request-completed = Your request is complete
mail-swapped-for = for
mail-due = { $amount } is still to be paid. You can do it from the conversation.

# The desk's day: time left, snoozing, undo, several at once, keys, offers
desk-view-snoozed = Snoozed
desk-view-spam = Spam
desk-empty-snoozed = Nothing sleeps
desk-empty-snoozed-text = Snooze a thread with H and it comes back when you say, or when its shopper writes.
desk-empty-spam = No spam
desk-empty-spam-text = What you mark as spam is kept here and can be taken back.
desk-empty-filtered = Nothing fits these filters
desk-empty-filtered-text = There may be threads without them.
desk-left = { $span } left
desk-late = { $span } late
desk-sleeps-until = until { $when }
desk-snooze = Snooze
desk-snooze-until = Snooze until
desk-snooze-at = A day and time
desk-pause-hour = In an hour
desk-pause-evening = This evening
desk-pause-tomorrow = Tomorrow
desk-pause-monday = Monday
desk-wake = Wake now
desk-not-spam = Not spam
desk-spam = Spam
desk-spam-text = The thread leaves every list but Spam, and new messages in it wake nobody.
desk-spam-mark = Mark as spam
desk-seconds = { $count } s
desk-pick = Select { $name }
desk-pick-many = Select threads
desk-bulk = Selected threads
desk-bulk-chosen = selected
desk-bulk-clear = Clear the selection
desk-bulk-resolved = { $count ->
    [one] { $count } thread resolved.
   *[other] { $count } threads resolved.
}
desk-bulk-snoozed = { $count ->
    [one] { $count } thread snoozed.
   *[other] { $count } threads snoozed.
}
desk-bulk-assigned = { $count ->
    [one] { $count } thread assigned.
   *[other] { $count } threads assigned.
}
desk-bulk-undone = { $count ->
    [one] { $count } thread is as it was.
   *[other] { $count } threads are as they were.
}
desk-bulk-undecided = { $count ->
    [one] { $count } has a request to decide.
   *[other] { $count } have a request to decide.
}
desk-bulk-other = { $count ->
    [one] { $count } was left as it is.
   *[other] { $count } were left as they are.
}
desk-done-assigned = Assigned: { $name }
desk-done-snoozed = Snoozed: { $name }
desk-done-spam = Marked as spam: { $name }
desk-done-undone = As it was: { $name }
desk-done-proposed = Offer sent: { $name }
desk-done-declining = Declining: { $name }
desk-done-refusal-back = Not declined: { $name }
desk-declining-mine = You are declining this.
desk-declining = { $who } is declining this.
desk-hand-over = Hand over to { $name }
desk-sort = Sort by
desk-sorted = Sorted by { $by }
desk-sort-time-left = Time left
desk-sort-newest = Newest
desk-sort-oldest = Oldest
desk-sort-waking = Wakes first
desk-filter = Filters
desk-filter-all = All
desk-filter-late = Late
desk-filter-any = Any
desk-filter-nobody = Nobody
desk-filter-shop = Shop
desk-filter-assignee = Assigned to
desk-filter-kind = About
desk-filter-language = Language
desk-filter-show = Show
desk-filter-clear = Clear the filters
desk-hint-pick = select
desk-hint-palette = commands
desk-key-pick = Select the row
desk-key-snooze = Snooze
desk-key-propose = Propose other
desk-keys-single = Single letters act
desk-keys-single-text = Switch them off if you write by voice or press keys by mistake.
desk-keys-save = Save
desk-palette = Commands
desk-palette-field = A command, a view or a name
desk-palette-found = Results
desk-palette-actions = This thread
desk-palette-views = Go to
desk-palette-nothing = Nothing fits.
desk-palette-choose = choose
desk-palette-run = run
desk-propose = Propose other
desk-propose-which = Which one do you offer?
desk-propose-hint = Both are kept for the shopper for 48 hours. They can take the offer or keep their choice.
desk-propose-send = Send the offer
desk-offered = Waiting for the shopper’s answer
desk-offered-instead = You offered instead
desk-offered-until = The shopper can answer until { $when }
desk-approve-first-wish = Approve what was asked first
desk-kept = Something else was offered; the shopper keeps their choice.
desk-exchange-begin = Begin an exchange
desk-exchange-back = Back to the thread
desk-exchange-title = Exchange for { $name }
desk-exchange-lead = For a shopper who called. The policy and the stock are the same as on their own page, and the thread shows that you asked.
desk-exchange-line = Which item?
desk-exchange-which = For which other?
desk-exchange-why = Why?
desk-exchange-pieces = How many?
desk-exchange-words = What the shopper said
desk-exchange-next = The piece is kept for 48 hours. Then you decide as for any other request.
desk-exchange-send = Ask for the exchange
desk-event-woken = Back from its sleep
desk-event-spam = { $who } marked this as spam
desk-event-not-spam = { $who } took this back from spam
error-snooze-past = Choose a moment that is still ahead.
error-snooze-far = A thread can sleep for a year at most.
error-snooze-moment = Write the day and the time, as in 2026-11-30 09:00.
error-snooze-closed = This thread is closed. Reopen it before you snooze it.
error-undo-late = This can no longer be undone: the time for it is over.
error-undo-changed = Something else has happened here since, so this can no longer be undone.
error-bulk-none = Select a thread first.
error-bulk-many = You selected { $many } threads; at most { $max } at once.
error-bulk-act = Choose what to do with the selected threads.
error-case-declining = { $name } is declining this already.
error-refusal-taken-back = This is not being declined any more: somebody took it back.
error-case-proposed-already = Something else is offered already; the shopper is to answer.
error-proposal-same = Offer something other than what was bought and what was asked for.
error-proposal-which = Choose one that is available.
error-proposal-over = This offer is not open any more.
error-exchange-line = Choose an item of the order.
error-exchange-reason = Choose the reason the shopper gave.
offer-says = { $who } offers you this instead
offer-accept = Take { $name }
offer-keep = Keep my choice: { $name }
next-proposed-until = { $shop } offers something else. Both are kept for you until { $day }, { $time }; without an answer by then, the request ends and nothing changes.
event-case-proposed = { $who } offered something else
event-case-kept = You kept your choice
event-case-accepted = You took the offer
mail-exchange-proposed = Another offer for your exchange
mail-next-proposed = Take it or keep your choice from the conversation, until { $until }. There is nothing to pay.
mail-next-proposed-pay = Take it or keep your choice from the conversation, until { $until }. With it, { $amount } is to be paid.
mail-next-proposed-get = Take it or keep your choice from the conversation, until { $until }. With it, you get { $amount } back.
## E-mail that arrives, and e-mail that does not

error-email = An e-mail address has an @ and a domain, like camille@example.com.
expired-fresh = Send me a new link
expired-or = It goes to the address of your order. You no longer read that address, or have only the order number? Then this way:
expired-asked-title = Look into your mailbox
expired-asked-text = If the link was one of ours, a new one is on its way to the address of the order. It can take a minute.
desk-event-mail-refused = E-mails to the shopper are refused
desk-event-mail-readdressed = { $who } corrected the e-mail address
desk-mail-address = E-mails
desk-mail-no-address = The order names no e-mail address.
desk-mail-corrected = Corrected here; the order names another one.
desk-mail-refused = E-mails to { $address } are refused: { $reason }
desk-mail-somewhere = the shopper
desk-mail-kept = What you write is kept and goes out once the address is right.
desk-mail-correct = Correct the address
desk-mail-new = Right address
desk-mail-hint = Links sent so far stop working. A new one goes to this address, with what did not arrive.
desk-mail-save = Correct and send
desk-mail-again = Try this address again
desk-mail-reason-unknown = there is no such mailbox.
desk-mail-reason-domain = nothing that takes e-mail has the name after the @.
desk-mail-reason-disabled = the mailbox is closed.
desk-mail-reason-full = the mailbox is full.
desk-mail-reason-policy = the other side does not take e-mail from our mail server.
desk-mail-reason-malformed = it is not an e-mail address.
desk-mail-reason-given-up = the other side did not take it for several days.
desk-mail-reason-other = the other side gave no reason that can be put in plain words.
mail-standing-packed = being prepared
mail-standing-on-its-way = on its way
mail-standing-out-for-delivery = out for delivery
mail-standing-for-pickup = ready to be picked up
mail-standing-delivered = delivered
mail-standing-cancelled = cancelled
mail-link-subject = Your new link, order { $number }
mail-link-title = Your new link
mail-link-text = This one opens the conversation about your order. Links sent before may no longer work.
mail-waiting-subject = A shopper is waiting, order { $number }
mail-waiting-title = A shopper is waiting
mail-waiting-text = They wrote or asked for something ({ $since }), and nobody has had the desk open since.
mail-waiting-button = Answer at the desk
mail-waiting-why = You get one such e-mail for each conversation that waits, and only while nobody has the desk open.
# Ways in: WooCommerce, the links a shop builds itself, codes for a camera
desk-system-woocommerce = WooCommerce
desk-mend-site = Give the address of your shop, like https://shop.example.
desk-mend-secret-woocommerce = Leave this empty, then a secret is made for you; or give one of 16 to 255 letters and digits without blanks.
desk-next-woocommerce = In WooCommerce, open Settings, Advanced, Webhooks and add webhooks with this address as delivery URL and this secret, active, in the newest API version.
desk-next-ping = When you save one, WooCommerce asks whether somebody is there. “Order systems” then shows that it reached us; whether the secret is right shows with the first order.
desk-health-pinged = It reached us { $when }. The first signed event is still to come.
links-title = Order links
links-lead = A shopper who follows a link in your own mail or pages is in the conversation of that order at once, without a code.
links-snippet = What to paste
links-intro-shopify = Paste this wherever Shopify shows an order. It writes a link to that order’s conversation.
links-intro-woocommerce = Paste this once. It writes the link into the mails about an order, on the thank-you page and beside each order in the account.
links-intro-generic = This is how a link is built, for the external id of an order (escape it as in an address where it holds more than letters and digits). It is good for 90 days from the moment in it.
links-mail = Order mail
links-mail-shopify = Settings, Notifications, Customer notifications, Order confirmation: Edit code.
links-thanks = Thank-you and order status page
links-thanks-shopify = Settings, Checkout, Additional scripts, where your shop still has them.
links-account = Account page
links-account-shopify = Online Store, Themes, Edit code: templates/customers/order.liquid, and inside the loop over orders in templates/customers/account.liquid.
links-everywhere = Mail, thank-you page and account
links-everywhere-woocommerce = At the end of functions.php of your child theme, or as a snippet of a plugin for code snippets.
links-proof = Whoever has such a link can read and write in that one conversation. The key in this text signs the links: keep it out of pages and repositories that others read.
links-replace = Replace the key
links-replace-text = Every link that was built so far ends at once. Paste the new text afterwards.
links-replaced = The key is replaced. Paste the new text now.
links-label = Follow my order and write to us
waiting-title = Your order is on its way to us
waiting-text = It can take a minute until your order is here. This page looks again by itself.
waiting-long = It takes longer?
device-open = Open on another device
device-title = Open on another device
device-text = Point the camera of your phone or tablet at this code. The conversation opens there, as it is here.
device-code = Code that opens the conversation about order { $number }
device-address = Or copy this address
device-own = For your own devices: whoever opens it reads and writes here in your name.
device-back = Back to the conversation
slip-open = Slip with a code for the parcel
slip-title = Slip for order { $number }
slip-sheet = What is printed
slip-back = Back to the conversation
slip-print = Print
slip-order = Order { $number }
slip-text = A question, another size, something to send back? Scan, and you are with us.
slip-code = Code that opens the conversation about this order
slip-or = Or open this address and enter the number of your order:
## Finding: search, labels, canned replies, mentions

search-title = Search
search-title-of = { $words }: search
search-label = Search threads, orders, shoppers
search-go = Search
search-threads = { $count ->
    [one] { $count } thread
   *[other] { $count } threads
}
search-at-least = { $count ->
    [one] More than { $count } thread
   *[other] More than { $count } threads
}
search-without = Take this filter off
search-clear = Clear all
search-file = Download what was found as a table (CSV)
search-newest = Newest first
search-narrow = Filters
search-apply = Apply
search-in = Found in
search-in-messages = Messages
search-in-notes = Internal notes
search-in-orders = Order and shopper
search-state = State
search-shop = Shop
search-agent = Agent
search-nobody = Nobody yet
search-period = Period
search-any-time = Any time
search-days = { $count ->
    [one] Last { $count } day
   *[other] Last { $count } days
}
search-order = order { $number }
search-note-by = Internal note, { $name }:
search-more = Older
search-nothing = Nothing found
search-nothing-text = Try fewer words, or the beginning of one. An order number, a name, an e-mail address, a phone number or a tracking number is found as well.
search-everywhere = Search without filters
search-empty = What are you looking for?
search-empty-text = Words of a message or note, an order number, a name, an e-mail address, a phone number, a tracking number or a label. Accents and capitals make no difference.
search-behind = Older threads are still being added to the search. This takes a few minutes, once.
error-search-empty = Type a word, a name or a number. Signs alone find nothing.
error-search-long = A search has at most { $max } characters; this one has { $length }. A few words are enough.
desk-key-search = Search
desk-key-canned = Canned replies, in an empty box
desk-key-label = Label
desk-event-labelled = { $who } put on the label { $detail }
desk-event-unlabelled = { $who } took off the label { $detail }
desk-view-mentions = Mentions
desk-empty-mentions = Nobody has mentioned you
desk-empty-mentions-text = When a colleague writes @ and your name in a note, the thread is here.
desk-call = Mention a colleague

labels-title = Labels
labels-lead = Your own words on threads, for everybody at the desk. Shoppers never see them.
labels-new = New label
labels-name = Name
labels-hue = Colour
labels-make = Make label
labels-save = Save
labels-threads = Its threads
labels-all-threads = All threads
labels-delete = Delete
labels-delete-text = It is taken off every thread. This cannot be undone.
labels-delete-name = Delete { $name }
labels-put = Put on
labels-take-off = Take off
labels-none = There are no labels yet.
labels-manage = Manage labels
labels-gone = that was deleted since
hue-0 = Orange red
hue-1 = Orange
hue-2 = Yellow
hue-3 = Lime
hue-4 = Green
hue-5 = Teal
hue-6 = Turquoise
hue-7 = Sky blue
hue-8 = Blue
hue-9 = Violet
hue-10 = Magenta
hue-11 = Rose
error-label-name = Give the label a name with a letter or digit in it, up to { $max } characters.
error-label-hue = Choose a colour from the list.
error-label-taken = There is a label { $name } already.
error-labels-many = There are { $max } labels, which is as many as there can be. Delete one first.
error-labels-of-thread = A thread carries up to { $max } labels. Take one off first.

canned-title = Canned replies
canned-lead = What you answer again and again, written once for each language. Choosing one writes it into the box; you send it.
canned-choose-lead = Choose one: it is written into the box after what is there, and you send it.
canned-back = Back without one
canned-use = Use “{ $title }”
canned-none = There are no canned replies yet
canned-none-text = Write the first one: what it says is filled from the order it is used in.
canned-new = New canned reply
canned-edit = Canned reply
canned-field-title = Title
canned-field-shortcut = Shortcut
canned-field-languages = Languages
canned-field-shop = Shop
canned-every-shop = Every shop
canned-shortcut-hint = Letters, digits and dashes. Type / and this to find it.
canned-vars = Variables
canned-vars-text = They are filled from the order. Where one is missing the reply cannot be used, and says what is missing. A reply holds words and these variables only: no conditions, no loops, no other reply.
canned-var-shopper = the shopper’s first name
canned-var-number = the order number
canned-var-total = the total of the order
canned-var-item = what was bought, where it is one thing
canned-var-parcel = the tracking number
canned-var-url = the carrier’s page for the parcel
canned-var-expected = the day the parcel is expected
canned-var-agent = your first name
canned-var-shop = the name of the shop
canned-preview-order = Try it on the order with this number
canned-preview = Preview
canned-preview-none = There is no order with this number.
canned-save = Save
canned-cancel = Cancel
canned-delete = Delete this reply
canned-delete-text = It is gone for everybody. What was sent with it stays.
canned-find = Find a reply
canned-no-match = No reply fits. Try a word of its title or text.
canned-failed = The replies did not load. Close this and try again.
canned-missing-language = This reply has no text in { $language }.
canned-missing-text = This reply has to be written anew.
canned-missing-name = The shopper’s name is not known ({ $variable }).
canned-missing-order = There is no order in this thread ({ $variable }).
canned-missing-item = This order has no item ({ $variable }).
canned-missing-items = This order has several items, so it does not say which one is meant ({ $variable }).
canned-missing-parcel = This order has no parcel number yet ({ $variable }).
canned-missing-url = The parcel of this order has no tracking page yet ({ $variable }).
canned-missing-expected = Nobody has said yet when the parcel of this order arrives ({ $variable }).
error-canned-title = Give the reply a title, up to { $max } characters.
error-canned-shortcut = A shortcut has 1 to { $max } letters (a to z), digits and dashes, like late-parcel.
error-canned-taken = Another reply has the shortcut { $shortcut }.
error-canned-shop = Choose a shop from the list.
error-canned-empty = Write the reply in at least one language.
error-canned-many = There are { $max } replies, which is as many as there can be. Delete one first.
error-canned-unknown = Line { $line }, character { $column }: there is no variable “{ $name }”. Choose one from the list.
error-canned-unclosed = Line { $line }, character { $column }: this variable is not closed. It ends with two braces, on the same line.
error-canned-stray = Line { $line }, character { $column }: these two braces close nothing.
error-canned-logic = Line { $line }, character { $column }: “{ $name }” is not possible. A reply holds words and variables only: no conditions, no loops, no other reply.
# Pictures, files and voice
file-photo = Photo
file-photo-of = Photo: { $alt }
file-gif = GIF
file-gif-of = GIF: { $alt }
file-pdf = File: { $name }
file-video = Video
file-video-long = Video, { $length }
file-voice = Voice message
file-voice-of = Voice message, { $length }
file-enlarge = { $what }. Open
file-save = Save
file-kilobytes = { $size } kB
file-megabytes = { $whole }.{ $tenth } MB
file-unknown = “{ $name }” cannot be sent. What can be: photos (JPEG, PNG, WebP), GIFs, PDF documents, short videos (MP4, WebM) and voice clips.
file-heic = “{ $name }” is a HEIC photo, which many browsers cannot show. Choose it from your photos, or save it as JPEG first.
file-empty = “{ $name }” is empty.
file-large = “{ $name }” is too large: at most { $max } MB.
file-too-much = That is too large to send: at most { $max } MB a file.
file-pixels = “{ $name }” has { $width } × { $height } pixels: at most { $most } million can be shown. Make it smaller and send it again.
file-broken = “{ $name }” is damaged or incomplete. Open it on your device to see, then choose it again.
file-voice-long = “{ $name }” is too long: a voice clip lasts at most { $minutes } minutes.
file-video-too-long = “{ $name }” is too long: a video lasts at most { $minutes } minutes.
file-many = At most { $max } files go with one message.
file-none = Choose a file first.
file-gone = One of the files is no longer here. Choose it again.
file-cut = The file did not arrive whole. Check your connection and send it again.
file-failed = A file was not sent. Try again, or take it away.
file-waiting-many = Many files wait here to be sent already. Send some of them, or come back tomorrow.
error-no-room = There is no room left on the server, so nothing was stored. Try again later, or send it without files.
attach-add = Add photos or files
attach-list = Files to send
attach-keep = Send { $what }
attach-describe = Describe the photo, for those who cannot see it
attach-remove = Take away
attach-retry = Try again
attach-sending = Sending
voice-record = Record a voice message
voice-recording = Recording
voice-stop = Done
voice-discard = Discard
voice-no-microphone = There is no microphone to record with. Allow it in your browser, then try again.
voice-play = Play { $what }
voice-pause = Pause
exchange-show-us = Show us
exchange-show-us-hint = A photo or two, and we can decide at once.
exchange-add-photo = Add
exchange-photos-optional = You can go on without a photo.
exchange-your-photos = Your photos
desk-decision-photos = Photos with the request
## People: settings, the ways in, their letters

role-owner = Owner
role-admin = Admin
role-agent = Agent
role-owner-text = Owns the account: everything, and who else may.
role-admin-text = Settings and people, and everything agents do.
role-agent-text = Answers shoppers and decides exchanges.
error-last-owner = This is the last owner. Make somebody else an owner first.
error-deactivate-yourself = You cannot deactivate yourself. Ask another owner or admin.
error-role = Choose a role from the list.
error-invite-member = Somebody of your team already signs in with this e-mail.
error-invite-again = This address was invited already. Send that invitation again.
error-invitation-over = This invitation was accepted or withdrawn meanwhile.
error-away-past = Choose a day that is still to come.
error-away-day = A day looks like 2026-12-03.
error-password-wrong = That is not your password. Check the Caps Lock key.
error-address-same = You sign in with this address already.
error-address-often = Several codes were sent in the last hour. Wait a while, then try again.
error-second-on = A second factor is on already.
error-second-over = This took too long. Begin again from your profile.
error-second-wrong = That code does not fit, or was used already. Wait for the next one.
password-guessable = This is among the first passwords somebody would try. Take four unrelated words.
sign-in-forgotten = Forgotten?
sign-in-renewed = Your new password is saved. Sign in with it.
second-title = One more step
second-lead = Type the six digits your authenticator shows now.
second-code = Code
second-lost = No phone at hand?
second-recovery = One of your rescue codes
second-recover = Use a rescue code
second-back = Back to signing in
forgotten-title = A new password
forgotten-lead = Say which address you sign in with. A link goes there.
forgotten-send = Send me a link
forgotten-sent-title = Look at your e-mail
forgotten-sent-text = If somebody signs in with { $email }, the link is on its way. It works for one hour.
forgotten-sent-hint = Nothing yet? Look in the spam folder.
choose-title = Choose a password
choose-show = Show what I type
choose-save = Save the password
choose-ends = All your sessions will be signed out.
link-over-title = This link has ended
reset-over-text = A link to a new password works for one hour, and once.
invited-over-text = This invitation was used, withdrawn, sent again, or has run out. Ask whoever invited you.
invited-facts = Sent on { $sent }, works until { $until }, for { $email }
invited-name = Your name, as shoppers read it
invited-name-hint = First name is enough.
invited-join = Join
invited-not-you = Not you? Close this page, nothing happens.
settings = Settings
settings-shop = Shop
settings-team = Team
settings-people = People
settings-profile = Your profile
settings-save = Save
settings-done-invited = The invitation is on its way.
settings-done-withdrawn = The invitation is withdrawn.
settings-done-role = The role is changed. They sign in again.
settings-done-deactivated = Signed out everywhere. Their threads are the team’s again.
settings-done-reactivated = Back in the team.
settings-done-saved = Saved.
settings-done-away = You are away. What shoppers take up again goes to the team.
settings-done-back = Welcome back.
settings-done-password = Your password is changed. Other sessions are signed out.
settings-done-address = You sign in with the new address from now on.
settings-done-ended = Signed out there.
settings-done-second-off = The second factor is off.
people-lead = { $count ->
    [one] One person at the desk.
   *[other] { $count } people at the desk.
}
people-invite = Invite
people-name = Name
people-role = Role
people-seen = Last seen
people-open = Open threads
people-sign-in = Sign-in
people-actions = Actions
people-you = (you)
people-now = at the desk now
people-never = not yet
people-away = Away
people-away-until = Away until { $date }
people-gone = Deactivated
people-two = Password, code
people-one = Password only
people-more = More about { $name }
people-deactivate = Deactivate
people-reactivate = Take back
people-invited-by = Invited { $when } by { $name }
people-not-joined = Not joined yet
people-run-out = Has run out
people-again = Send again
people-withdraw = Withdraw
people-invite-title = Invite somebody
people-invite-text = They get a link by e-mail that works for three days, once.
people-invite-do = Send the invitation
profile-lead = What others read of you, and how you sign in.
profile-you = You
profile-absence = Absence
profile-absence-text = While you are away, threads of yours that a shopper takes up again go back to the team.
profile-until = Back on
profile-until-optional = (leave empty: until you say so)
profile-leave = I am away
profile-return = I am back
profile-away-until = Away until { $date }.
profile-away-open = Away until you say that you are back.
profile-current = Your password
profile-address = Change the address
profile-address-new = New address
profile-address-send = Send a code there
profile-code-sent = A code went to { $email }. It works for ten minutes.
profile-move = Sign in with it from now on
profile-password = Change the password
profile-password-new = New password
profile-password-ends = Your other sessions will be signed out.
profile-sessions = Where you are signed in
profile-this = this one
profile-session = Since { $since }, last used { $seen }
profile-end = Sign out
profile-end-others = Sign out all others
profile-browser-unknown = Unknown browser
second-set-title = A second factor
second-set-lead = A password can be read over a shoulder. Your phone cannot.
second-scan = Scan with your authenticator
second-square = Code to scan with your authenticator
second-type = Or type this key
second-digits = Type the six digits it shows
second-keep = Keep ten rescue codes
second-keep-text = Each works once, if you lose your phone. Shown after this step.
second-on = Switch it on
second-later = Not now
second-why = A code from your phone is asked for after the password. Anything that shows six digits every 30 seconds will do.
second-begin = Set it up
second-is-on = On
second-is-off = Off
second-left = { $count ->
    [one] One rescue code is left.
   *[other] { $count } rescue codes are left.
}
second-end = Switch it off
second-end-do = Switch off
second-any-code = Code of your phone, or a rescue code
recovery-title = Keep these somewhere safe
recovery-once = Shown once.
recovery-text = Each code replaces your phone one time.
recovery-print = Print
recovery-kept = I have put them away
recovery-go = Go to the desk
mail-works-until = The link works until { $until }, once.
mail-invited-subject = { $name } invites you to { $merchant }
mail-invited-button = Join the team
mail-invited-not-you = Not for you? Do nothing, and the invitation runs out by itself.
mail-password-subject = A new password for { $merchant }
mail-password-title = Choose a new password
mail-password-text = Somebody, hopefully you, asked for a new password for the desk.
mail-password-button = Choose a password
mail-password-not-you = You did not ask for it? Do nothing: the old password stays.
mail-link-works = { $count ->
    [one] It works for { $count } minute, once.
   *[other] It works for { $count } minutes, once.
}
mail-address-title = Your new address
mail-address-text = Type this code into your profile, and you sign in with this address from then on.
mail-moved-subject = Your address for { $merchant } was changed
mail-moved-title = You sign in with another address now
mail-moved-text = From now on it is { $email }. This one opens nothing any more.
mail-moved-not-you = You did not change it? Tell an owner of your desk at once.
settings-look = Look and words
settings-not-saved = Changes not saved
shop-lead = What shoppers see and read, and what they may.
shop-which = Which shop
shop-name = Name shoppers know
shop-accent = Accent
shop-accent-hint = Any colour stays readable: we darken or lighten it.
shop-mend-accent = A colour is a # and six digits, like #1c6763.
shop-language = First language
shop-mend-language = Choose a language from the list.
shop-exchange-days = Days to exchange
shop-mend-days = Choose between 0 and 365 days.
shop-mail = Write to the shopper when a thread opens
shop-mail-hint = Switch it off where your own order mail has the link.
shop-preview = What shoppers will see
shop-sample-reply = Hello, your order is on its way.
shop-sample-thanks = Thank you!

# A living thread
message-delivered = Delivered
message-read = Read
message-read-at = Read { $time }
message-typing = { $name } is typing
live-new-count = { $count } new messages
desk-sent-read-at = seen { $time }
desk-new-count = { $count } new messages
desk-typing = { $name } is typing
desk-typing-reply = { $name } is writing a reply
desk-typing-note = { $name } is writing a note
desk-viewing-one = { $name } has this thread open
desk-viewing-two = { $name } and { $other } have this thread open
desk-viewing-many = { $count ->
    [one] { $name } and { $count } other have this thread open
   *[other] { $name } and { $count } others have this thread open
}
desk-crossed = { $name } has just replied. Send anyway?
desk-crossed-send = Send anyway
desk-crossed-keep = Keep as draft
desk-crossed-note = Add as note
desk-news-about = { $name }, order { $number }
desk-news-text = A new message
profile-calls = In this browser
profile-calls-text = When a shopper writes in a thread that is yours or nobody’s. Kept in this browser only: another one has its own choice.
profile-calls-without = This works where the browser runs scripts.
profile-calls-sound = A short sound
profile-calls-notify = A notification while the desk is out of sight
profile-calls-words = Show the words of the message in it
profile-calls-words-hint = Otherwise it says the first name and the order number.
profile-calls-denied = This browser does not let the desk show notifications. Allow them in its settings for this address, then switch this on.
profile-calls-unknown = This browser cannot show notifications.
# The shopper's page in every state of an order, and the list of their orders
card-booking = Booking confirmed
card-subscription = Subscription confirmed
card-some-arrived = { $count ->
    [one] { $count } delivered, { $rest } on the way
   *[other] { $count } delivered, { $rest } on the way
}
card-next-today = The next one arrives today
card-next-tomorrow = The next one arrives tomorrow
card-next = The next one is expected on { $day }
card-late = { $count ->
    [one] { $count } day late
   *[other] { $count } days late
}
card-silent = { $count ->
    [one] No news for { $count } day
   *[other] No news for { $count } days
}
card-late-seen = Was expected on { $day }, last seen { $seen }
card-late-unseen = Was expected on { $day }
card-silent-seen = Last seen { $seen }
card-refunded-sum = { $amount } has been given back.
item-given-back = { $count ->
    [one] { $count } piece given back
   *[other] { $count } pieces given back
}
arrival-all-well = All well?
arrival-on = Your order was delivered on { $when }.
arrival-yes = All is well
arrival-problem = There is a problem
arrival-until = You can ask for an exchange until { $day }.
arrival-thanks = Thank you, noted.
arrival-open = This conversation stays open if you need anything.
arrival-late = Shall we look into it?
arrival-late-text = One question is enough: it is written already, you only have to send it.
arrival-late-ask = Ask where it is
error-not-arrived = Not everything in this order has arrived yet.
event-all-well = You said that all is well, { $time }
quick-where = Where is my parcel?
quick-problem = A problem
quick-address = Change of address
quick-orders = Your orders
ask-where = Hello, where is the parcel of order { $number }?
ask-problem = Hello, there is a problem with order { $number }:
ask-address = Hello, order { $number } should go to another address:
orders-title = Your orders
orders-yours = Your orders
orders-of = Orders of { $address }
orders-count = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
orders-number = { $number } · { $total }
orders-says = { $who }:
orders-file = a file
orders-unread = { $count ->
    [one] { $count } answer you have not seen
   *[other] { $count } answers you have not seen
}
orders-none = No orders here
orders-none-text = Nothing at { $shop } goes to this address.
orders-pages = Pages of the list
orders-newer = Newer orders
orders-older = Older orders
orders-missing = An order is missing? It may be at another address.
orders-other = Find it by its number
orders-back = Back to the conversation
orders-locked = To see all orders of { $address }, show that this address is yours: we send a six-digit code there.
orders-no-address = We have no e-mail address for this order, so we cannot send the code that opens the list.
orders-send-code = Send me a code
desk-event-all-well = { $who } said that all is well
# Settings: connecting, exchanges in sentences, languages, legal pages
settings-policy = Exchanges
settings-policy-lead = Fill in the blanks. Shoppers, agents and programs get the same answers. Requests that were made keep the terms they were made under.
settings-policy-days = Shoppers can ask for an exchange within { $blank } days of delivery.
settings-policy-only = They can choose { $blank } of the same product.
settings-policy-only-label = What may differ
settings-policy-any = any other variant
settings-policy-another = another { $option } only
settings-policy-dearer = If the new item costs more, { $blank }.
settings-policy-dearer-label = When it costs more
settings-policy-dearer-shopper = the shopper pays the difference
settings-policy-dearer-shop = we pay the difference
settings-policy-cheaper = If it costs less, { $blank }.
settings-policy-cheaper-label = When it costs less
settings-policy-cheaper-refunded = we refund the difference
settings-policy-cheaper-kept = nothing is refunded
settings-policy-not-offered = it cannot be chosen
settings-policy-final = Sold at { $blank } percent off or more, an item is not exchanged. Leave it empty for no such rule.
settings-policy-final-label = Percent off from which a sale is final
settings-policy-takes = Reasons we accept
settings-policy-photos = Reasons that ask for a photo
settings-policy-needed = Where a photo is asked for, { $blank }.
settings-policy-needed-label = Whether the photo is needed
settings-policy-needed-no = shoppers may go on without
settings-policy-needed-yes = a request without it is not taken
settings-policy-exceptions = Rules for single products
settings-policy-exceptions-hint = For every product whose name has all these words. Without days it is never exchanged.
settings-policy-words = Words of the name
settings-policy-words-hint = Socks
settings-policy-words-days = Days for it
settings-policy-never = never
settings-policy-days-unit = days
settings-policy-try = Try without saving
settings-policy-trial = Try it on an order
settings-policy-trial-kept = As saved, in the shopper’s words
settings-policy-trial-typed = As typed, not saved yet
settings-policy-order = Order number
settings-policy-for-order = For order { $number }:
settings-policy-no-order = No such order of this shop.
settings-policy-mend-choice = Choose from the list.
settings-policy-mend-percent = Choose between 1 and 100 percent, or leave it empty.
settings-policy-mend-exceptions = A rule has words of at most 80 letters, and 0 to 365 days or none.
settings-clash-photo = Two rules contradict each other: a photo is needed for “{ $reason ->
    [colour] another colour
    [too_small] too small
    [too_large] too large
    [defect] defect
    [wrong_item] wrong item
   *[other] changed their mind
}”, and that reason is not accepted.
settings-clash-reasons = Two rules contradict each other: exchanges have days, and no reason is accepted.
settings-clash-product = The rules “{ $one }” and “{ $other }” contradict each other: both are about { $product }.
settings-clash-words = The rules “{ $one }” and “{ $other }” contradict each other: what one is about, the other is about too.
shop-speaks = Languages it speaks
shop-speaks-hint = The first language is always one of them. Who speaks none of these reads the first.
shop-legal = Legal pages
shop-legal-hint = At the foot of this shop’s pages and e-mails. Addresses of your own site.
shop-legal-terms = Terms of sale
shop-legal-privacy = Privacy
shop-legal-mediator = Consumer mediator
shop-legal-all = every language
shop-legal-by-language = Another address for a language
shop-mend-legal = An address begins with https:// and has at most 1,000 letters.
desk-secret-tail = The secret ends in { $tail }.
desk-secret-overlap = The secret before is taken too until { $until }.
desk-secret-end = End it now
desk-secret-ended = Only the new secret is taken now.
desk-secret-meanwhile = Somebody else replaced this secret just now.
desk-connect-address = Address and secret
desk-health-silent = { $count ->
    [one] Nothing has come in for { $count } day
   *[other] Nothing has come in for { $count } days
}
desk-first-waiting = Waiting for the first event. This page turns by itself.
desk-first-again = Look again
desk-first-look = Look at it
desk-first-seconds = { $count ->
    [one] { $count } second ago
   *[other] { $count } seconds ago
}
desk-first-order = Received order { $number }, { $ago }.
desk-first-other = Received { $topic }, { $ago }.
desk-first-failed = Something arrived { $ago } that could not be read.
desk-intake-old-secret = Matches the secret before
desk-replay-swept = Its body was swept, so it cannot be applied again.
legal-terms = Terms
legal-privacy = Privacy
legal-mediator = Mediation
policy-never = This item is not exchanged.
policy-final = Sold at a discount that makes it final.
policy-only = For this item only { $option } can be changed.
policy-dearer = It costs more, and a dearer one is not offered. Write to us, we will see.
policy-cheaper = It costs less, and a cheaper one is not offered. Write to us, we will see.
policy-reason = Exchanges for this reason are not offered. Write to us, we will see.
policy-photo-needed = Add a photo of what is wrong: without one this request cannot be taken.
## Opening hours

coming-today = today at { $time }
coming-tomorrow = tomorrow at { $time }
coming-weekday = { $weekday } at { $time }
coming-date = { $weekday } { $date } at { $time }
weekday-within-1 = Monday
weekday-within-2 = Tuesday
weekday-within-3 = Wednesday
weekday-within-4 = Thursday
weekday-within-5 = Friday
weekday-within-6 = Saturday
weekday-within-7 = Sunday
hours-closed-short = Closed now
hours-closed = Closed for now.
hours-reopen = Closed now, we reopen { $when }.
hours-closed-until = Closed until { $when }.
hours-closure = { $name }: closed for now.
hours-closure-until = { $name }: closed until { $when }.
hours-usual = Usually answers within about { $span }
hours-usual-open = Usually answers within about { $span } of opening hours
settings-hours = Hours, targets
times-lead = When somebody is there to answer. Outside these hours, shoppers read when you are back.
times-zone = Times are those of { $zone }.
times-zone-change = Change the time zone
times-week = The week
times-always = Open round the clock. Add hours, and everything outside them is closed.
times-closed = Closed
times-add = Add hours on
times-from = From
times-to = To
times-add-do = Add hours
times-midnight = 00:00 as an end is midnight. Hours past midnight go on the next day.
times-span = { $from }–{ $to }
times-remove-span = Remove { $day }, { $span }
times-closures = Holidays and closures
times-closures-none = None yet.
times-days = { $first } to { $last }
times-remove-closure = Remove { $days }
times-first = First day
times-last = Last day, if there are several
times-name = Name
times-name-hint = Shoppers read it: Christmas, Summer closure.
times-close-do = Add closed days
times-target = Reply target
times-target-sentence = We want to answer within { $minutes } minutes.
times-target-minutes = Minutes until an answer
times-target-text = Only opening minutes count. Threads that wait are counted again when you change something here.
times-reads = What a shopper reads
times-writes-now = Who writes now reads:
times-writes = Who writes { $when } reads:
times-reads-nothing = Nothing: you are open.
error-opening-days = Choose at least one day.
error-opening-day = “{ $day }” is not a day of the week.
error-opening-time = “{ $time }” is not a time of day. Write it like 9:00.
error-opening-order = { $to } is not after { $from }. Hours past midnight go on the next day.
error-opening-overlap = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
} { $span } overlaps { $other }. Remove that first, or choose other times.
error-opening-many = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
} has { $max } pieces already, no more fit.
error-opening-date = “{ $date }” is not a day. Choose one from the calendar.
error-opening-closure-order = The last day, { $last }, is before the first.
error-opening-closure-long = { $max ->
    [one] A closure lasts { $max } day at most.
   *[other] A closure lasts { $max } days at most.
}
error-opening-closure-there = These days are closed already.
error-opening-closures-many = There are { $max } closures already. Remove one first.
error-opening-name = A name has { $max } characters at most, on one line.
error-opening-target = Choose between 1 and { $max } minutes.

# Presents
gift-share = Send the gift without its prices
gift-title = For whoever it is for
gift-text = It shows what is inside and where the parcel is. It shows no price, and nothing about you; nobody can write or ask for anything with it.
gift-hides = Without prices, without your name, without this conversation. You can end the link at any time.
gift-make = Make the link
gift-code = Code that opens the page of the gift
gift-address = The address to hand on
gift-copy = Copy
gift-copied = Copied
gift-hand-on = Share
gift-lasts = It works for 90 days, or until you end it.
gift-end = End this link
gift-for-you = A gift for you
gift-over-order = Nothing is on its way
gift-questions = Questions? Whoever gave it to you can ask { $shop }.
gift-over-title = This link has ended
gift-over-text = Whoever gave you the present can make a new one.
# Public holidays
holiday-new-year = New Year’s Day
holiday-epiphany = Epiphany
holiday-good-friday = Good Friday
holiday-easter-monday = Easter Monday
holiday-labour = Labour Day
holiday-victory = Victory Day 1945
holiday-ascension = Ascension Day
holiday-whit-monday = Whit Monday
holiday-national = National Day
holiday-assumption = Assumption
holiday-all-saints = All Saints’ Day
holiday-armistice = Armistice Day
holiday-immaculate = Immaculate Conception
holiday-christmas = Christmas Day
holiday-after-christmas = Boxing Day
holiday-kings-day = King’s Day
holiday-liberation = Liberation Day
holiday-unity = Day of German Unity
holiday-bank-may = Early May bank holiday
holiday-bank-spring = Spring bank holiday
holiday-bank-summer = Summer bank holiday
holiday-constitution = Constitution Day
holiday-republic = Republic Day
holiday-saint-francis = Saint Francis
holiday-europe = Europe Day
times-holidays = Public holidays
times-holidays-text = Those of the next twelve months. Nothing closes by itself: tick the days on which you are closed.
times-holidays-country = Country
times-holidays-show = Show
times-holidays-which = Closed on these days
times-holidays-there = closed already
times-holidays-do = Close on these days
times-holidays-part = Days that only a part of the country keeps are not listed: add them above.
times-country-fr = France
times-country-be = Belgium
times-country-nl = Netherlands
times-country-de = Germany
times-country-gb = England
times-country-es = Spain
times-country-it = Italy
times-country-lu = Luxembourg
error-opening-holidays = Tick at least one day.
## The head of a shopper's page

head-language = Language
head-more = More
exchange-photo-asked = Photo asked for

## How the desk looks

desk-hint-canned = canned replies
desk-keys-find = Find an action
desk-propose-left = { $count } left
desk-loading = Loading
desk-clear = The counter is clear
people-available = Available

## A person's data

settings-personal = Personal data
settings-activity = Activity
desk-event-erased = { $who } erased this person’s data
desk-person-data = What is held about this person
desk-person-erased = This person’s data was erased on { $date }.
personal-lead = What is held about a shopper, to hand over or to erase when they ask, and for how long things are kept.
personal-find = Find a shopper
personal-email = E-mail address
personal-find-do = Find
personal-nobody = No shopper has this address. Check the spelling, or open the shopper from their thread.
personal-erased = Erased
personal-erased-none = Nobody was erased yet.
personal-state = State
personal-finished = Done
personal-going-on = Going on
personal-kept = How long things are kept
personal-kept-text = In days. What is older goes by itself, about once an hour.
personal-kept-wrong = Nothing was changed: see the fields below.
personal-kept-threads = What was said in threads
personal-kept-threads-text = Counted from the last thing that happened in a thread nobody waits in. From { $least } to { $most } days; { $usual } unless you choose.
personal-kept-bodies = What order systems sent, word for word
personal-kept-bodies-text = Needed to replay an event. From { $least } to { $most } days; { $usual } unless you choose.
personal-kept-letters = That e-mails were sent
personal-kept-letters-text = From { $least } to { $most } days; { $usual } unless you choose.
personal-kept-audit = Activity
personal-kept-audit-text = From { $least } to { $most } days; { $usual } unless you choose.
person-export-much = { $most } threads or more are held about this person: that is too much for one export, and nothing was handed over.
error-retention-bounds = Enter a number from { $least } to { $most }.
person-lead = Everything that is held about one shopper.
person-known = Who they are
person-name = Name
person-email = E-mail
person-phone = Phone
person-language = Language
person-orders = Orders
person-orders-none = No order is known.
person-orders-more = There are more; all of them are in the export.
person-export = Hand over
person-export-text = One archive: a page to read in the shopper’s language, the same as JSON for another program, and every file they sent or were sent.
person-export-notes = Your team’s internal notes about this person are in it, because they are about them. Read them before you hand the archive over.
person-export-do = Download the archive
person-erase = Erase
person-goes = What goes
person-goes-who = Name, e-mail, phone, addresses and language
person-goes-said = Every message, note, file and reason in their threads, and what the search knows of them
person-goes-parcels = Tracking numbers, and where parcels were
person-goes-raw = What order systems sent about them, and e-mails that wait to be sent
person-goes-links = Every link to their threads, and every browser that was let in
person-stays = What stays
person-stays-orders = Orders with their articles, sums and tax, without a name
person-stays-events = That something happened, and when: no words, no names
person-stays-elsewhere = What your shop, your mail server and your backups hold. Backups from before are erased again when they are restored.
person-erase-warning = There is no way back. Requests that wait for a decision are cancelled. Who buys again is somebody new.
person-erase-confirm = Type { $word } to confirm
person-erase-mistyped = That is not what stands above.
person-erase-do = Erase for good
person-erased = This person’s data was erased on { $date }.
person-erased-finished = Nothing of it is left.
person-erased-going-on = What order systems sent is being gone through.
activity-lead = Who signed in, who changed what, who handed over or erased. It cannot be edited.
activity-check = Check
activity-download = Download
activity-entries = Entries
activity-kind = Kind
activity-all = All
activity-person = Person
activity-everybody = Everybody
activity-show = Show
activity-none = Nothing here.
activity-when = When
activity-who = Who
activity-what = What
activity-about = About
activity-older = Older
activity-whole = { $count ->
    [one] The one entry is as it was written.
   *[other] All { $count } entries are as they were written.
}
activity-broken = Entry { $number } is not as it was written, or is missing.
activity-days = { $from } → { $to } days
activity-times = { $count ->
    [one] once more
   *[other] { $count } more times
}
activity-again = again, after a restore
activity-by-agent = Somebody who left
activity-by-app = A program
activity-by-system = Comptoir
activity-by-stranger = Somebody unknown
activity-area-access = Signing in
activity-area-team = Team
activity-area-secrets = Passwords and secrets
activity-area-settings = Settings
activity-area-data = Personal data
activity-reason-role = not for this role
activity-reason-not-theirs = not theirs, or not there
activity-reason-password = wrong password
activity-reason-code = wrong code
activity-reason-token = wrong token
activity-signed-in = Signed in
activity-sign-in-failed = Sign-in refused
activity-signed-out = Signed out
activity-sessions-ended = Ended sessions
activity-denied = Turned away
activity-invited = Invited somebody
activity-invitation-withdrawn = Withdrew an invitation
activity-joined = Joined
activity-role-changed = Changed a role
activity-deactivated = Deactivated
activity-reactivated = Reactivated
activity-password-changed = Changed the password
activity-address-changed = Changed the sign-in address
activity-second-on = Switched two-step sign-in on
activity-second-off = Switched two-step sign-in off
activity-recovery-used = Used a recovery code
activity-connected = Connected an order system
activity-secret-shown = Read a secret
activity-secret-replaced = Replaced a secret
activity-secret-ended = Ended an old secret
activity-links-replaced = Replaced the key of order links
activity-token-made = Made an API token
activity-shop-changed = Changed a shop
activity-policy-changed = Changed the exchange policy
activity-retention-changed = Changed how long something is kept
activity-exported = Handed a person’s data over
activity-erased = Erased a person
activity-replayed = Replayed an event
activity-log-downloaded = Downloaded this log

## What a shop holds about somebody, as they get it

yours-title = What { $merchant } holds about you
yours-made = Put together on { $date }. The same is in data.json, for other programs.
yours-person = You
yours-name = Name
yours-email = E-mail
yours-phone = Phone
yours-language = Language
yours-order = Order { $number }
yours-placed = Placed
yours-ship-to = Sent to
yours-bought = Article
yours-parcel = Parcel
yours-total = Total
yours-talk = Conversation, begun on { $date }
yours-request = Request
yours-file = File
yours-you = You
yours-note = Internal note of the shop
yours-moment = { $date }, { $time }
yours-raw = What the shop’s systems told
error-person-erased = This person’s data was erased: nothing more is written here.
desk-emptied = What was said here was removed on { $date }: its time was over.
