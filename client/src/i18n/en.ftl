# Everywhere
app-name = Hallway
courses = Courses
messages = Messages
messages-badge = { $count ->
    [0] Messages
    [one] Messages, { $count } unread chat
   *[other] Messages, { $count } unread chats
  }
admin-portal = Admin portal
profile = Profile
account-menu = Your account
sign-out = Sign out
language = Language
theme = Appearance
theme-system = Match system
theme-light = Light
theme-dark = Dark
skip = Skip to content
cancel = Cancel
save = Save
saved = Saved.
close = Close
delete = Delete
add = Add
edit = Edit
remove = Remove
search = Search
back = Back
more = More
loading = Loading…
show-more = Show more
nothing-found = No results
optional = optional
not-found-title = Page not found
not-found-text = The link may be wrong, or you don’t have access.
chat-not-loaded = This chat didn’t load
try-again = Try again
fault = Something went wrong. Try again.
problem-sign_in_failed = Incorrect login or password.
problem-too_many = Too many attempts. Wait a minute and try again.
problem-unavailable = The database isn’t responding. Nothing was changed. Try again in a moment.
problem-not_found = This no longer exists, or you don’t have access.
refusal-nothing_to_mark = There’s no message from the other person to mark as unread.
problem-signed_out = You’ve been signed out. Sign in again.
problem-account_suspended = This account is suspended. Ask whoever runs this server.
problem-too_many_pinned = You can pin up to 20 chats. Unpin another chat first.
problem-not_listed = This chat isn’t in your list.
refusal-not_ahead = Choose a time within the next year.
refusal-too_many_people = This account has as many people as it may have. Deactivate or remove someone first.
unreachable = Can’t reach the server. Check your connection and try again.
clear-field = Clear { $field }
pages = Pages
page-range = { $from }–{ $to } of { $total }
page-back = Back
page-next = Next
results = { $count ->
    [one] { $count } result
   *[other] { $count } results
  }
results-first = Showing the first { $count }. Keep typing to narrow the list.
search-failed = Search failed. Check your connection and try again.
announcements = Alerts
role-owner = Account owner
role-administrator = Administrator
role-department_administrator = Department administrator
role-author = Author
role-learner = Learner
members = { $count ->
    [one] { $count } person
   *[other] { $count } people
  }

# Signing in
sign-in = Sign in
sign-in-title = Sign in to { $academy }
login-or-email = Login or email
password = Password
show-password = Show password
demo-title = Try the demo as
demo-hint = The people in this demo are invented. Choose one to sign in.
set-up-title = Set up Hallway
set-up-text = Create your academy and its owner’s account. You do this only once.
set-up-token = Setup token
set-up-token-hint = The server printed it when it started.
academy-name = Academy name
your-name = Your name
email = Email
login = Login
create-academy = Create academy
choose-password-title = Choose a password
choose-password-hint = At least 10 characters.
choose-password = Save and sign in
link-spent = This link has expired or was already used. Ask an administrator for a new one.

# Messages: the list
new-chat = New chat
search-chats = Search people and messages
search-group-chats = Chats
search-group-people = People you can message
search-group-messages = Messages
search-results = Search results
search-nothing = No results for “{ $text }”. Check the spelling or try fewer letters.
search-count = { NUMBER($count) } found
search-count-first = First { $count }
search-more = Show more
search-you = You:
search-leave = Close search
search-key-move = Move
search-key-open = Open
search-key-clear = Clear
search-tips = Search tips
search-tip-from = from a person, or from:me
search-tip-in = in a chat
search-tip-before = sent before a day, a month or a year
search-tip-file = with a file
search-tip-phrase = these words side by side
search-tip-add = Add { $words } to the search
hits-in-chat = Results in this chat
hit-of = { $at } of { $total } in this chat
hit-total-partial = { $count }+
hit-older = Older result
hit-newer = Newer result
filter-all = All
filter-waiting = Waiting for my answer
filter-waiting-count = Waiting for my answer { $count }
no-waiting = All answered. Nice work.
filter-course = Course
all-my-courses = All my courses
no-chats-of-course = No chats about this course yet
list-order = Order
order-oldest = Oldest first
order-newest = Newest first
compact-list = Compact list
filter-unread = Unread
filter-unread-count = Unread { $count }
chats = Chats
no-chats = No messages yet
no-chats-learner = Open a course and choose “Write an expert” on an expert’s card.
no-chats-staff = Start one with “New chat”.
archived-chats = Archived chats
back-to-list = Back to all chats
no-archived = Nothing archived
no-archived-text = Archive a chat from its menu. It comes back with the next message, unless it’s muted.
pinned = Pinned
no-unread = You’re all caught up
no-chat-chosen = Select a chat to start reading
row-expert = Expert · { $course }
row-question = Question · { $course }
row-former-expert = Former expert · { $course }
you-said = You: { $text }
not-sent-mark = Not sent.
draft-mark = Draft:
draft-elsewhere = Written on another device
draft-use = Use this
draft-add = Add to mine
draft-discard = Discard
draft-replaced = Your text was replaced.
draft-added = Both texts are in your message now.
draft-discarded = Draft discarded.
draft-here-only = This draft is on this device only.
draft-kept = Your draft. You can’t send it at the moment.
message-deleted = Message deleted
row-name = { $unread ->
    [0] { $name }, { $role }, { $time }: { $text }
    [one] { $name }, { $role }, { $unread } unread message, { $time }: { $text }
   *[other] { $name }, { $role }, { $unread } unread messages, { $time }: { $text }
  }
today = Today
yesterday = Yesterday

# Messages: the chat
back-to-chats = Back to chats
chat-with = Chat with { $name }
chat-menu = Chat options
open-course = Open course
new-messages = New messages
history = Messages with { $name }
write-message = Write your message
forward = Forward
composer-hint = Enter to send, Shift + Enter for a new line
left-to-write = { $count ->
    [one] { $count } character left
   *[other] { $count } characters left
  }
too-long = { $count ->
    [one] { $count } character over the limit
   *[other] { $count } characters over the limit
  }
state-waiting = Waiting
state-sending = Sending…
state-sent = Sent
state-read = Read
state-not-sent = Not sent
retry = Retry
updated = Hallway was updated.
reload = Reload
offline = You’re offline. Messages will be sent when you’re back online.
asks-about = Question about { $course }
start-hint = Write your first message to { $name }.
start-about = Ask { $name } about { $course }.
to-newest-count = { $count ->
    [0] Jump to latest
    [one] Jump to latest, { $count } new message
   *[other] Jump to latest, { $count } new messages
  }
delete-message = Delete message
delete-for-everyone = Delete for everyone
message-deleted-undo = Message deleted.
undo = Undo
delete-chat = Delete chat
delete-chat-with = Delete chat with { $name }
delete-chat-text = Only your copy is deleted. { $name } keeps theirs. Your draft and what you scheduled there go, too.
chat-deleted = Chat deleted.
said = { $name }: { $text }
is-typing = { $name } is typing…
you = You

keys-title = Keyboard shortcuts
key-search = Search
key-new = New chat
key-help = Show keyboard shortcuts
key-escape = Close the menu, then the dialog, then the chat
key-arrows = Move through lists and menus
key-pin = Pin a chat, or unpin it
key-archive = Archive a chat, or move it out of the archive
key-enter = Send message
key-shift-enter = New line
key-undo = Undo the last deletion

# Why something is refused
notice-messaging_off = Private messaging is switched off. Your chats are kept.
notice-other_removed = { $name } was removed. The chat is kept, but you can’t write in it.
notice-other_deactivated = { $name } was deactivated. The chat is kept, but you can’t write in it.
notice-other_not_expert = { $name } is no longer an expert of { $course }. The chat is kept, but you can’t write in it.
notice-you_not_expert = You’re no longer an expert of { $course }. The chat is kept, but you can’t write in it.
notice-neither_may_write = Neither of you can write to the other right now. The chat is kept.
notice-no_relation = You can’t start a chat with { $name }.
notice-you_not_active = Your account isn’t active.
notice-yourself = You can’t write to yourself.
notice-too_many = You’re sending messages too fast. Wait a moment, then retry.
notice-invalid = This text can’t be sent.
notice-key_reused = This wasn’t sent because it was mixed up with an earlier message. Retry to send it.
notice-other = This couldn’t be sent.
see-experts = Open the course
see-experts-after = to see its experts.

# Messages: who the other person is
about = About
about-person = About { $name }
back-to-chat = Back to chat
connects-you = What connects you
connection-expert = Your expert
connection-expert-since = Your expert since { $date }
connection-learner = You’re the expert
connection-colleague = You’re both experts
connection-former-expert = Former expert
connection-formerly-mine = You were the expert
replies-within = { $count ->
    [one] Usually replies within { $count } hour
   *[other] Usually replies within { $count } hours
  }
office-times = { $days }, { $times }
their-time = { $time } for { $name }
zone-same = { $city }, same time as you
zone-ahead = { $hours ->
    [one] { $city }, { $hours } hour ahead of you
   *[other] { $city }, { $hours } hours ahead of you
  }
zone-behind = { $hours ->
    [one] { $city }, { $hours } hour behind you
   *[other] { $city }, { $hours } hours behind you
  }
in-touch-since = In touch since
about-course = About { $course }
drop-course = Remove “About { $course }”
course-dropped = No longer about { $course }

# New chat
to = To
people-hint-all = You can write to everyone you administer.
people-hint-departments = You can write to people in the departments you manage and to the experts of your courses.
people-hint-other = These are the people you can write to first.
nobody = No matching people

# Courses
my-courses = My courses
no-courses = No courses yet
no-courses-text = Courses appear here once an administrator enrols you.
lessons = Lessons
lesson-count = { $count ->
    [one] { $count } lesson
   *[other] { $count } lessons
  }
course-experts = { $count ->
    [one] Course expert
   *[other] Course experts
  }
no-experts = This course has no expert right now.
write-an-expert = Write an expert
write-an-expert-name = Write an expert: { $name }
you-are-expert = You’re an expert of this course

# Profile
time-zone = Time zone
change-password = Change password
current-password = Current password
new-password = New password
password-changed = Password changed. You’ve been signed out everywhere else.
sessions = My sessions
sessions-hint = Browsers where you’re signed in. End any session you don’t recognize or no longer need. If one wasn’t yours, change your password too.
sessions-alone = You’re signed in on this device only.
session-named = { $browser } on { $system }
session-unknown = Unknown browser
session-mine = This device
session-network = Network
session-since = Signed in
session-seen = Last seen
session-end = End
session-end-name = End session: { $name }
session-ended = Session ended. That device is signed out.
sessions-end-others = End all other sessions
sessions-end-others-title = End all other sessions?
sessions-end-others-text = Your other browsers are signed out right away. This one stays signed in, and programs with an access token keep working.
sessions-ended = { $count ->
    [0] No other device was signed in.
    [one] { $count } session ended.
   *[other] { $count } sessions ended.
  }
tokens = Personal access tokens
tokens-hint = For programs that use Hallway on your behalf. Treat tokens like passwords.
token-name = What’s it for?
token-made = Copy the token now. You won’t see it again.
token-scope = What can it do?
token-scope-read = Read
token-scope-write = Read and write
token-scope-admin = Everything I can do
token-made-on = Created { $date }
token-until = Expires { $date }
token-endless = Never expires
make-token = Create token
revoke = Revoke
no-tokens = No tokens yet

# Admin portal
users = Users
departments = Departments
import = Import
settings = Settings
add-user = Add user
edit-user = Edit { $name }
search-users = Search by name, login or email
user-count = { $count ->
    [one] { $count } user
   *[other] { $count } users
  }
name = Name
role = Role
title = Title
department = Department
no-department = No department
supervisor = Supervisor
nobody-chosen = None
manages = Manages
state = State
state-active = Active
state-inactive = Deactivated
state-removed = Removed
all-roles = All roles
deactivate = Deactivate
activate = Activate
remove-user = Remove
remove-user-title = Remove { $name }?
remove-user-text = They’ll be signed out everywhere and can’t come back. Chats with them are kept, but nobody can write in them.
deactivate-title = Deactivate { $name }?
deactivate-text = They’ll be signed out everywhere until they’re activated again. Until then, nobody can write in chats with them.
sign-in-link = Sign-in link
sign-in-link-text = Give this link to { $name }. It works once, within seven days, and lets them choose a password.
link-first = { $name } has never signed in. You can see their link and give it to them.
link-is-told = { $name } will see that you created it, and when.
link-by-mail = { $name } has signed in before, so only they can see their link. It will be emailed to:
link-to-former = The address was changed to { $email } less than a week ago, and { $name } hasn’t confirmed it yet. Links still go to the previous address.
link-by-operator = { $name } has signed in before and can’t be reached by email. Set up email, let a second administrator confirm links (in Settings), or ask whoever runs the server for a link:
link-needs-second = { $name } has signed in before and can’t be reached by email. You can see the link once a second administrator confirms it.
link-asked = Requested on { $moment }. Other administrators see the request above the list of users. It expires after a day.
link-confirmed = A second administrator has confirmed it. You can see { $name }’s link once.
link-mailed = The link is on its way to { $email }.
show-link = Show link
mail-link = Email link
ask-second = Ask a second administrator
link-requests = Sign-in links to confirm
link-requests-hint = Anyone who sees one of these links can sign in as that person. Confirm only what you’ve checked with both people.
link-request-by = On { $moment }, { $name } asked to see the link.
link-request-confirmed = { $name } has confirmed it. Open “Sign-in link” next to the person.
confirm-link = Confirm
confirm-link-for = Confirm the link for { $name }
decline-link = Decline
decline-link-for = Decline the link for { $name }
withdraw-link = Cancel request
withdraw-link-for = Cancel the request for { $name }
link-was-confirmed = { $name } can see the link now.
links-by-confirmation = A second administrator can confirm sign-in links
links-by-confirmation-hint = For people who have signed in before but can’t be reached by email. The administrator who asked then sees the link, and the person is notified.
show-typing = Show who is typing
show-typing-hint = People who have a chat open see there when the other person is typing. Nothing is stored.
copy = Copy
copied = Copied.
not-copied = Your browser didn’t allow copying. Select the text and copy it yourself.
photo = Photo
add-department = Add department
add-below = Add below
department-members = { $count ->
    [0] No people
    [one] { $count } person
   *[other] { $count } people
  }
remove-department-title = Remove { $name }?
remove-department-text = A department can only be removed when it’s empty.
parent = Parent department
at-the-top = None (top level)
add-course = Add course
description = Description
lessons-hint = One lesson per line.
experts = Experts
enrolled = Enrolled
assign-expert = Assign an expert
enrol = Enrol a learner
unassign = Unassign { $name }
withdraw = Unenrol { $name }
enrolled-count = { $count ->
    [0] Nobody enrolled
    [one] { $count } enrolled
   *[other] { $count } enrolled
  }
remove-course-title = Remove { $name }?
remove-course-text = Its enrolments and experts are removed too. Chats about it are kept.
import-kind = What are you importing?
kind-users = Users
kind-departments = Departments
kind-courses = Courses
kind-enrolments = Enrolments
kind-experts = Experts
import-columns-users = Columns: name, email, login. Optional: role, title, department, supervisor, manages, state.
import-columns-departments = Columns: department (its path, such as Operations/Warehouse). Optional: supervisor.
import-columns-courses = Columns: title. Optional: description, lessons (separated by |).
import-columns-enrolments = Columns: course (its title), login.
import-columns-experts = Columns: course (its title), login.
choose-file = Choose a CSV or XLSX file
checking = Checking row { $done } of { $total }…
applying = Importing row { $done } of { $total }…
import-preview = { $add } to add, { $change } to change, { $same } unchanged.
import-refused = { $count ->
    [one] { $count } row has errors. Nothing was imported.
   *[other] { $count } rows have errors. Nothing was imported.
  }
import-line = Row
import-column = Column
import-value = Value
import-why = Problem
import-apply = Import { $count ->
    [one] { $count } row
   *[other] { $count } rows
  }
import-done = Import complete: { $add } added, { $change } changed.
import-left-out = { $count ->
    [one] { $count } row was skipped because something it depends on changed after the check.
   *[other] { $count } rows were skipped because something they depend on changed after the check.
  }
import-failed = Import failed. Nothing was changed. { $reason }
import-stopped = Import stopped after { $done } of { $total } rows. { $reason }
import-template = Download a template
import-columns = Columns
import-choose-columns = Choose columns
import-columns-left-out = Left out: { $columns }
import-column-is = Import “{ $column }” as
import-leave-out = Leave out
import-needed = { $column } (required)
import-missing = Still missing: { $columns }
import-doubled = Chosen twice: { $columns }
import-check = Check file
import-encoding = Encoding
import-encoding-found = { $name }, detected
import-encoding-other = Another encoding
import-encoding-none = None of these
import-encoding-doubt = This file can be read in several ways. Choose the one with the right letters.
import-encoding-which = Which lines look right?
import-encoding-name = { $letters } ({ $encoding })
letters-unicode = Unicode
letters-central-european = Central European
letters-cyrillic = Cyrillic
letters-western = Western European
letters-greek = Greek
letters-turkish = Turkish
letters-hebrew = Hebrew
letters-arabic = Arabic
letters-baltic = Baltic
letters-vietnamese = Vietnamese
letters-thai = Thai
letters-chinese-simplified = Chinese, simplified
letters-chinese-traditional = Chinese, traditional
letters-japanese = Japanese
letters-korean = Korean
# Why a file or a row can't be imported; $line is its number.
import-why-empty = This is empty.
import-why-too-long = This is too long.
import-why-not-a-name = Use at most 200 characters, on one line.
import-why-unprintable = This contains characters that can’t be displayed. Type it again.
import-why-not-an-email = Enter a valid email address, such as name@example.org.
import-why-not-a-login = Use 2 to 64 letters, digits, or any of . _ - @ +
import-why-twice-in-file = Row { $line } already has this.
import-why-in-use = This is already in use.
import-why-no-role = Use one of: { $roles }.
import-why-role-not-yours = You can’t give or take away this role, or change this person.
import-why-no-state = Use active or inactive.
import-why-no-department = Department “{ $path }” doesn’t exist. Enter its path, such as Operations/Warehouse.
import-why-no-path = Enter the department’s path, such as Operations/Warehouse.
import-why-outside-departments = This is outside the departments you manage.
import-why-too-many-people = This account has as many people as it may have.
import-why-managers-not-yours = Only an account administrator can decide who manages a department.
import-why-no-supervisor = You don’t administer an active person with this login. Leave the column out to keep the current supervisor.
import-why-no-course = No course has this title.
import-why-no-person = Nobody has this login or email.
import-why-not-active = Only an active person can be an expert.
import-why-not-stored = This row couldn’t be stored. Try entering it by hand.
import-why-missing-column = The column “{ $column }” is missing. Choose which one it is.
import-why-double-column = More than one column is “{ $column }”. Leave out all but one.
import-why-too-many-taken = More than { $most } rows have a login or email of someone you don’t administer. Ask an account administrator to import this file.
import-why-not-a-sheet = Choose a CSV or XLSX file.
import-why-broken-csv = This isn’t a valid CSV file. Check the quotation marks in line { $line }.
import-why-broken-xlsx = This isn’t a valid XLSX file.
import-why-unknown-encoding = The file’s encoding is uncertain. Choose it below, or save the file as UTF-8.
import-why-damaged-letters = Line { $line } contains damaged letters. Save the file as UTF-8 again.
import-why-too-large = The file is too large to import at once.
import-why-too-large-cell = Row { $line } has a cell with more than { $most } characters.
import-why-too-many-columns = The file has more than { $most } columns. Remove those you don’t need.
import-why-unreadable = This file needs too much memory or time to read.
import-why-stopped = The server was stopped. Upload the file again; rows that were already imported won’t change.
private-messaging = Private messaging
private-messaging-hint = When off, Messages is hidden and nobody can send. All chats are kept.
mode = Who can start a chat
mode-strict = Strict
mode-strict-hint = Staff can write to the people they administer. Learners can write to the experts of their courses.
mode-managers = Managers
mode-managers-hint = Everything in Strict, plus everyone can write to the people who administer them.
mode-limited = Limited
mode-limited-hint = Everything in Strict, plus attendees can write to the organizer of their training, and supervisors to the people they supervise.
mode-open = Open
mode-open-hint = Everyone can write to everyone.
delete-window = Time limit for “Delete for everyone”
delete-window-hours = { $count ->
    [0] Not available
    [one] { $count } hour
   *[other] { $count } hours
  }

# Notifications
notices = Notifications
notices-hint = How you’re notified when you’re away. Messages itself always updates right away.
notices-push = On this device
notices-push-hint = Show notifications on this device, even when Hallway is closed.
notices-push-refused = This browser blocks notifications from this site. Allow them in its settings, then come back.
notices-push-cannot = This browser can’t show notifications. On an iPhone or iPad, add Hallway to the Home Screen first.
notices-push-not-here = Notifications don’t work on this device. Try another browser.
kind-message = Messages
kind-question = Questions about courses
when-now = Right away
when-hourly = Every hour
when-daily = Once a day
when-never = Never
choice-of = { $kind }: { $channel }
choice-locked = Set by your academy.
quiet-hours = Quiet hours
quiet-from = From
quiet-until = Until
days-off = Days off
digest-at = Send the daily summary at
hides-text = Hide message text
hides-text-hint = Notifications only say that you have a new message.
devices = Devices that get notifications
bounced = Email to { $email } bounced: { $reason }. You won’t get email there until the address is changed or you try again.
bounced-again = Try again
bounced-user = Email to { $email } bounced: { $reason }. Correct the address, or ask the person to try again in their profile.
mail-bounced = Email to { $email } is bouncing, so you aren’t notified by email.
mail-bounced-more = See what to do
user-mail-bounced = Email is bouncing
mails-ended = You unsubscribed from all notification emails. Your choices below apply again once you resubscribe.
mails-again = Resubscribe
mails-ended-user = { $name } unsubscribed from all notification emails. Only they can resubscribe.
office-hours = Office hours
office-hours-hint = Learners see when you answer and when to expect a reply.
office-on = Show office hours
office-opens = Opens
office-closes = Closes
office-reply = Usual reply time
office-reply-hours = { $count ->
    [one] { $count } office hour
   *[other] { $count } office hours
  }
office-open = { $name } answers { $hours }.
office-reply-by = Expect a reply by { $by }.
mute-chat = Mute chat
unmute-chat = Unmute chat
mute-hour = For 1 hour
mute-tomorrow = Until tomorrow, { $time }
mute-week = For a week
mute-forever = Until I turn it back on
muted-until = Muted until { $time }
pin-chat = Pin
unpin-chat = Unpin
archive-chat = Archive
unarchive-chat = Move out of the archive
chat-pinned = Chat pinned.
chat-unpinned = Chat unpinned.
chat-archived = Chat archived.
chat-unarchived = Chat moved back to your list.
mark-unread = Mark as unread
mark-unread-here = Mark as unread from here
mark-read = Mark as read
marked-unread = Marked as unread.
marked-read = Marked as read.
muted = Muted
chat-muted = Chat muted. You won’t be notified, but it stays in your list.
chat-unmuted = Chat unmuted.
by-mail = sent by email
show-quoted = Show quoted text
stop-mails-title = Unsubscribe?
stop-mails-asked = You won’t get any more emails about messages. You can still read everything in Messages.
stop-mails-do = Unsubscribe
stop-mails-ended = You’ve unsubscribed. You won’t get any more emails about messages.
stop-mails-resumed = You’ve resubscribed. You’ll get emails as set in your profile.
notices-policy-hint = Defaults for people who haven’t chosen for themselves. Nobody can change what you lock, but everyone can unsubscribe from emails.
lock-choice = Lock { $choice }
mail-after = Wait before emailing about an unread message
mail-after-minutes = { $count ->
    [0] Don’t wait
    [one] { $count } minute
   *[other] { $count } minutes
  }
mail-colour = Email colour
mail-colour-usual = Default colour
hides-text-all = Never show message text outside Hallway
kept-mails = Unprocessed email
kept-mails-hint = Incoming email that Hallway couldn’t process: the latest 200 from the last 90 days.
kept-unreadable = Can’t be read
kept-forged = Forged sender
kept-no_address = Doesn’t belong to a chat
kept-not_sent = Couldn’t be sent
kept-unclear_sender = Unclear sender
kept-too_complex = Too many parts
kept-automatic = Automatic reply
kept-not_told = Couldn’t be posted, and the sender couldn’t be told
kept-too_hard = Took too long to read

set-aside = Failed tasks
set-aside-hint = Background tasks that failed repeatedly. Nothing else is waiting for them.
job-notification = Notification
job-import = Import
job-inbound_mail = Incoming email
job-mail = Email
job-upkeep = Cleanup
job-other = Other task
job-queued = Trying again now.
job-discarded = Discarded.
discard = Discard
discard-title = Discard this task?
discard-text = It won’t be done. This can’t be undone.
discard-text-mail = The email and its text will be deleted. This can’t be undone.

# The audit log
audit-log = Audit log
audit-log-hint = Who changed what. It can’t be edited, and it never shows what people write.
audit-mine = Account activity
audit-mine-hint = Sign-ins, links, and changes to your role, permissions and password.
audit-empty = No entries yet
audit-empty-filtered = No matching entries. Try fewer filters or other dates.
audit-actions = Actions
audit-all-actions = All actions
audit-group-account = Account and settings
audit-group-entry = Sign-in
audit-group-user = People
audit-group-department = Departments
audit-group-course = Courses
audit-group-training = Trainings
audit-group-import = Imports
audit-group-export = Exports
audit-group-mail = Unprocessed email
audit-group-job = Background tasks
audit-by = Done by
audit-about = Affected person
audit-anyone = Anyone
audit-since = From
audit-until = To
audit-via-web = Web
audit-via-token = Program
audit-via-mail = Email
audit-via-command = Command line
audit-via-stranger = Not signed in
audit-via-system = Hallway
audit-by-command = Operator
audit-by-stranger = Someone
audit-by-system = Hallway
audit-entry-number = Entry
audit-before = Before
audit-after = After
audit-what = What
audit-gone = no longer exists
audit-yes = Yes
audit-no = No
audit-older = Older
audit-newest = Newest
audit-account-set-up = set up the account
audit-account-changed = changed the account’s settings
audit-account-saved = created a backup
audit-account-restored = restored everything from a backup
audit-account-moved = moved everything to another database
audit-account-notifications-changed = changed the notification settings
audit-entry-signed-in = signed in
audit-entry-failed = could not sign in as { $person }
audit-entry-failed-unknown = tried logins that don’t exist
audit-entry-signed-out = signed out
audit-entry-session-ended = ended a session of { $person }
audit-entry-link-made = created a sign-in link for { $person }
audit-entry-link-asked = requested a sign-in link for { $person }
audit-entry-link-confirmed = confirmed a sign-in link for { $person }
audit-entry-link-declined = cancelled or declined a sign-in link for { $person }
audit-entry-link-spent = chose a password with a sign-in link
audit-entry-password-changed = changed the password of { $person }
audit-entry-token-made = created the access token { $thing }
audit-entry-token-revoked = revoked the access token { $thing }
audit-user-added = added { $person }
audit-user-changed = changed the details of { $person }
audit-user-role-changed = changed the role of { $person } from { $from } to { $to }
audit-user-rights-changed = changed which departments { $person } manages
audit-user-deactivated = deactivated { $person }
audit-user-activated = activated { $person }
audit-user-removed = removed { $person }
audit-user-photo-changed = changed the photo of { $person }
audit-department-added = added the department { $thing }
audit-department-changed = changed the department { $thing }
audit-department-removed = removed the department { $thing }
audit-course-added = added the course { $thing }
audit-course-changed = changed the course { $thing }
audit-course-removed = removed the course { $thing }
audit-course-enrolled = enrolled { $person } in { $thing }
audit-course-withdrawn = unenrolled { $person } from { $thing }
audit-course-expert-assigned = assigned { $person } as an expert of { $thing }
audit-course-expert-unassigned = unassigned { $person } as an expert of { $thing }
audit-training-added = added the training { $thing }
audit-training-changed = changed the training { $thing }
audit-training-removed = removed the training { $thing }
audit-training-attended = added { $person } to { $thing }
audit-training-left = removed { $person } from { $thing }
audit-import-uploaded = uploaded the file { $thing } to import
audit-import-applied = imported the file { $thing }
audit-import-failed = could not import the file { $thing }
audit-mail-viewed = opened an unprocessed email
audit-mail-dropped = deleted an unprocessed email
audit-job-retried = retried a background task
audit-job-discarded = discarded a background task
fact-role = Role
fact-department_id = Department
fact-supervisor_id = Supervisor
fact-parent_id = Parent department
fact-organizer_id = Organizer
fact-manages = Manages
fact-name = Name
fact-title = Title
fact-texts = Changed
fact-messaging_on = Private messaging
fact-links_by_confirmation = Second administrator confirms links
fact-typing_on = Show who is typing
fact-asked_by = Asked by
fact-mode = Who can start a chat
fact-delete_for_everyone = “Delete for everyone” limit, in seconds
fact-entries = Entries
fact-added = Added
fact-changed = Changed
fact-lines = Rows
fact-kind = Kind
fact-is_there = Has one
fact-hides_text = Message text hidden
fact-locked = Locked
fact-mail_after = Minutes before an email
fact-mail_colour = Email colour
fact-is_new_device = New device
fact-days = Days
fact-scopes = Permissions
audit-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
  }
audit-export = { $count ->
    [one] Export { $count } entry
   *[other] Export { $count } entries
  }
audit-export-audit = { $count ->
    [one] exported { $count } entry of the audit log
   *[other] exported { $count } entries of the audit log
  }

# Changes that others made to an account
access-notices = About your account
the-operator = The server operator
access-link-made = On { $moment }, { $name } created a sign-in link for you. Anyone who has it can sign in as you.
access-link-spent = On { $moment }, a sign-in link that { $name } created for you was used to choose a new password.
access-password-set = On { $moment }, { $name } set your password. Choose one that only you know:
access-email-changed = On { $moment }, { $name } changed your email address.
access-new-email = It’s now { $email }. Is that yours?
access-login-changed = On { $moment }, { $name } changed your login.
access-read = Got it
access-mine = It’s mine

# Admin portal: many users
select = Select
unselect = Unselect
last-seen = Last seen
created = Created
all-statuses = All states
all-departments = All departments
status-active = Active
status-invited = Invited
status-link_expired = Link expired
status-not_invited = Not invited
status-deactivated = Deactivated
status-removed = Removed
seen-any-time = Seen at any time
seen-a-while-ago = A while ago
never-signed-in = Never signed in
not-seen-days = { $count ->
    [one] Not seen for { $count } day
   *[other] Not seen for { $count } days
  }
label-with-count = { $label } ({ $count })
link-good-until = The link works until { $moment }.
users-none = No matching people
sort-by = Sort by
sorted-ascending = { $column } ↑
sorted-descending = { $column } ↓
export-users = { $count ->
    [one] Export { $number } user
   *[other] Export { $number } users
  }
export-csv = CSV file
export-xlsx = Excel file (XLSX)
chosen-people = Selected people
clear-selection = Clear selection
chosen-count = { $count ->
    [one] { $number } selected
   *[other] { $number } selected
  }
choose-all = { $count ->
    [one] Select { $number }
   *[other] Select all { $number }
  }
choose-page = Select everyone on this page
choose-person = Select { $name }
bulk-title-deactivate = { $count ->
    [one] Deactivate { $number } person?
   *[other] Deactivate { $number } people?
  }
bulk-title-activate = { $count ->
    [one] Activate { $number } person
   *[other] Activate { $number } people
  }
bulk-title-department = { $count ->
    [one] Move { $number } person
   *[other] Move { $number } people
  }
bulk-title-role = { $count ->
    [one] Change the role of { $number } person
   *[other] Change the role of { $number } people
  }
bulk-do-deactivate = { $count ->
    [one] Deactivate { $number } person
   *[other] Deactivate { $number } people
  }
bulk-do-activate = Activate
bulk-do-department = { $count ->
    [one] Move { $number } person
   *[other] Move { $number } people
  }
bulk-do-role = { $count ->
    [one] Change { $number } person
   *[other] Change { $number } people
  }
bulk-deactivate-text = They’ll be signed out everywhere until they’re activated again. Until then, nobody can write in chats with them.
bulk-department-text = Department administrators and supervisors of the new department can message them right away.
bulk-role-text = Their permissions change right away.
bulk-done-deactivate = { $count ->
    [one] { $number } person deactivated
   *[other] { $number } people deactivated
  }
bulk-done-activate = { $count ->
    [one] { $number } person activated
   *[other] { $number } people activated
  }
bulk-done-department = { $count ->
    [one] { $number } person moved
   *[other] { $number } people moved
  }
bulk-done-role = { $count ->
    [one] Role of { $number } person changed
   *[other] Role of { $number } people changed
  }
send-invitations = Send invitations
sign-in-links = Sign-in links
bulk-title-invite = { $count ->
    [one] Invite { $number } person?
   *[other] Invite { $number } people?
  }
bulk-title-link = { $count ->
    [one] Create a sign-in link for { $number } person?
   *[other] Create sign-in links for { $number } people?
  }
bulk-do-invite = { $count ->
    [one] Send { $number } invitation
   *[other] Send { $number } invitations
  }
bulk-do-link = { $count ->
    [one] Create { $number } link
   *[other] Create { $number } links
  }
bulk-invite-text = Each person gets an email with a link to choose a password. Earlier links stop working.
bulk-text-link = For people who have never signed in. Earlier links stop working.
bulk-unchanged = Nothing to change
bulk-undone = { $count ->
    [one] Undone for { $number } person
   *[other] Undone for { $number } people
  }
bulk-not-undone = { $count ->
    [one] { $count } person has been changed since, and stays that way.
   *[other] { $count } people have been changed since, and stay that way.
  }
bulk-working = { $done } of { $total } done
stop = Stop
bulk-goes-on = You can close this window. The rest is done in the background.
bulk-partly = { $count ->
    [one] { $changed } changed, { $refused } left as it was:
   *[other] { $changed } changed, { $refused } left as they were:
  }
bulk-partly-invite = { $count ->
    [one] { $changed } invited, { $refused } left out:
   *[other] { $changed } invited, { $refused } left out:
  }
bulk-more-refused = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
  }
audit-export-users = { $count ->
    [one] exported { $count } user
   *[other] exported { $count } users
  }
fact-users = Users
fact-format = File format
fact-status = State
fact-has_text = Search text
fact-never_seen = Never signed in
fact-not_seen_since = Not seen since

# Getting started, invitations and forgotten passwords
first-steps = Get started
first-steps-progress = Get started · { $done } of { $total }
first-steps-title = Welcome, { $name }
first-steps-text = Five short steps until someone gets their first answer.
first-steps-foot = Steps tick themselves. Dismiss this any time; it stays in your menu.
first-steps-done = You’re set. Your first answer will show up in Messages.
steps-of = { $done } of { $total } steps done
step-done = Step { $number } done
step-people = Add people
step-people-text = Everyone who learns, teaches or helps.
step-people-brief = { $people } in { $departments }
step-course = Add a course
step-course-text = Learners find its experts on the course page.
step-course-brief = { $course } · { $learners }
step-expert = Choose its expert
step-expert-text = Learners see this person on the course page and can write to them.
step-invite = Invite everyone
step-invite-text = Get sign-in links, or email an invitation to each person.
step-message = Send the first message
step-message-text = Say hello. It shows that replies reach you.
step-message-brief = Sent
done = Done
dismiss = Dismiss
view = View
view-name = View: { $name }
open-messages = Open Messages
people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
  }
departments-count = { $count ->
    [one] { $count } department
   *[other] { $count } departments
  }
learners-count = { $count ->
    [0] no learners yet
    [one] { $count } learner
   *[other] { $count } learners
  }
newcomers-count = { $count ->
    [0] Everyone has signed in
    [one] { $count } person hasn’t signed in yet
   *[other] { $count } people haven’t signed in yet
  }
typed-people = Names and email addresses
typed-people-hint = One person per line, for example: Maya Chen, maya@example.org
type-people = Enter at least one name with an email address.
line-unclear = Enter a name and an email address.
add-people = Add people
import-instead = Import a file
course-title = Course title
enrol-all = Enrol all learners
enrol-all-hint = You can change who is enrolled at any time.
enrol-progress = Enrolling { $done } of { $total }…
make-expert = Make { $name } the expert
someone-else = Someone else
first-message = Hello and welcome! If you have a question, just reply here.
send-message = Send message
preview-title = What your learners will see
preview-course = Your course
preview-expert = Its expert
preview-hint = Learners can write to the experts of their courses. Change who can start a chat in
preview-settings = Settings
invite = Email an invitation
invite-again = Email it again
invite-all = { $count ->
    [one] Email an invitation to { $count } person
   *[other] Email an invitation to { $count } people
  }
link-all = { $count ->
    [one] Get the sign-in link
   *[other] Get { $count } sign-in links
  }
link-all-hint = Each link works once, within seven days. New links replace earlier ones.
link-all-hint-no-mail = Email isn’t set up here, so hand out the links yourself. Each works once, within seven days. New links replace earlier ones.
invite-progress = { $done } of { $total }…
invitations-go-on = You can leave this page. The rest is sent in the background.
invitations-sent = { $count ->
    [0] No invitations were sent.
    [one] { $count } invitation is on its way.
   *[other] { $count } invitations are on their way.
  }
invitation-sent = The invitation is on its way to { $email }.
how-they-come-in = How { $name } signs in
link-first-mail = { $name } has never signed in. Email them an invitation, or give them a link yourself.
invited-until = Invited on { $moment }. The link expires on { $ends }.
invited-expired = Invited on { $moment }. The link has expired.
new-links = { $count ->
    [0] No links created
    [one] { $count } sign-in link
   *[other] { $count } sign-in links
  }
new-links-hint = Anyone who has a link can sign in as that person. The links are shown only now.
new-links-more = { $count ->
    [one] { $count } more is in the file.
   *[other] { $count } more are in the file.
  }
copy-link-of = Copy the link for { $name }
save-links = Download as CSV
left-out = { $count ->
    [one] { $count } person was left out:
   *[other] { $count } people were left out:
  }
left-out-link_by_mail = has signed in before; email them the link
left-out-link_by_operator = has signed in before and can’t be reached by email
left-out-link_unconfirmed = has signed in before; a second administrator must confirm
left-out-no_mail_reaches = can’t be reached by email
left-out-not_active = is deactivated
left-out-too_many = was sent a link a moment ago
left-out-not_found = no longer exists, or isn’t yours to administer
left-out-owner_protected = only the owner can do this
left-out-right_not_yours = has a role that you can’t give
left-out-outside_your_departments = isn’t in a department that you manage
left-out-not_staff = only administrators can do this
left-out-not_yourself = is you; you can’t do this to yourself
left-out-changed_since = has been changed by someone else since
left-out-no_department = can’t be moved: the department no longer exists
left-out-not_stored = couldn’t be stored; try it on their own page
left-out-too_many_people = can’t be reactivated: the account has as many people as it may have
left-out-was_removed = was removed
forgot-password = Forgot your password?
forgot-title = Forgot your password?
forgot-text = Enter your login or email. We’ll email you a link for choosing a new password.
forgot-sent-title = Check your email
forgot-sent = If { $login } has an account here, a link is on its way to its email address. It works once, within a day.
forgot-sent-hint = Nothing there after a few minutes? Check your spam folder, or ask an administrator for a sign-in link.
forgot-no-mail = Email isn’t set up here, so nothing can be sent to you. Ask an administrator of { $academy } for a new sign-in link.
forgot-no-mail-owner = If you’re the only administrator, ask whoever runs the server. They can create a link on the command line.
send-link = Send link
send-new-link = Send me a new link
to-sign-in = Back to sign-in
link-spent-title = This link no longer works
link-spent-mail = It has expired or was already used. If you’ve never signed in, ask an administrator for a new invitation.
link-welcome-title = Welcome, { $name }
link-welcome = Choose a password to sign in to { $academy }.
link-for = For { $name } at { $academy }.
session-over = You’ve been signed out. Sign in again to continue. What you were writing is kept.
no-chats-expert = When learners ask about your courses, their questions show up here.
no-chats-outside = Once you’re enrolled in a course, you can write to its experts.
no-courses-staff = Add a course and enrol learners. They’ll find its experts there.
no-courses-portal = Add the first one. Learners find its experts there and can write to them.
nobody-staff = No matching people.
add-people-portal = Add people in the admin portal
audit-entry-invited = invited { $person }
audit-entry-password-forgotten = requested a new password for { $person }
job-forgotten_password = Password request

# What is asked first, and said once it is done
removed = { $name } was removed.
remove-name = Remove { $name }
delete-name = Delete { $name }
delete-for-everyone-title = Delete for everyone?
delete-for-everyone-text = The message disappears for you and for { $name }. This can’t be undone.
deleted-for-everyone = Message deleted for everyone.
unassign-title = Unassign { $name }?
unassign-text = { $name } is no longer an expert of “{ $course }”. Learners keep their chats, read-only unless something else connects them. Assigning { $name } again reopens them.
unassign-confirm = Unassign
unassign-done = { $name } was unassigned.
unenrol-title = Unenrol { $name }?
unenrol-text = { $name } loses access to “{ $course }”. Chats with its experts are kept, read-only unless something else connects them. Enrolling { $name } again reopens them.
unenrol-confirm = Unenrol
unenrol-done = { $name } was unenrolled.
expert-assigned = { $name } is now an expert.
learner-enrolled = { $name } was enrolled.
messaging-off-title = Turn off private messaging?
messaging-off-text = Messages disappears for everyone, and nobody can send. All chats are kept and come back when you turn it on again.
messaging-off = Turn off
messaging-off-done = Private messaging is off.
deactivated = { $name } was deactivated.
activated = { $name } was activated.
revoke-title = Revoke “{ $name }”?
revoke-name = Revoke { $name }
revoke-text = Programs that use this token stop working at once. This can’t be undone.
token-revoked = “{ $name }” was revoked.
remove-device-title = Remove { $name }?
remove-device-text = It gets no more notifications. Your chats stay as they are.
session-end-title = End the session in { $name }?
session-end-text = That browser is signed out at once. Chats are kept.
delete-mail-title = Delete this email?
delete-mail-text = “{ $subject }” and its text will be deleted. This can’t be undone.
mail-deleted = Email deleted.
decline-link-title = Decline the link for { $name }?
decline-link-text = Whoever asked won’t see the link. They can ask again.
decline-link-done = Request declined.
withdraw-link-title = Cancel the request for { $name }?
withdraw-link-text = Nobody can confirm it any more. You can ask again.
withdraw-link-done = Request cancelled.

# Messages on touch, by keyboard and without a network
message-menu-of = Message options: { $name }
message-menu-mine = Message options: your message
chat-menu-of = Chat options: { $name }
copy-text = Copy text
row-waiting = Waiting: { $text }
key-messages = Move between messages
key-message-menu = Open the menu of a message
key-unread = Mark a chat as unread, or from a message on

# The groups of the admin portal
portal-people = People
portal-learning = Learning
portal-account = Account

# Files

files = Files
attach-files = Attach files
remove-file = Remove { $name }
file-progress = { $percent }% of { $size }
file-progress-of = Uploading { $name }
file-waiting = Waiting…
file-paused = Paused
file-checking = Checking…
file-ready = Ready
file-failed = Can’t be sent
file-failed-file_too_large = Too large (max. { $size })
file-failed-files_full = No room left for files
file-failed-files_off = Files can’t be sent here
file-failed-file_kind = This kind can’t be sent
file-failed-kind = This kind can’t be sent
file-failed-picture = This picture can’t be read
file-failed-picture_too_large = This picture is too large
file-failed-virus = Withheld: it has a virus
file-failed-too_many_uploads = Too many unsent files
file-unscanned = { $size } · not scanned for viruses
too-many-files = A message can have at most { $count } files.
drop-files = Drop files here
sending-files = Sending { $at } of { $count }
view-picture = View { $name }
view-more-pictures = View { $name } and { $count } more
picture-viewer = Pictures
picture-of = { $at } of { $count }
previous-picture = Previous picture
next-picture = Next picture
zoom-in = Zoom in
zoom-out = Zoom out
download = Download { $name }
line-pictures = { $count ->
    [one] Picture
   *[other] { $count } pictures
  }
line-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
  }
line-file = File · { $name }
line-video = Video · { $name }
notice-files_off = Files can’t be sent here.
notice-file_kind = Files of this kind can’t be sent here.
notice-kind = One of the files is of a kind that can’t be sent here.
notice-file_too_large = One of the files is too large.
notice-files_full = There is no room left for files.
notice-file_not_found = One of the files is no longer there. Delete this message, and attach it again.
notice-file_not_ready = One of the files isn’t ready yet. Wait a moment, then retry.
notice-file_refused = One of the files can’t be sent.
notice-picture = One of the pictures can’t be read.
notice-picture_too_large = One of the pictures is too large.
notice-virus = One of the files has a virus and was withheld.
largest-file = Largest file
largest-file-off = No files
file-kinds = Kinds of files
file-kinds-hint = What a file is, is told by its content, never by its name.
file-kind-picture = Pictures
file-kind-audio = Sound
file-kind-video = Videos
file-kind-document = Documents
file-kind-archive = Archives
file-kind-other = Everything else, including programs
file-room = { $used } used
file-room-of = { $used } of { $room } used
# Editing, replying, reacting
reply = Reply
react = React
react-with = React with { $emoji }
more-emoji = More emoji
reactions = Reactions
reaction-of = { $emoji }: { $names }
reacted = { $name } reacted { $emoji } to: { $text }
reacted-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
  }
edited = Edited
edit-hint = Enter to save, Esc to stop editing
editing = Editing
save-edit = Save
leave-editing = Stop editing
replying-to = Replying to { $name }
leave-reply = Don’t reply to this message
yourself = yourself
quote-of = Go to the message from { $name }: { $text }
quote-gone = You can’t see this message any more
versions-title = What it said before
version-now = Now, since { $at }
copy-link = Copy link to message
choose-emoji = Choose an emoji
search-emoji = Search emoji
no-emoji = No emoji found.
emoji-found = { $count ->
    [one] { $count } emoji found
   *[other] { $count } emoji found
  }
emoji-smileys_emotion = Smileys
emoji-people_body = People
emoji-animals_nature = Animals and nature
emoji-food_drink = Food and drink
emoji-travel_places = Travel and places
emoji-activities = Activities
emoji-objects = Objects
emoji-symbols = Symbols
emoji-flags = Flags
key-reply = Reply to a message
key-edit = Edit your last message, in an empty field
refusal-too_late = It’s too late to change this message.
refusal-edits_full = This message was edited too many times. Write a new one.
refusal-reactions_full = This message has as many different reactions as it can.
refusal-message_deleted = This message was deleted for everyone.

# Starred messages
star-message = Star
unstar-message = Remove star
is-starred = Starred
message-starred = Message starred.
star-removed = Star removed.
starred-messages = Starred messages
starred-in = Starred in the chat with { $name }
starred-to = To { $name }
starred-more = Show more
starred-not-loaded = Your stars couldn’t be loaded
no-starred = Nothing starred yet
no-starred-text = Star a message from its menu to find it again here. Only you see your stars.
list-menu = More lists
key-star = Star a message, or remove its star
refusal-too_many_starred = You can star up to 1,000 messages. Remove another star first.

# Send later
send-later = Send later
later-zone = Your time zone: { $city }.
later-zones = Your time zone: { $city }. It’s { $time } for { $name }.
later-offline = You’re offline. Scheduling needs the server: your text stays here until you’re back online.
later-back = When { $name } is back
later-afternoon = This afternoon
later-evening = This evening
later-hour = In an hour
later-tomorrow = Tomorrow morning
later-morning = { $day } morning
later-pick = Choose a date and time
later-schedule = Schedule
later-date = Date
later-time = Time
later-no-date = Choose a date.
later-no-time = Choose a time.
later-past = Choose a time at least a minute from now.
later-too-far = Choose a date within the next year.
later-gap = The clocks are set forward that night and skip { $time }. It will be sent as soon as they go on.
later-today-at = Today, { $time }
later-tomorrow-at = Tomorrow, { $time }
later-day-at = { $day }, { $time }
later-for-them = { $day }, { $time } for { $name } ({ $city })
later-done = Scheduled: { $when }.
later-files-wait = Wait until the files are uploaded, then schedule the message.
later-line =
    { $count ->
        [one] 1 message is scheduled: { $when }.
       *[other] { $count } messages are scheduled. The next one: { $when }.
    }
later-refused-line =
    { $count ->
        [one] 1 scheduled message was not sent.
       *[other] { $count } scheduled messages were not sent.
    }
later-show = Show
later-list = Scheduled messages
later-list-in = Scheduled for { $name }
later-none = Nothing is scheduled
later-none-text = The arrow next to Forward sends a message at a time that you choose.
later-not-sent = Not sent
later-text = Message
later-empty = Write something first.
later-edit = Edit
later-now = Send now
later-cancel = Cancel this message
later-cancelled = Message cancelled.
later-restored = Message scheduled again.
later-sent = Message sent.
later-changed = Message changed.
later-because-restored = The server was restored from a backup after this message was due, so it may have been sent. Look into the chat first.
later-because-not_found = This chat no longer exists.
later-because-fault = Something went wrong on the server. Send it again.
later-problem-too_many_scheduled = You can schedule up to 100 messages. Send or cancel some first.
later-problem-too_many_scheduled_in_chat = You can schedule up to 20 messages in a chat. Send or cancel some first.
later-problem-scheduled_changed = This message was changed on another device. Look at it again.
later-problem-already_sent = This message has been sent.
key-later = Send later

# Formatting
code-block = Code
code-block-in = Code, { $language }
copy-code = Copy code
text-more = Show more
text-less = Show less
formatting = Formatting
format-preview = How it will look
format-bold = Bold
format-italic = Italic
format-code = Code
format-code-block = Block of code
format-bullets = Bulleted list
format-numbers = Numbered list
format-quote = Quote
format-link = Link
format-formula = Formula
key-format = Bold, italic, code
key-format-link = Link
key-format-lists = Numbered list, bulleted list, quote
key-plain-paste = Paste without formatting

# Link previews
remove-preview = Remove preview
preview-removed = Preview removed.
preview-hosts = Link previews
preview-hosts-hint = The first link of a message gets a preview card when it leads to one of these hosts, one per line: example.org, or *.example.org for everything below it. The server looks at the page. Empty: no previews.
preview-hosts-off = Link previews are switched off for this installation.
